"""The maturity score that the prospect sees. It knows nothing of FIT, INTENT or TIMING.

A dimension is Σ value ÷ Σ best over the questions shown on this path and answered with something known; the overall
score is the weighted mean of the dimensions that have any. A dimension with none is left out, never zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from questionnaire.core.base.quantities import Exact, half_up
from questionnaire.core.survey.journey import Journey
from questionnaire.core.survey.report_texts import Band, band
from questionnaire.core.survey.survey import Dimension, Survey


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """`value` is a percentage, exact; `items` are the answers that made it."""

    dimension: Dimension
    value: Fraction
    items: tuple[str, ...]
    band: Band | None

    @property
    def name(self) -> str:
        return self.dimension.name

    @property
    def shown(self) -> int:
        return half_up(self.value)


@dataclass(frozen=True, slots=True)
class Maturity:
    """`dimensions` in the survey's order; `order` as the report tells them. `overall` is None when nothing counts."""

    overall: Fraction | None
    band: Band | None
    dimensions: tuple[DimensionScore, ...]
    order: tuple[str, ...]

    @property
    def shown(self) -> int | None:
        return None if self.overall is None else half_up(self.overall)

    @property
    def ordered(self) -> tuple[DimensionScore, ...]:
        by_name = {dimension.name: dimension for dimension in self.dimensions}
        return tuple(by_name[name] for name in self.order)


def measure(survey: Survey, journey: Journey) -> Maturity:
    """The maturity these answers show on the path they lead along."""
    scores = tuple(score for one in survey.dimensions if (score := _dimension(survey, journey, one)) is not None)
    overall = _mean(scores) if scores else None
    found = band(survey.report.overall, overall) if overall is not None else None
    return Maturity(overall, found, scores, _order(survey, scores))


def _mean(scores: tuple[DimensionScore, ...]) -> Fraction:
    """The weighted mean, made of whole numbers over one denominator: adding fractions costs ten times as much."""
    over = lcm(*(score.value.denominator for score in scores))
    weighted = sum(score.value.numerator * (over // score.value.denominator) * score.dimension.weight
                   for score in scores)  # fmt: skip
    return Fraction(weighted, over * sum(score.dimension.weight for score in scores))


def _dimension(survey: Survey, journey: Journey, dimension: Dimension) -> DimensionScore | None:
    got: Exact = 0
    best: Exact = 0
    items: list[str] = []
    answers = journey.answers.values_
    for item in survey.items_of[dimension.name]:
        answer = answers.get(item.name)
        worth = None if answer is None else item.worth(answer)
        if worth is not None:
            got, best = got + worth[0], best + worth[1]
            items.append(item.name)
    if not best:
        return None
    value = Fraction(100 * got, best)
    return DimensionScore(dimension, value, tuple(items), band(survey.report.dimensions.get(dimension.name, ()), value))


def _order(survey: Survey, scores: tuple[DimensionScore, ...]) -> tuple[str, ...]:
    """Lowest percentage first; ties: higher weight, then the listed order (sorting keeps it)."""
    if survey.report.order == "weakest_first":
        scores = tuple(sorted(scores, key=lambda score: (score.value, -score.dimension.weight)))
    return tuple(score.name for score in scores)
