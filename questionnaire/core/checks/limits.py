"""Limits of scores that hold for every respondent, from the options of each question alone, without any search.

A limit may be wider than what anybody reaches: the most points of each criterion need not go together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from questionnaire.core.checks.model import Model, Variable
from questionnaire.core.policy.axes import Criterion

Limits = tuple[Any, Any]


def of_points(model: Model, criteria: Mapping[str, Criterion], most: int) -> Limits:
    """The least and most points of an axis."""
    sums = [_of_criterion(model, name, criterion) for name, criterion in criteria.items()]
    least, greatest = sum(low for low, _ in sums), sum(high for _, high in sums)
    return max(0, min(least, most)), max(0, min(greatest, most))


def _of_criterion(model: Model, name: str, criterion: Criterion) -> tuple[int, int]:
    levels = possible_levels(model, name, criterion)
    points = [0 if level is None else criterion.points(level) for level in levels]
    return min(points, default=0), max(points, default=0)


def possible_levels(model: Model, name: str, criterion: Criterion) -> set[str | None]:
    """The levels that a criterion may have at the model's moment; None where it may be unknown."""
    measuring = [variable for variable in model.variables if variable.criterion == name]
    given = {level for variable in measuring for level in levels_of(variable, criterion)}
    levels = {by_now for level in given for by_now in model.moment.levels(name, level)}
    return levels if any(map(is_always_known, measuring)) else {*levels, None}


def levels_of(variable: Variable, criterion: Criterion) -> set[str]:
    """The levels that a variable can give a criterion on finishing; all of them when not every answer was looked at."""
    if not variable.exhaustive:
        return set(criterion.levels)
    return {option.level for option in variable.options if option.level is not None}


def is_always_known(variable: Variable) -> bool:
    """Whether every respondent gives a level by this variable, which may expire."""
    return variable.exhaustive and variable.guard is True and all(option.level for option in variable.options)


def of_dimension(model: Model, name: str) -> Limits | None:
    """The least and greatest percentage of a dimension: no sum of answers is outside those of its single answers."""
    return _span(_ratios(variable) for variable in model.variables if variable.dimension == name)


def of_score(model: Model, name: str) -> Limits | None:
    """The same for a dimension that may have dimensions of its own."""
    dimension = model.survey.dimensions_by_name.get(name)
    if dimension is None or not dimension.parts:
        return of_dimension(model, name)
    return of_maturity(of_dimension(model, part.name) for part in dimension.parts)


def of_maturity(limits: Iterable[Limits | None]) -> Limits | None:
    """The least and greatest overall percentage: no mean of dimensions is outside those of the dimensions."""
    return _span([limit for limit in limits if limit is not None])


def _ratios(variable: Variable) -> Limits:
    ratios = [Fraction(100 * option.worth[0], option.worth[1])
              for option in variable.options if option.worth is not None and option.worth[1]]  # fmt: skip
    return (min(ratios), max(ratios)) if ratios and variable.exhaustive else (Fraction(0), Fraction(100))


def _span(spans: Iterable[Limits]) -> Limits | None:
    known = list(spans)
    return (min(low for low, _ in known), max(high for _, high in known)) if known else None
