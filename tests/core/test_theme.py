from __future__ import annotations

import re

import pytest

from questionnaire.core.theme import DEFAULT_THEME, PAPER, READABLE, Theme, contrast, read_theme
from questionnaire.settings import bundle_dir


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1


@pytest.mark.parametrize("accent", ["#777777", "#ffcc00", "#ffffff"])
def test_an_accent_nobody_can_read_is_refused_with_its_ratio(accent: str) -> None:
    theme, problems = read_theme({"accent": accent})
    assert theme is None
    assert ": 1 on white" in problems[0].message
    assert problems[0].hint


@pytest.mark.parametrize(
    "raw",
    [{"accent": "red"}, {"font": "Comic Sans"}, {"website": "javascript:x"}, {"css": "*{}"}, {"name": ""}, ["x"], "x",
     {"accent": "#1f4d3a; } body { display: none"}],
)  # fmt: skip
def test_a_theme_is_typed_tokens_and_nothing_else(raw: object) -> None:
    theme, problems = read_theme(raw)
    assert theme is None
    assert problems


def test_the_bundled_typeface_may_be_named() -> None:
    theme, problems = read_theme({"font": "Inter"})
    assert problems == ()
    assert theme is not None
    assert theme.font == "Inter"


def test_a_logo_is_a_small_picture() -> None:
    assert read_theme({"logo": "logo.png"}, b"\x89PNG\r\n\x1a\n...")[0] is not None
    for wrong in (b"<svg/>", b"GIF89a", b"\xff\xd8\xff" + b"0" * 400_000):
        assert read_theme({}, wrong)[0] is None


@pytest.mark.parametrize("accent", ["#1f4d3a", "#000000", "#7a1f3d", "#0b5cad", "#767676", "#595959"])
def test_everything_on_a_field_of_accent_can_be_read(accent: str) -> None:
    theme = Theme(accent=accent)
    assert contrast(theme.on_accent, theme.accent) >= READABLE
    assert contrast(theme.accent_faint, theme.accent) >= READABLE


def test_a_theme_writes_only_tokens() -> None:
    assert re.fullmatch(r":root \{( --[a-z-]+: #[0-9a-f]{6};)+ \}", DEFAULT_THEME.css)


@pytest.mark.parametrize("part", [0, 1])
def test_every_pair_of_the_tokens_can_be_read_in_light_and_dark(part: int) -> None:
    css = (bundle_dir("static") / "css" / "tokens.css").read_text("utf-8")
    blocks = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    tokens = dict(re.findall(r"(--[a-z-]+): (#[0-9a-f]{6});", blocks[part]))
    surfaces = {"--ink": "--paper", "--grey-text": "--grey-surface", "--on-accent": "--accent", "--accent": "--paper"}
    surfaces |= {f"--{meaning}-text": f"--{meaning}-surface" for meaning in ("good", "warning", "danger", "info")}
    for text, surface in surfaces.items():
        assert contrast(tokens[text], tokens[surface]) >= READABLE, (text, surface)
    for name in ("--ink", "--grey-text", "--accent", "--good-text", "--warning-text", "--danger-text", "--info-text"):
        assert contrast(tokens[name], tokens["--paper"]) >= READABLE, name
    assert tokens["--paper"] == (PAPER if part == 0 else "#15171b")
