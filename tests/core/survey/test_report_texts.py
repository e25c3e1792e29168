"""Authored report texts: bands compare unrounded percentages, links are validated."""

from __future__ import annotations

from fractions import Fraction

import pytest

from questionnaire.core.survey.report_texts import Band, band
from tests.core.authoring import QUESTIONS, notation, refused_survey

BANDS = tuple(
    Band.model_validate(one) for one in notation("[{from: 34, text: b}, {from: 0, text: a}, {from: 67, text: c}]")
)


@pytest.mark.parametrize(
    ("value", "text"),
    [(Fraction(0), "a"), (Fraction(100, 3), "a"), (Fraction(34), "b"), (Fraction(200, 3), "b"), (Fraction(67), "c"),
     (Fraction(100), "c")],
)  # fmt: skip
def test_a_band_starts_at_its_from_and_nothing_is_rounded_before(value: Fraction, text: str) -> None:
    found = band(BANDS, value)
    assert found is not None
    assert found.text.say("en") == text


def test_below_the_lowest_band_there_is_none() -> None:
    assert band(BANDS[:1], Fraction(33)) is None
    assert band((), Fraction(50)) is None


@pytest.mark.parametrize("url", ["javascript:alert(1)", "www.example.com", "/demo", "data:text/html,x"])
def test_a_link_is_a_web_or_mailto_url(url: str) -> None:
    problems = refused_survey(QUESTIONS, f"report: {{blocks: {{demo: {{text: T, url: '{url}'}}}}}}")
    assert [problem.code for problem in problems] == ["link"]


def test_a_mailto_link_is_accepted() -> None:
    assert not refused_survey(QUESTIONS, "report: {blocks: {ask: {text: T, url: 'mailto:a@b.example'}}}")
