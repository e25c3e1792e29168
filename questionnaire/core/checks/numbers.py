"""Intervals of unfinished scores. An interval decides a literal when it has the same truth on all its values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from questionnaire.core.base.quantities import Exact, number
from questionnaire.core.checks.formulas import Node, holds
from questionnaire.core.checks.plan import SearchPlan
from questionnaire.core.policy import Policy
from questionnaire.core.policy.axes import Criterion

Interval: TypeAlias = tuple[Exact, Exact]
SCORES = frozenset({"fit", "timing", "intent", "total", "fit_grade", "label", "strong"})


def axes_of(sources: frozenset[str], policy: Policy) -> frozenset[str]:
    """Returns the axes on which these sources depend."""
    total = frozenset(policy.mql.total_of) if "total" in sources else frozenset()
    label = frozenset({"fit", "intent"}) if "label" in sources else frozenset()
    grade = frozenset({"fit"}) if "fit_grade" in sources else frozenset()
    return (sources & {"fit", "timing", "intent"}) | total | label | grade


class RemainingPoints:
    """The least and most points of the criteria still open, per axis and step of a plan."""

    def __init__(self, plan: SearchPlan, policy: Policy) -> None:
        self._ends: dict[str, list[tuple[int, int]]] = {}
        for axis, criteria in (("fit", policy.fit.criteria), ("timing", policy.timing.criteria)):
            low, high = 0, 0
            ends = [(low, high)]
            for step in reversed(plan.steps):
                spans = [_span(plan, criteria, name) for name in step.closes]
                low, high = low + sum(one for one, _ in spans), high + sum(other for _, other in spans)
                ends.append((low, high))
            self._ends[axis] = ends[::-1]
        self._max = {"fit": policy.fit.max, "timing": policy.timing.max}

    def ends(self, axis: str, index: int, so_far: int) -> Interval:
        steps = self._ends[axis]
        low, high = steps[min(index, len(steps) - 1)]
        return tuple(max(0, min(so_far + points, self._max[axis])) for points in (low, high))  # type: ignore[return-value]  # two of them


def _span(plan: SearchPlan, criteria: Mapping[str, Criterion], name: str) -> tuple[int, int]:
    """The least and most points of a criterion, which may stay unknown."""
    if name not in criteria:
        return 0, 0
    levels = {option.level for variable in plan.variables if variable.criterion == name for option in variable.options}
    points = [0, *(criteria[name].points(level) for level in levels if level is not None)]
    return min(points), max(points)


def truth_within(literal: Node, ends: Mapping[str, Interval], policy: Policy) -> bool | None:
    """Returns the truth of a literal when it is the same for all possible scores, else None."""
    source = literal.source
    if source == "fit_grade":
        return _common_truth(literal, _between(ends["fit"], policy.fit.grades.of))
    if source == "label":
        grades = _between(ends["fit"], policy.fit.grades.of)
        ranks = _between(ends["intent"], policy.intent.ranks.of)
        return _common_truth(literal, [f"{grade}{rank}" for grade in grades for rank in ranks])
    low, high = _total(ends, policy) if source == "total" else ends[source]
    if low == high:
        return holds(literal, low)
    assert literal.test is not None
    if literal.test.operator in ("eq", "in", "ne", "not_in"):
        values = literal.test.value if isinstance(literal.test.value, tuple) else (literal.test.value,)
        inside = any((amount := number(value)) is not None and low <= amount <= high for value in values)
        return None if inside else holds(literal, low)
    return _common_truth(literal, [low, high])


def _common_truth(literal: Node, values: list[Any]) -> bool | None:
    truths = {holds(literal, value) for value in values}
    return truths.pop() if len(truths) == 1 else None


def _between(ends: Interval, of: Any) -> list[Any]:
    """Returns the grades or ranks of an interval. They are ordered, so its two ends determine all of them."""
    names = "ABC" if isinstance(of(0), str) else (1, 2, 3)
    best, worst = names.index(of(ends[1])), names.index(of(ends[0]))
    return list(names[best : worst + 1])


def _total(ends: Mapping[str, Interval], policy: Policy) -> Interval:
    axes = [ends[axis] for axis in policy.mql.total_of]
    return sum(low for low, _ in axes), sum(high for _, high in axes)
