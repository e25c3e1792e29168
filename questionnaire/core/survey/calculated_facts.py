"""Calculated values and scores of one journey as facts, for conditions, evidence and documents."""

from __future__ import annotations

from collections.abc import Mapping

from questionnaire.core.base.quantities import Exact
from questionnaire.core.survey.calculate import Calculation
from questionnaire.core.survey.calculated_value import PREFIX, SCORE
from questionnaire.core.survey.journey import Journey
from questionnaire.core.survey.maturity import Maturity, measure
from questionnaire.core.survey.survey import Survey

Calculated = Mapping[str, Exact | None]
"""Name of a calculated value -> exact value, None when unknown."""


def calculate(survey: Survey, journey: Journey, maturity: Maturity | None = None) -> Calculated:
    """The calculated values of a journey. Without its maturity, those that need a score are unknown."""
    if not survey.calculated:
        return {}
    calculation = calculation_of(survey, journey, maturity)
    return {value.name: calculation.value(value.name) for value in survey.calculated}


def calculate_all(survey: Survey, journey: Journey) -> Calculated:
    """The calculated values of a journey, with those that need a score."""
    return calculate(survey, journey, measure(survey, journey)) if survey.calculated else {}


def calculation_of(survey: Survey, journey: Journey, maturity: Maturity | None = None) -> Calculation:
    facts = {**journey.fields, **journey.answers.values_}
    return Calculation(survey, facts, {} if maturity is None else score_facts(maturity))


def calculated_facts(calculated: Calculated) -> dict[str, Exact]:
    """`calculated.<name>` -> value, for conditions; what is unknown is left out."""
    return {f"{PREFIX}{name}": value for name, value in calculated.items() if value is not None}


def score_facts(maturity: Maturity) -> dict[str, Exact]:
    """`score` and `score.<dimension>` -> unrounded percentage, upper and lower dimensions alike."""
    scores: dict[str, Exact] = {f"{SCORE}.{score.name}": score.value for score in maturity.every}
    return scores if maturity.overall is None else {SCORE: maturity.overall, **scores}
