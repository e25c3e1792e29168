"""The figure of a score never contradicts the band beside it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.survey.report_texts import Band, band
from questionnaire.core.survey.score_figure import score_figure
from tests.core.authoring import notation


def _bands(*starts: int) -> tuple[Band, ...]:
    return tuple(Band.model_validate(notation(f"{{from: {start}, text: t}}")) for start in starts)


QUARTERS = _bands(0, 25, 50, 75)


@pytest.mark.parametrize(
    ("value", "shown"),
    [("24.4", 24), ("24.5", 24.5), ("24.6", 24.6), ("24.94", 24.9), ("24.96", 24.9), ("24.999", 24.9), ("25", 25),
     ("25.4", 25), ("99.7", 100), ("33.5", 34), ("0", 0), ("100", 100)],
)  # fmt: skip
def test_a_whole_number_unless_it_would_be_in_the_next_band(value: str, shown: float) -> None:
    found = score_figure(Fraction(value), QUARTERS)
    assert (found, type(found)) == (shown, type(shown))


@given(
    st.fractions(0, 100, max_denominator=3000),
    st.lists(st.integers(1, 100), max_size=5, unique=True),
    st.lists(st.integers(1, 100), max_size=5, unique=True),
)
def test_the_figure_is_in_every_band_that_the_score_is_in(value: Fraction, first: list[int], second: list[int]) -> None:
    scales = _bands(0, *sorted(first)), _bands(0, *sorted(second))
    shown = score_figure(value, *scales)
    exact = Fraction(str(shown))
    assert all(band(bands, exact) is band(bands, value) for bands in scales)
    assert abs(exact - value) <= Fraction(1, 2) if isinstance(shown, int) else abs(exact - value) < Fraction(1, 10)
