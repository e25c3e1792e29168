"""What each formula of a survey comes to for one journey, with the numbers that its names stand for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from questionnaire.core.base import arithmetic
from questionnaire.core.base.quantities import Exact
from questionnaire.core.survey.calculated_facts import calculation_of
from questionnaire.core.survey.journey import Journey
from questionnaire.core.survey.maturity import measure
from questionnaire.core.survey.survey import Survey


@dataclass(frozen=True, slots=True)
class FormulaResult:
    """`value` is None when unknown. `operands`: name -> number, None when unknown. `counts`: no earlier case fits."""

    value: Exact | None
    operands: Mapping[str, Exact | None]
    counts: bool


def formula_results(survey: Survey, journey: Journey) -> Mapping[str, tuple[FormulaResult, ...]]:
    """By name of the calculated value, those of its cases in their order; a value without cases has one."""
    calculation = calculation_of(survey, journey, measure(survey, journey))
    return {
        value.name: tuple(
            FormulaResult(
                arithmetic.limited(arithmetic.evaluate(branch.formula, calculation.operand)),
                {name: calculation.operand(name) for name in arithmetic.references(branch.formula)},
                branch.formula is calculation.formula(value.name),
            )
            for branch in value.branches
        )
        for value in survey.calculated
    }
