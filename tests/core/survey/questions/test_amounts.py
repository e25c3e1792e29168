"""Numbers: on a scale with two ends, or free within limits."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.base.number_notation import notation_of
from questionnaire.core.survey.questions import Mistake
from questionnaire.core.survey.questions.amounts import OnAScale
from questionnaire.core.survey.questions.number_input import read_number
from questionnaire.core.survey.questions.question import Constraints
from questionnaire.templating import words_for
from tests.core.authoring import question, refused_survey
from tests.core.number_texts import LANGUAGES, SETTINGS, SIGNS


def outcome(read: Any) -> Any:
    return read.code if isinstance(read, Mistake) else read


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("25", 25), (25, 25), (" 2 500 ", 2500), ("2,5", Decimal("2.5")), ("2.50", Decimal("2.50")),
        (0.5, Decimal("0.5")), ("1.200", Decimal("1.2")), ("10.000", 10), (["7"], 7), ("", None), (None, None),
        ("-3", -3), ("0,125", Decimal("0.125")), ("1,200", "two_readings"), ("1.200,50", Decimal("1200.5")),
        ("ten", "not_a_number"), (True, "not_a_number"), ("1e9", "not_a_number"), ("NaN", "not_a_number"),
        (float("inf"), "not_a_number"), ({"a": 1}, "not_a_number"), (10**15, 10**15), (10**15 + 1, "not_a_number"),
        ("-" + "9" * 20, "not_a_number"), ("1_9", "not_a_number"),
    ],
)  # fmt: skip
def test_stored_and_authored_numbers_are_read_as_machines_write_them(typed: Any, expected: Any) -> None:
    assert outcome(read_number(typed, Constraints())) == expected


@pytest.mark.parametrize(
    ("language", "keys", "reads"),
    [
        ("en", "", {"1,200": 1200, "12,34,567": 1234567, "1.200": "two_readings", "10.000": "two_readings",
                    "1.200,5": Decimal("1200.5"), "0.125": Decimal("0.125"), ".5": Decimal("0.5"),
                    "1 2 3": "not_a_number"}),
        ("en", "step: 1", {"10.000": "two_readings", "1.200": 1200, "150.001": 150001, "1.5": "off_step"}),
        ("en", "max: 100", {"10.000": 10, "1.200": Decimal("1.2"), "1,200": "too_large"}),
        ("en", "min: 1000", {"10.000": 10000, "150.000": 150000, "1.200": 1200, "999": "too_small"}),
        ("en", "unit: EUR", {"1.200": 1200, "10.000": 10000, "1.200 €": 1200, "€1,200.50": Decimal("1200.5"),
                             "25 k€": "not_a_number"}),
        ("en", "step: 0.001", {"1.200": Decimal("1.2"), "1,200": 1200}),
        ("en", "unit: '%'", {"25 %": 25, "25%": 25, "25％": 25, "٢٥٪": 25, "25 $": "not_a_number"}),
        ("en", "unit: people", {"25 people": 25, "25 PEOPLE": 25, "people: 25": "not_a_number"}),
        ("en", "", {"25 %": "not_a_number", "+5": 5, "−5": -5, "\u202b٢٥\u202c": 25, "１２，５００": 12500,
                    "१२००": 1200}),
        ("fr", "", {"10 000": 10000, "10\u202f000": 10000, "10\xa0000,5": Decimal("10000.5"), "1.200": "two_readings",
                    "1,200": "two_readings", "1,5": Decimal("1.5"), "1.5": Decimal("1.5"), "1.234.567": 1234567}),
        ("de", "", {"10.000": 10000, "150.000": 150000, "1.200": 1200, "1,200": "two_readings", "1,5": Decimal("1.5"),
                    "1.200,50": Decimal("1200.5"), "12.5": Decimal("12.5")}),
        ("de-CH", "", {"1'200": 1200, "1’200.50": Decimal("1200.5"), "1.200": "two_readings", "1,200": "two_readings"}),
        ("ar", "", {"١٬٢٠٠": 1200, "١٢٫٥": Decimal("12.5"), "1,200": 1200}),
        ("hi", "", {"१२,३४,५६७": 1234567, "1,00,000": 100000}),
    ],
)  # fmt: skip
def test_what_is_certain_is_read_and_the_rest_is_never_guessed(language: str, keys: str, reads: dict[str, Any]) -> None:
    asked = question(f"type: number, {keys}" if keys else "type: number")
    found = {typed: outcome(asked.read(typed, language)) for typed in reads}
    assert found == reads


@pytest.mark.parametrize(
    ("language", "typed", "low", "high"),
    [
        ("en", "1.200", "1.2", "1,200"), ("fr", "1.200", "1,2", "1\u202f200"), ("de", "1,200", "1,2", "1.200"),
        ("en", "-10.000", "-10", "-10,000"), ("de-CH", "1.234", "1.2340", "1’234"),
    ],
)  # fmt: skip
def test_both_readings_are_named_and_each_is_read_when_it_is_entered(
    language: str, typed: str, low: str, high: str
) -> None:
    asked = question("type: number")
    read = asked.read(typed, language)
    assert isinstance(read, Mistake)
    assert read.values == {"low": low, "high": high}
    assert {asked.read(low, language), asked.read(high, language)} == {
        Fraction(typed.replace(",", ".")), int(typed.replace(".", "").replace(",", "")),
    }  # fmt: skip


def test_a_limit_is_named_as_the_page_groups_it() -> None:
    asked = question("type: number, min: 1000, max: 100000, step: 500")
    said = {text: asked.read(text, "de") for text in ("1", "200000", "1750")}
    assert [read.values for read in said.values() if isinstance(read, Mistake)] == [
        {"low": "1.000"}, {"high": "100.000"}, {"step": "500"},
    ]  # fmt: skip
    assert asked.constraint_hint(words_for("de"), "de") == "Von 1.000 bis 100.000. In Schritten von 500."


@given(st.text(max_size=40) | st.lists(st.sampled_from(SIGNS)).map("".join), st.sampled_from(LANGUAGES))
def test_whatever_is_pasted_is_a_number_or_a_mistake(text: str, language: str) -> None:
    for keys in SETTINGS:
        read = question(f"type: number, {keys}").read(text, language)
        assert read is None or isinstance(read, int | Decimal | Mistake)


@given(st.decimals(-(10**9), 10**9, places=2) | st.integers(1 - 10**15, 10**15 - 1), st.sampled_from(LANGUAGES))
def test_a_number_as_its_language_writes_it_is_read_back(value: Decimal | int, language: str) -> None:
    assert question("type: number").read(notation_of(language).write(f"{value:f}"), language) == value
    assert (
        question("type: number, unit: EUR").read(question("type: number, unit: EUR").say(value, language), language)
        == value
    )


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
        _ = OnAScale.ends.fget(question("type: nps"))  # type: ignore[attr-defined]  # of some types only


@given(st.integers(-5, 5), st.integers(1, 20), st.data())
def test_maturity_lies_between_nothing_and_all(low: int, length: int, data: st.DataObject) -> None:
    asked = question(f"type: scale, from: {low}, to: {low + length}, dimension: data")
    value = data.draw(st.integers(low, low + length))
    worth = asked.worth(value)
    assert worth is not None
    assert 0 <= worth[0] <= worth[1] == length
