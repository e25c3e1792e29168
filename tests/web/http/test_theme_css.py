"""CSS of a page: the parts that its controls need, with the tokens of the theme."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.brand.colours import READABLE, VISIBLE, contrast
from questionnaire.core.brand.theme import DEFAULT_THEME, Theme, read_theme
from questionnaire.library.load import load_survey
from questionnaire.settings import bundle_dir
from questionnaire.web.http.theme_css import PARTS, public_style, theme_style
from questionnaire.web.survey_page.assets import public_script, styles_of
from tests.web.client import PAGE, submit

FEATURES = sorted(bundle_dir("surveys").glob("features/*.yaml"))
SURVEYS = [path for path in FEATURES if "schema: survey/1" in path.read_text("utf-8")]
ALL = frozenset(PARTS)


def _blocks(style: str) -> dict[str, dict[str, str]]:
    """Selector -> its tokens."""
    found = re.findall(r"(:root:not\(\[data-theme=light\]\)|:root|\[data-theme=\w+\])\{([^}]*)\}", style)
    return {selector: dict(re.findall(r"(--[a-z-]+):([^;]+)", body)) for selector, body in found}


def test_every_part_is_a_file_and_every_file_a_part() -> None:
    files = {path.stem for path in (bundle_dir("static") / "css" / "survey").glob("*.css")}
    assert files == set(PARTS)


@pytest.mark.parametrize("path", SURVEYS, ids=lambda path: path.stem)
def test_a_public_style_defines_exactly_the_tokens_that_it_uses(path: Path) -> None:
    sheet, problems = load_survey(path)
    assert sheet is not None, problems
    for language in sheet.value.languages:
        style = public_style(DEFAULT_THEME, styles_of(sheet.value, language))
        used = set(re.findall(r"var\((--[a-z-]+)\)", style)) - {"--at"}
        for tokens in _blocks(style).values():
            assert set(tokens) == used
        assert len(style) < 14_000
    assert public_script(sheet.value)


def test_a_style_has_only_the_parts_that_its_controls_need() -> None:
    texts, _ = load_survey(bundle_dir("surveys") / "features" / "number.yaml")
    assert texts is not None
    parts = styles_of(texts.value, "en")
    assert parts <= {"amount", "rows", "pair"}
    assert len(public_style(DEFAULT_THEME, parts)) < 0.75 * len(public_style(DEFAULT_THEME, ALL))
    assert "mulberry" not in public_script(texts.value)


def test_the_device_chooses_light_or_dark_unless_the_theme_does() -> None:
    auto = public_style(DEFAULT_THEME, ALL)
    assert "@media(prefers-color-scheme:dark){:root:not([data-theme=light])" in auto
    assert "[data-theme=dark]{color-scheme:dark" in auto
    light = public_style(Theme(scheme="light"), ALL)
    assert "prefers-color-scheme" not in light
    assert light.startswith(":root{color-scheme:light")
    dark = public_style(Theme(scheme="dark"), ALL)
    assert dark.startswith(":root{color-scheme:dark")
    assert "[data-theme=light]{color-scheme:light" in dark


def test_theme_style_has_only_the_tokens_that_the_theme_changes() -> None:
    assert theme_style(DEFAULT_THEME) == ""
    assert theme_style(DEFAULT_THEME.model_copy(update={"name": "Nordlicht"})) == ""
    style = theme_style(Theme(accent="#0b5cad", radius=12, font="serif"))
    assert "--accent:#0b5cad" in style
    assert "--radius-control:12px" in style
    assert "--radius-surface:24px" in style
    assert "Charter" in style


def test_radius_and_font_are_literal_values_in_the_public_style() -> None:
    style = public_style(Theme(radius=0, font="slab"), ALL)
    assert "border-radius:0px" in style
    assert "Rockwell" in style


colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
lights = st.tuples(*[st.integers(0xD0, 0xFF)] * 3).map(lambda rgb: "#" + "".join(f"{part:02x}" for part in rgb))


@given(accent=colours, paper=lights)
def test_every_accepted_theme_has_readable_contrast(accent: str, paper: str) -> None:
    theme, _ = read_theme({"accent": accent, "paper": paper})
    if theme is None:
        return
    for tokens in _blocks(public_style(theme, ALL)).values():
        for text in ("--ink", "--grey-text", "--accent"):
            assert contrast(tokens[text], tokens["--paper"]) >= READABLE
            assert contrast(tokens[text], tokens["--accent-soft"]) >= READABLE
        assert contrast(tokens["--ink"], tokens["--grey-surface"]) >= READABLE
        assert contrast(tokens["--on-accent"], tokens["--accent"]) >= READABLE
        assert contrast(tokens["--danger-text"], tokens["--paper"]) >= READABLE
        assert contrast(tokens["--grey-line"], tokens["--paper"]) >= VISIBLE


def test_without_a_name_of_the_sender_a_prospect_reads_none(client: FlaskClient) -> None:
    for address in (PAGE, submit(client), "/nothing-here"):
        page = client.get(address).text
        assert "Lead Questionnaire" not in page
        assert not re.search(r" – *</title>", page)
