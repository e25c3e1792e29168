"""The maturity score that the prospect sees. It is independent of FIT, INTENT and TIMING.

A dimension is Σ value ÷ Σ best over the questions that are on the path and have a known answer; with weighted questions
it is Σ weight × value ÷ best, out of Σ weight. A dimension with dimensions of its own is the weighted average of those
that have such answers, and so is the overall score. A dimension without any is left out, never zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

from questionnaire.core.base.quantities import Exact, half_up, number
from questionnaire.core.survey.dimension import NestedDimension
from questionnaire.core.survey.empty_answers import empty_items
from questionnaire.core.survey.journey import Journey
from questionnaire.core.survey.questions import Question, Value
from questionnaire.core.survey.report_texts import Band, band
from questionnaire.core.survey.survey import Survey


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """The score of one dimension. `value` is an exact percentage, `items` the names of the items in it.

    `parts`: the scores of its own dimensions, in the survey's order.
    """

    dimension: NestedDimension
    value: Fraction
    items: tuple[str, ...]
    band: Band | None
    parts: tuple[DimensionScore, ...] = ()

    @property
    def name(self) -> str:
        return self.dimension.name

    @property
    def rounded(self) -> int:
        return half_up(self.value)


@dataclass(frozen=True, slots=True)
class Maturity:
    """`dimensions` are the upper ones in the survey's order, `order` is the report's. `overall` is None without any."""

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

    @staticmethod
    def in_order(scores: tuple[DimensionScore, ...], order: str) -> tuple[DimensionScore, ...]:
        """`weakest_first`: lowest percentage first; ties: higher weight, then the authored order."""
        by_weakness = sorted(scores, key=lambda score: (score.value, -score.dimension.weight))
        return tuple(by_weakness) if order == "weakest_first" else scores

    @property
    def every(self) -> tuple[DimensionScore, ...]:
        """The scores of both levels, each upper one before its parts."""
        return tuple(score for upper in self.dimensions for score in (upper, *upper.parts))


def measure(survey: Survey, journey: Journey) -> Maturity:
    """Computes the maturity of the answers of a journey."""
    scores = _present(_score(survey, journey, dimension) for dimension in survey.dimensions)
    overall = _mean(scores) if scores else None
    overall_band = band(survey.report.overall, overall) if overall is not None else None
    order = Maturity.in_order(scores, survey.report.order)
    return Maturity(overall, overall_band, scores, tuple(score.name for score in order))


def item_worth(survey: Survey, item: Question, value: Value | None) -> tuple[Exact, Exact] | None:
    """What an answer (None: nothing was given) adds to its dimension, and the best it could; None when it adds none."""
    worth = item.worth_of_none if value is None else item.worth(value)
    if worth is None or item.dimension not in survey.weighted:
        return worth
    weight = number(item.weight) or 1
    return Fraction(weight * worth[0]) / worth[1], weight


def _present(scores: Iterable[DimensionScore | None]) -> tuple[DimensionScore, ...]:
    return tuple(score for score in scores if score is not None)


def _mean(scores: tuple[DimensionScore, ...]) -> Fraction:
    """The weighted average, in integers over one denominator: adding Fractions is ten times slower."""
    denominator = lcm(*(score.value.denominator for score in scores))
    weighted = sum(score.value.numerator * (denominator // score.value.denominator) * score.dimension.weight
                   for score in scores)  # fmt: skip
    return Fraction(weighted, denominator * sum(score.dimension.weight for score in scores))


def _score(survey: Survey, journey: Journey, dimension: NestedDimension) -> DimensionScore | None:
    if not dimension.parts:
        return _sum(survey, journey, dimension)
    parts = _present(_sum(survey, journey, part) for part in dimension.parts)
    if not parts:
        return None
    items = tuple(name for part in parts for name in part.items)
    return _banded(survey, DimensionScore(dimension, _mean(parts), items, None, parts))


def _sum(survey: Survey, journey: Journey, dimension: NestedDimension) -> DimensionScore | None:
    total: Exact = 0
    best: Exact = 0
    items: list[str] = []
    answers, empty = journey.answers.values_, empty_items(survey, journey)
    for item in survey.items_of[dimension.name]:
        answer = answers.get(item.name)
        worth = None if answer is None and item.name not in empty else item_worth(survey, item, answer)
        if worth is not None:
            total, best = total + worth[0], best + worth[1]
            items.append(item.name)
    if not best:
        return None
    return _banded(survey, DimensionScore(dimension, Fraction(100 * total) / best, tuple(items), None))


def _banded(survey: Survey, score: DimensionScore) -> DimensionScore:
    return replace(score, band=band(survey.report.dimensions.get(score.name, ()), score.value))
