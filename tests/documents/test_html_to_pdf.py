from __future__ import annotations

import pytest

from questionnaire.core.brand.theme import DEFAULT_THEME
from questionnaire.documents import characters, html_to_pdf
from questionnaire.settings import bundle_dir


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("Nordwind", "Nordwind"),
        ("Łódź Ωmega Сбыт", "Łódź Ωmega Сбыт"),
        ("株式会社", "□□□□"),
        ("a\N{RIGHT-TO-LEFT OVERRIDE}b", "ab"),
        ("שלום", "□□□□"),
        ("e\N{COMBINING ACUTE ACCENT}", "é"),
        ("x\N{IDEOGRAPHIC SPACE}y", "x y"),
        ("\N{GRINNING FACE}", "□"),
        ("✓ – ?", "✓ – ?"),
        ("line\nline", "line\nline"),
    ],
)
def test_a_character_without_a_bundled_glyph_is_a_visible_square(typed: str, drawn: str) -> None:
    assert characters.drawable(typed) == drawn


def test_every_bundled_face_has_the_symbols_of_the_documents() -> None:
    assert {ord(mark) for mark in "✓–?~□“”’…·—×"} <= characters.bundled_characters()


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "https://example.com/", "data:,x", "bundled:other", "bundled:"]
)
def test_the_fetcher_serves_only_its_assets(address: str) -> None:
    bundle = html_to_pdf.Bundle({"logo": b"\x89PNG"})
    assert bundle.fetch("bundled:logo").read() == b"\x89PNG"
    with pytest.raises(PermissionError, match="not bundled"):
        bundle.fetch(address)


def test_the_style_sheet_has_no_custom_properties() -> None:
    folder = bundle_dir("static") / "css"
    sheets = [(folder / name).read_text("utf-8") for name in ("tokens.css", "print.css")]
    written = html_to_pdf._without_custom_properties(sheets[0].split("\n@media", 1)[0], DEFAULT_THEME.css, sheets[1])
    assert "var(" not in written
    assert ":root" not in written
    assert DEFAULT_THEME.accent in written
