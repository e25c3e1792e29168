from __future__ import annotations

import re

import pytest

from questionnaire.core.brand.colours import DARK_ACCENT, ON_DARK, ON_LIGHT, PAPER, READABLE, contrast
from questionnaire.core.brand.theme import DEFAULT_THEME, Theme, read_theme
from questionnaire.settings import bundle_dir


def test_contrast_follows_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1


@pytest.mark.parametrize("accent", ["#777777", "#ffcc00", "#ffffff"])
def test_an_unreadable_accent_is_refused_with_its_ratio(accent: str) -> None:
    theme, problems = read_theme({"accent": accent})
    assert theme is None
    assert ": 1 on white" in problems[0].message
    assert problems[0].hint


@pytest.mark.parametrize(
    "raw",
    [{"accent": "red"}, {"font": "Comic Sans"}, {"website": "javascript:x"}, {"css": "*{}"}, {"name": "x" * 81},
     ["x"], "x", {"accent": "#1f4d3a; } body { display: none"}, {"scheme": "blue"}, {"radius": 40},
     {"dark": {"accent": "x"}}],
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


@pytest.mark.parametrize(
    ("raw", "where", "message"),
    [
        ({"accent": "#777777"}, ("accent",), "the accent has a contrast of 4.47 : 1 on white"),
        ({"ink": "#999999"}, ("ink",), "the ink has a contrast of 2.84 : 1 on white"),
        ({"dark": {"accent": "#333333"}}, ("dark", "accent"), "the dark accent has a contrast of 1.42 : 1 on #15171b"),
        ({"paper": "#808080", "accent": "#000000", "ink": "#000000"}, ("paper",), "on the paper #808080 neither"),
    ],
)
def test_an_unreadable_colour_is_a_problem_at_its_key(raw: object, where: tuple[str, ...], message: str) -> None:
    theme, problems = read_theme(raw)
    assert theme is None
    assert problems[0].where == where
    assert problems[0].message.startswith(message)
    assert problems[0].hint


def test_the_dark_accent_is_the_authored_one_or_a_lighter_accent() -> None:
    assert DEFAULT_THEME.dark_accent == DARK_ACCENT
    assert Theme.model_validate({"dark": {"accent": "#aabbcc"}}).dark_accent == "#aabbcc"
    derived = Theme(accent="#0b5cad").dark_accent
    assert contrast(derived, "#15171b") >= READABLE
    # On a dark page with a light background, no lighter colour is readable.
    light = Theme.model_validate({"accent": "#0b5cad", "dark": {"paper": "#eeeeee", "ink": "#111111"}}).dark_accent
    assert contrast(light, "#eeeeee") >= READABLE


def test_an_accent_made_for_a_dark_page_is_printed_darker() -> None:
    theme = Theme.model_validate({"accent": "#8fcdb0", "ink": "#ffffff", "paper": "#101010"})
    printed = re.findall(r"--accent: (#[0-9a-f]{6})", theme.css)[0]
    assert contrast(printed, PAPER) >= READABLE


def test_the_size_of_a_png_is_known_and_of_other_images_not() -> None:
    start = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR"
    assert Theme(logo=start + (600).to_bytes(4) + (90).to_bytes(4)).logo_size == (600, 90)
    assert Theme(logo=start).logo_size is None
    assert Theme(logo=b"\xff\xd8\xff...").logo_size is None


def test_a_logo_is_a_small_picture() -> None:
    assert read_theme({"logo": "logo.png"}, b"\x89PNG\r\n\x1a\n...")[0] is not None
    for wrong in (b"<svg/>", b"GIF89a", b"\xff\xd8\xff" + b"0" * 400_000):
        assert read_theme({}, wrong)[0] is None


@pytest.mark.parametrize("accent", ["#1f4d3a", "#000000", "#7a1f3d", "#0b5cad", "#767676", "#595959"])
def test_every_text_on_accent_is_readable(accent: str) -> None:
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
    assert contrast(tokens["--grey-line"], tokens["--paper"]) >= 3
    for meaning, pair in (ON_LIGHT, ON_DARK)[part].items():
        assert (tokens[f"--{meaning}-text"], tokens[f"--{meaning}-surface"]) == pair
    for name in ("--ink", "--grey-text", "--accent", "--good-text", "--warning-text", "--danger-text", "--info-text"):
        assert contrast(tokens[name], tokens["--paper"]) >= READABLE, name
    assert tokens["--paper"] == (PAPER if part == 0 else "#15171b")


def test_the_logo_of_a_survey_is_no_key_of_a_theme_file() -> None:
    theme, problems = read_theme({"name": "Nord", "logo_pictures": {"light": "a.webp"}})
    assert theme is None
    assert [(problem.code, problem.where) for problem in problems] == [("theme_wrong", ("logo_pictures",))]


def test_the_name_of_a_logo_changes_with_its_content() -> None:
    names = {Theme(logo=b"\x89PNG\r\n\x1a\n" + end).logo_name for end in (b"1", b"2")}
    assert len(names) == 2
    assert all(name.startswith("logo-") for name in names)
    assert Theme().logo_name == ""
