"""The bundled fonts hold what the documents of three scripts need."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont

from tests.conventions.checkout import ROOT

NEEDED = "Straße é ł ø ğ ő ẞ Ωmega ή Жук ї – — “ ” „ ‘ ’ … • € £ ₺ ✓ ✗ → ↑ ↓ ● ○ ■ □ ▲ ★ ≤ ≥ − × ½ ½ № ™ \ufffd"


@pytest.mark.parametrize("style", ["Regular", "SemiBold", "Italic"])
def test_a_bundled_font_covers_latin_greek_cyrillic_and_marks(style: str) -> None:
    path = ROOT / "static" / "fonts" / f"Inter-{style}.ttf"
    with TTFont(path) as font:
        known = set(font.getBestCmap())
        assert [letter for letter in NEEDED if ord(letter) not in known] == []
        assert font["name"].getDebugName(1) == "Inter"
        assert font["name"].getDebugName(2) == style
    assert path.stat().st_size < 200_000


def test_the_licence_of_the_fonts_lies_beside_them() -> None:
    assert "SIL OPEN FONT LICENSE" in (ROOT / "static/fonts/OFL.txt").read_text(encoding="utf-8")
