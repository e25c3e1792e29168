"""The brand file and its logo."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from questionnaire.core.brand.logos import LARGEST_LOGO
from questionnaire.library.themes import load_theme


def _file(folder: Path, text: str) -> Path:
    (folder / "theme.yaml").write_text(text, encoding="utf-8")
    return folder / "theme.yaml"


def test_a_theme_is_loaded_with_its_logo_reencoded(tmp_path: Path) -> None:
    Image.new("RGBA", (1600, 200), (0, 80, 60, 90)).save(tmp_path / "logo.webp", "WEBP")
    theme, problems = load_theme(_file(tmp_path, 'name: Nordlicht\nlogo: logo.webp\naccent: "#0b5cad"\nradius: 10\n'))
    assert problems == ()
    assert theme is not None
    assert (theme.name, theme.radius, theme.logo_size) == ("Nordlicht", 10, (800, 100))


def test_a_logo_too_large_as_png_is_stored_as_jpeg(tmp_path: Path) -> None:
    Image.effect_noise((800, 400), 100).convert("RGB").save(tmp_path / "logo.jpg", quality=60)
    theme, problems = load_theme(_file(tmp_path, "logo: logo.jpg\n"))
    assert theme is not None, problems
    assert theme.logo.startswith(b"\xff\xd8\xff")
    assert len(theme.logo) <= LARGEST_LOGO
    assert theme.logo_size is None


@pytest.mark.parametrize("content", [None, b"<svg/>", bytes(LARGEST_LOGO + 1)])
def test_an_unusable_logo_is_reported_with_its_line(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "logo.png").write_bytes(content)
    theme, problems = load_theme(_file(tmp_path, "name: Nordlicht\nlogo: logo.png\n"))
    assert theme is None
    assert [(problem.code, problem.line) for problem in problems] == [("theme_logo", 2)]
    assert problems[0].hint


def test_an_unreadable_colour_is_reported_with_its_line(tmp_path: Path) -> None:
    theme, problems = load_theme(_file(tmp_path, 'name: Nordlicht\ndark:\n  paper: "#101010"\n  accent: "#202020"\n'))
    assert theme is None
    assert problems[0].line == 4


def test_a_file_that_is_not_yaml_is_reported(tmp_path: Path) -> None:
    theme, problems = load_theme(_file(tmp_path, "name: [\n"))
    assert theme is None
    assert problems
