"""Readability of colours in every accepted theme."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.brand.colours import (
    BLACK,
    MEANINGS,
    ON_DARK,
    ON_LIGHT,
    READABLE,
    WHITE,
    contrast,
    meanings_on,
    readable_on,
)
from questionnaire.core.brand.theme import DEFAULT_THEME, read_theme

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
# Most colours are near white or black, as in practice; mid-tones are refused anyway.
papers = st.one_of(
    colours,
    st.tuples(*[st.integers(0xD8, 0xFF)] * 3).map(lambda rgb: "#" + "".join(f"{part:02x}" for part in rgb)),
    st.tuples(*[st.integers(0, 0x28)] * 3).map(lambda rgb: "#" + "".join(f"{part:02x}" for part in rgb)),
)


@given(accent=colours, ink=colours, paper=papers, dark_paper=papers, dark_accent=st.none() | colours)
def test_every_accepted_theme_has_readable_colour_pairs(
    accent: str, ink: str, paper: str, dark_paper: str, dark_accent: str | None
) -> None:
    raw = {"accent": accent, "ink": ink, "paper": paper, "dark": {"paper": dark_paper, "accent": dark_accent}}
    theme, problems = read_theme(raw)
    assert (theme is None) == bool(problems)
    if theme is None:
        assert ": 1" in problems[0].message or "neither dark nor light" in problems[0].message
        return
    for side in (theme.light_side, theme.dark_side):
        for text, surface, ratio in side.pairs():
            assert contrast(text, surface) >= ratio, (text, surface)
    assert contrast(theme.on_accent, readable_on(theme.accent, WHITE)) >= READABLE
    assert contrast(theme.accent_faint, readable_on(theme.accent, WHITE)) >= READABLE


@given(colour=colours, paper=colours)
def test_a_readable_colour_stays_unchanged(colour: str, paper: str) -> None:
    found = readable_on(colour, paper)
    assert contrast(found, paper) >= READABLE
    if contrast(colour, paper) >= READABLE:
        assert found == colour


def test_status_colours_exist_for_light_and_dark_paper_but_not_for_mid_tones() -> None:
    assert meanings_on(WHITE) is ON_LIGHT
    assert meanings_on(BLACK) is ON_DARK
    assert meanings_on("#808080") is None
    assert set(ON_LIGHT) == set(ON_DARK) == set(MEANINGS)


@pytest.mark.parametrize("side", ["light_side", "dark_side"])
def test_every_colour_has_the_name_of_a_token(side: str) -> None:
    tokens = getattr(DEFAULT_THEME, side).tokens
    assert len(tokens) == 17
    assert all(name.startswith("--") and value.startswith("#") for name, value in tokens.items())


def test_every_pair_of_the_product_s_own_colours_is_readable() -> None:
    for side in (DEFAULT_THEME.light_side, DEFAULT_THEME.dark_side):
        pairs = list(side.pairs())
        assert len(pairs) > 10
        assert not [pair for pair in pairs if contrast(pair[0], pair[1]) < pair[2]]
