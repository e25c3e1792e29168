"""The maturity score that the prospect sees. It is independent of FIT, INTENT and TIMING.

A dimension is Σ value ÷ Σ best over the questions that are on the path and have a known answer; the best of a question
is that of the choices it shows. The overall score is the weighted average of the dimensions that have such answers. A
dimension without any is left out, never zero.
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
    """The score of one dimension. `value` is an exact percentage, `items` the names of the items in it."""

    dimension: Dimension
    value: Fraction
    items: tuple[str, ...]
    band: Band | None

    @property
    def name(self) -> str:
        return self.dimension.name

    @property
    def rounded(self) -> int:
        return half_up(self.value)


@dataclass(frozen=True, slots=True)
class Maturity:
    """`dimensions` are in the survey's order, `order` is the report's. `overall` is None without a dimension score."""

    overall: Fraction | None
    band: Band | None
    dimensions: tuple[DimensionScore, ...]
    order: tuple[str, ...]

    @property
    def rounded(self) -> int | None:
        return None if self.overall is None else half_up(self.overall)

    @property
    def ordered(self) -> tuple[DimensionScore, ...]:
        by_name = {dimension.name: dimension for dimension in self.dimensions}
        return tuple(by_name[name] for name in self.order)


def measure(survey: Survey, journey: Journey) -> Maturity:
    """Computes the maturity of the answers of a journey."""
    scores = tuple(
        score for dimension in survey.dimensions if (score := _dimension(survey, journey, dimension)) is not None
    )
    overall = _mean(scores) if scores else None
    overall_band = band(survey.report.overall, overall) if overall is not None else None
    return Maturity(overall, overall_band, scores, _order(survey, scores))


def _mean(scores: tuple[DimensionScore, ...]) -> Fraction:
    """The weighted average, in integers over one denominator: adding Fractions is ten times slower."""
    denominator = lcm(*(score.value.denominator for score in scores))
    weighted = sum(score.value.numerator * (denominator // score.value.denominator) * score.dimension.weight
                   for score in scores)  # fmt: skip
    return Fraction(weighted, denominator * sum(score.dimension.weight for score in scores))


def _dimension(survey: Survey, journey: Journey, dimension: Dimension) -> DimensionScore | None:
    total: Exact = 0
    best: Exact = 0
    items: list[str] = []
    answers = journey.answers.values_
    for item in survey.items_of[dimension.name]:
        answer = answers.get(item.name)
        worth = None if answer is None else journey.offered.get(item.name, item).worth(answer)
        if worth is not None:
            total, best = total + worth[0], best + worth[1]
            items.append(item.name)
    if not best:
        return None
    value = Fraction(100 * total, best)
    return DimensionScore(dimension, value, tuple(items), band(survey.report.dimensions.get(dimension.name, ()), value))


def _order(survey: Survey, scores: tuple[DimensionScore, ...]) -> tuple[str, ...]:
    """`weakest_first`: lowest percentage first; ties: higher weight, then the authored order (the sort is stable)."""
    if survey.report.order == "weakest_first":
        scores = tuple(sorted(scores, key=lambda score: (score.value, -score.dimension.weight)))
    return tuple(score.name for score in scores)
