"""Numbers: on a scale with two ends, or free within limits."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.survey.questions import Mistake
from questionnaire.core.survey.questions.amounts import OnAScale, read_number
from tests.core.authoring import question, refused_survey


def outcome(read: Any) -> Any:
    return read.code if isinstance(read, Mistake) else read


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("25", 25), (25, 25), (" 2 500 ", 2500), ("2,5", Decimal("2.5")), ("2.50", Decimal("2.50")),
        (0.5, Decimal("0.5")),
        ("-3", -3), ("0,125", Decimal("0.125")), (["7"], 7), ("", None), (None, None), ("1,200", "not_a_number"),
        ("12,000", "not_a_number"), ("1.200,50", "not_a_number"), ("ten", "not_a_number"), (True, "not_a_number"),
        ("1e9", "not_a_number"), ("NaN", "not_a_number"), (float("inf"), "not_a_number"), ({"a": 1}, "not_a_number"),
        (10**15, 10**15), (10**15 + 1, "not_a_number"), ("-" + "9" * 20, "not_a_number"), ("1_9", "not_a_number"),
    ],
)  # fmt: skip
def test_a_number_is_read_as_people_write_it_and_never_guessed(typed: Any, expected: Any) -> None:
    assert outcome(read_number(typed)) == expected


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [("type: scale", 1, 5), ("type: scale, from: 0, to: 10", 0, 10), ("type: rating", 1, 5),
     ("type: rating, to: 3", 1, 3),
     ("type: nps", 0, 10), ("type: scale, from: -2, to: 2", -2, 2)],
)  # fmt: skip
def test_a_scale_runs_between_its_ends(written: str, low: int, high: int) -> None:
    asked = question(f"{written}, dimension: data, labels: {{{high}: Very much}}")
    assert isinstance(asked, OnAScale)
    assert asked.read(str(low)) == low
    assert asked.read(high) == high
    assert outcome(asked.read(high + 1)) == outcome(asked.read(low - 1)) == outcome(asked.read("1.5")) == "out_of_range"
    assert outcome(asked.read("much")) == "not_a_number"
    assert asked.read("") is None
    assert asked.say(high, "en") == f"{high}/{high} (Very much)"
    assert asked.say(low, "en") == f"{low}/{high}"
    assert asked.worth(low) == (0, high - low)
    assert asked.worth(high) == (high - low, high - low)
    assert asked.worth("many") is None
    assert asked.options() == tuple(range(low, high + 1))
    assert f"labels.{high}" in dict(asked.texts)


def test_without_a_dimension_an_amount_shows_no_maturity() -> None:
    assert question("type: nps").worth(9) is None
    assert question("type: slider").worth(9) is None
    assert question("type: number, dimension: data").worth(9) is None


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("type: scale, from: 5, to: 5", "range"), ("type: scale, from: 0, to: 50", "range"),
        ("type: scale, labels: {9: Nine}", "range"), ("type: slider, min: 9, max: 3", "range"),
        ("type: number, min: 3, max: 3", "range"), ("type: number, step: 0", "wrong_value"),
        ("type: rating, to: 11", "wrong_value"), ("type: rating, labels: [a]", "wrong_value"),
        ("type: scale, labels: {low: Low}", "wrong_value"),
    ],
)  # fmt: skip
def test_limits_that_leave_nothing_are_refused(written: str, code: str) -> None:
    assert {problem.code for problem in refused_survey(f"[{{name: it, title: It, {written}}}]")} == {code}


@pytest.mark.parametrize(
    ("written", "typed", "expected"),
    [
        ("min: 1, max: 9", "1", 1), ("min: 1, max: 9", "9", 9), ("min: 1, max: 9", "0.5", "too_small"),
        ("min: 1, max: 9", "10", "too_large"), ("step: 5", "15", 15), ("step: 5", "16", "off_step"),
        ("min: 1, step: 5", "6", 6), ("min: 1, step: 5", "5", "off_step"), ("step: 0.1", "0.3", Decimal("0.3")),
        ("step: 0.25", "0.3", "off_step"), ("max: 9", "-99", -99), ("max: 9", "x", "not_a_number"),
        ("max: 9", "", None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["number", "slider"])
def test_an_amount_stays_within_its_limits_and_steps(kind: str, written: str, typed: str, expected: Any) -> None:
    if kind == "slider" and typed == "-99":
        expected = "too_small"  # a slider begins at 0
    assert outcome(question(f"type: {kind}, {written}").read(typed)) == expected


def test_an_amount_is_said_with_its_unit() -> None:
    asked = question("type: number, unit: {en: people, fr: personnes}")
    assert asked.say(25, "fr") == "25\N{NO-BREAK SPACE}personnes"
    assert "unit" in dict(asked.texts)
    assert question("type: number").say(Decimal("2.5"), "en") == "2.5"
    assert question("type: number").options() is None


def test_a_slider_shows_how_far_along_it_stands() -> None:
    asked = question("type: slider, dimension: data, min: 0.5, max: 2, step: 0.5, labels: {2: Full}")
    assert asked.worth(Decimal("1.5")) == (Fraction(1), Fraction(3, 2))
    assert asked.worth("x") is None
    assert asked.options() == (Decimal("0.5"), 1, Decimal("1.5"), 2)
    assert "labels.2" in dict(asked.texts)
    assert question("type: slider, max: 100000").options() is None


def test_what_all_scales_share_has_no_ends_of_its_own() -> None:
    with pytest.raises(NotImplementedError):
        _ = OnAScale.ends.fget(question("type: nps"))  # type: ignore[attr-defined]


@given(st.integers(-5, 5), st.integers(1, 20), st.data())
def test_maturity_lies_between_nothing_and_all(low: int, length: int, data: st.DataObject) -> None:
    asked = question(f"type: scale, from: {low}, to: {low + length}, dimension: data")
    value = data.draw(st.integers(low, low + length))
    worth = asked.worth(value)
    assert worth is not None
    assert 0 <= worth[0] <= worth[1] == length
