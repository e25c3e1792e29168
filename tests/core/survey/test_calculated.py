"""Calculated values: made of answers on the path, exact, unknown where something is missing, told with their unit."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from questionnaire.core.base.quantities import Exact
from questionnaire.core.survey.calculated_facts import calculate, calculated_facts, calculation_of, score_facts
from questionnaire.core.survey.formula_results import FormulaResult, formula_results
from questionnaire.core.survey.maturity import measure
from questionnaire.core.survey.survey import Survey
from tests.core.authoring import filled, refused_survey, survey

ASKED = """
- {name: hours, type: number, min: 0, max: 100, title: Hours, unit: h}
- {name: rate, type: slider, min: 10, max: 90, title: Rate}
- {name: plan, type: single_choice, title: Plan, choices: [{value: basic, text: B, number: 7.5},
    {value: pro, text: P, number: 20}, {value: unsure, text: U, unknown: true}]}
- {name: tools, type: multiple_choice, title: Tools, dimension: data, choices: [
    {value: crm, text: C, number: 100, maturity: 1}, {value: mail, text: M, number: 50, maturity: 1}]}
- {name: table, type: matrix, title: Table, rows: [{name: us, text: Us}], choices: [{value: one, text: One, number: 1}]}
- {name: country, type: country, title: Country}
- {name: late, type: text, title: Late, show_if: {calculated.cost: {gte: 1000}}}
"""
VALUES = """
dimensions: [{name: data, title: Data}]
hidden_fields: [{name: source}]
calculated:
  - {name: yearly, formula: hours * 52, unit: h}
  - {name: cost, formula: yearly * rate, unit: {en: EUR, fr: euros}, decimals: 2}
  - {name: fee, formula: plan + table.us}
  - {name: stack, formula: tools}
  - {name: ratio, formula: hours / (rate - 10), decimals: 1}
  - {name: gap, formula: 100 - score.data}
  - {name: rough, cases: [{when: {source: fair}, formula: 1}, {when: {calculated.fee: {gt: 10}}, formula: 2},
      {when: {country: [DE, FR]}, formula: hours}, {formula: -1}]}
"""


def asked() -> Survey:
    return survey(ASKED, VALUES)


def values(answers: str, **more: Any) -> dict[str, Exact | None]:
    response = filled(answers, asked=asked(), **more)
    journey = response.journey
    return dict(calculate(asked(), journey, measure(asked(), journey)))


def test_values_are_calculated_from_answers_and_earlier_values() -> None:
    found = values("{hours: 2.5, rate: 40, plan: basic, tools: [crm, mail], table.us: one, country: DE}")
    assert found == {
        "yearly": 130, "cost": 5200, "fee": Fraction(17, 2), "stack": 150, "ratio": Fraction(1, 12), "gap": 0,
        "rough": Fraction(5, 2),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "name", "expected"),
    [
        ("{rate: 40}", "yearly", None), ("{hours: 2}", "cost", None), ("{plan: unsure, table.us: one}", "fee", None),
        ("{hours: 5, rate: 10}", "ratio", None), ("{tools: [crm]}", "stack", 100), ("{hours: 1}", "stack", None),
        ("{plan: pro, table.us: one}", "rough", 2), ("{country: FR}", "rough", None), ("{hours: 1}", "rough", -1),
        ("{tools: [crm]}", "gap", 50), ("{}", "gap", None),
    ],
)  # fmt: skip
def test_what_is_missing_is_unknown(answers: str, name: str, expected: Exact | None) -> None:
    assert values(answers)[name] == expected


def test_a_field_decides_between_cases() -> None:
    assert values("{hours: 1}", hidden={"source": "fair"})["rough"] == 1


def test_a_score_is_unknown_where_it_is_not_measured() -> None:
    journey = filled("{tools: [crm]}", asked=asked()).journey
    assert calculate(asked(), journey)["gap"] is None
    assert score_facts(measure(asked(), journey)) == {"score": 50, "score.data": 50}
    assert score_facts(measure(asked(), filled("{}", asked=asked()).journey)) == {}


def test_a_calculated_value_is_a_fact_of_the_path() -> None:
    shown = filled("{hours: 2, rate: 10, late: x}", asked=asked()).journey
    assert shown.answers["late"] == "x"
    hidden = filled("{hours: 1, rate: 10, late: x}", asked=asked()).journey
    assert "late" not in hidden.answers
    assert calculated_facts(calculate(asked(), hidden)) == {
        "calculated.yearly": 52, "calculated.cost": 520, "calculated.rough": -1,
    }  # fmt: skip


def test_a_value_that_needs_itself_is_unknown() -> None:
    circular = survey(ASKED, "calculated: [{name: cost, formula: cost + 1}, {name: fee, formula: hours}]")
    assert calculate(circular, filled("{hours: 2}", asked=circular).journey) == {"cost": None, "fee": 2}


@pytest.mark.parametrize(
    ("name", "number", "language", "said"),
    [
        ("cost", Fraction(5200), "en", "5,200.00\xa0EUR"),
        ("cost", Fraction(12345678, 1000), "fr", "12\u202f345,68\xa0euros"),
        ("yearly", Fraction(-5, 2), "en", "-3\xa0h"),
        ("ratio", Fraction(1, 12), "en", "0.1"), ("fee", 1234567, "de", "1.234.567"),
    ],
)  # fmt: skip
def test_a_value_is_told_rounded_in_the_readers_format(name: str, number: Exact, language: str, said: str) -> None:
    assert asked().calculated_by_name[name].say(number, language) == said


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("{name: cost}", "formula_missing: calculated[0]: there is no `formula`"),
        ("{name: cost, formula: hours, cases: [{formula: 1}]}", "formula_missing: calculated[0]: there are both"),
        ("{name: cost, formula: hours +}", "formula_syntax: calculated[0].formula: at character 8"),
        ("{name: cost, cases: [{formula: hours +}]}", "formula_syntax: calculated[0].cases[0].formula: at character 8"),
        ("{name: hours, formula: 1}", "duplicate_name: calculated[0].name: the name `hours` stands twice"),
        ("{name: cost, formula: hours, decimals: 7}", "wrong_value: calculated[0].decimals"),
        ("{name: stage, formula: hours}", "reserved_name: calculated[0].name"),
    ],
)
def test_a_value_that_cannot_be_read_is_refused(written: str, problem: str) -> None:
    found = refused_survey(ASKED, f"calculated: [{written}]")
    assert [str(one).startswith(problem) for one in found] == [True], found


def test_a_survey_is_written_as_it_was_read() -> None:
    dumped = asked().model_dump(by_alias=True, exclude_unset=True)["calculated"]
    assert dumped[1]["formula"] == "yearly * rate"
    assert [case["formula"] for case in dumped[6]["cases"]] == ["1", "2", "hours", "-1"]


def test_a_calculation_is_a_mapping_of_the_facts_it_was_made_with() -> None:
    response = filled("{hours: 2}", asked=asked())
    calculation = calculation_of(asked(), response.journey)
    assert list(calculation) == ["hours"]
    assert len(calculation) == 1
    assert calculation["calculated.yearly"] == 104


def test_each_formula_comes_to_something_with_the_numbers_it_used_and_one_case_counts() -> None:
    response = filled("{hours: 2.5, rate: 10, plan: basic, tools: [crm], country: DE}", asked=asked())
    found = formula_results(asked(), response.journey)
    assert found["cost"] == (FormulaResult(1300, {"yearly": 130, "rate": 10}, counts=True),)
    assert found["fee"] == (FormulaResult(None, {"plan": Fraction(15, 2), "table.us": None}, counts=True),)
    assert found["ratio"] == (FormulaResult(None, {"hours": Fraction(5, 2), "rate": 10}, counts=True),)
    assert found["gap"] == (FormulaResult(50, {"score.data": 50}, counts=True),)
    assert [(one.value, one.counts) for one in found["rough"]] == [
        (1, False), (2, False), (Fraction(5, 2), True), (-1, False),
    ]  # fmt: skip
