"""The look of one survey: what it takes from the sender's theme, and that nobody sees a colour that cannot be read."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.brand.colours import READABLE, contrast, meanings_on
from questionnaire.core.brand.fonts import FONTS
from questionnaire.core.brand.logos import LogoPictures
from questionnaire.core.brand.theme import DEFAULT_THEME, DarkSide, Theme
from questionnaire.core.survey.survey_theme import (
    FontName,
    SurveyTheme,
    colour_pairs,
    read_survey_theme,
    theme_of,
    theme_problems,
)

BRAND = Theme(name="Nord", accent="#0b5cad", dark=DarkSide(accent="#7db4ee"), logo=b"\x89PNG\r\n\x1a\n", font="slab")


def own(**keys: Any) -> SurveyTheme:
    theme = read_survey_theme(keys)
    assert theme is not None
    return theme


def test_what_a_survey_leaves_out_is_as_in_the_senders_theme() -> None:
    assert theme_of(BRAND, None) is BRAND
    assert theme_of(BRAND, SurveyTheme()) == BRAND
    changed = theme_of(BRAND, own(radius=12, font="serif", scheme="dark"))
    assert (changed.name, changed.logo, changed.accent) == ("Nord", BRAND.logo, "#0b5cad")
    assert (changed.radius, changed.font, changed.scheme) == (12, "serif", "dark")


def test_a_new_accent_has_a_lighter_one_of_its_own_in_the_dark() -> None:
    changed = theme_of(BRAND, own(accent="#7A1F5C"))
    assert changed.accent == "#7a1f5c"
    assert changed.dark.accent is None
    assert contrast(changed.dark_accent, changed.dark.paper) >= READABLE
    assert theme_of(BRAND, own(accent="#7a1f5c", dark={"accent": "#e7a3cf"})).dark_accent == "#e7a3cf"
    shown = {pair.where: pair.colour for pair in colour_pairs(DEFAULT_THEME, SurveyTheme())}
    assert shown[("theme", "dark", "accent")] == DEFAULT_THEME.dark_accent


def test_a_colour_that_cannot_be_read_is_named_with_the_nearest_that_can() -> None:
    faint = own(accent="#f0d0a0", dark={"ink": "#333333"})
    found = theme_problems(BRAND, faint)
    assert [(problem.code, problem.where) for problem in found] == [
        ("theme_contrast", ("theme", "accent")), ("theme_contrast", ("theme", "dark", "ink")),
    ]  # fmt: skip
    assert "contrast of `1.47` : 1" in found[0].message
    assert theme_problems(BRAND, None) == theme_problems(BRAND, own(accent="#7a1f5c")) == ()
    grey = own(paper="#808080")
    assert theme_problems(BRAND, grey)[0].code == "theme_paper"
    assert read_survey_theme(None) is read_survey_theme({"accent": "red"}) is None


def test_every_font_of_a_theme_can_be_chosen() -> None:
    assert {*get_args(FontName), "Inter"} == set(FONTS)


COLOURS = st.none() | st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


@given(st.tuples(*[COLOURS] * 6))
def test_whatever_the_colours_a_page_can_be_drawn_and_read(colours: tuple[str | None, ...]) -> None:
    accent, ink, paper, dark_accent, dark_ink, dark_paper = colours
    dark = {"accent": dark_accent, "ink": dark_ink, "paper": dark_paper}
    theme = theme_of(BRAND, own(accent=accent, ink=ink, paper=paper, dark=dark))
    for side in (theme.light_side, theme.dark_side):
        assert meanings_on(side.paper) is not None
        assert min(contrast(side.ink, side.paper), contrast(side.accent, side.paper)) >= READABLE


def test_the_logos_of_a_survey_take_the_place_of_the_senders_once_they_are_stored() -> None:
    light, dark = f"{'a' * 32}-640x160.webp", f"{'b' * 32}-64x64.webp"
    # What was derived from a theme before is no part of it.
    assert BRAND.light_side.accent == "#0b5cad"
    both = theme_of(BRAND, own(logo=light, dark={"logo": dark}))
    assert (both.logo_pictures.light, both.logo_pictures.dark, both.logo) == (light, dark, BRAND.logo)
    assert theme_of(BRAND, own(dark={"logo": dark})).logo_pictures == LogoPictures(dark=dark)
    assert theme_of(BRAND, own(logo="logo.png", accent="#7a1f5c")).logo_pictures == LogoPictures()
    assert read_survey_theme({"logo": "../logo.svg"}) is None
