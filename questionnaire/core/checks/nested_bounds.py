"""Accumulators of the overall maturity where dimensions have dimensions of their own: a mean of means."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from questionnaire.core.checks.enumerate_states import BaseAccumulator, Totals
from questionnaire.core.checks.maturity_bounds import Unfinished, optimal_totals, with_answer
from questionnaire.core.checks.model import Option, Variable
from questionnaire.core.checks.plan import SearchPlan
from questionnaire.core.survey.survey import Survey

Means = tuple[tuple[str, int, Fraction], ...]


class Nesting:
    """Which dimension each one is part of, their weights, and after which one an upper one is final in a plan."""

    def __init__(self, survey: Survey, plan: SearchPlan) -> None:
        self.weights = {name: one.weight for name, one in survey.dimensions_by_name.items()}
        self.upper = {part.name: one.name for one in survey.dimensions for part in one.parts}
        last = {self.upper[name]: name for step in plan.steps for name in step.ends if name in self.upper}
        self.closing = {name: upper for upper, name in last.items()}


class NestedOverall(BaseAccumulator):
    """Accumulates weight and weighted percentages of finished dimensions, the unfinished, and the means of uppers."""

    start: tuple[int, Fraction, Unfinished, Means] = (0, Fraction(0), (), ())

    def __init__(self, nesting: Nesting) -> None:
        self._nesting = nesting

    def take(self, so_far: Any, variable: Variable, option: Option) -> Any:
        if variable.dimension is None or option.worth is None:
            return so_far
        weight, total, unfinished, means = so_far
        return weight, total, with_answer(unfinished, variable.dimension, option.worth), means

    def end(self, so_far: Any, dimension: str) -> Any:
        weight, total, unfinished, means = so_far
        nesting, upper = self._nesting, self._nesting.upper.get(dimension)
        own = next(((reached, best) for name, reached, best in unfinished if name == dimension), (0, 0))
        unfinished = tuple(entry for entry in unfinished if entry[0] != dimension)
        if own[1]:
            part, value = nesting.weights[dimension], Fraction(100 * own[0], own[1])
            if upper is None:
                weight, total = weight + part, total + part * value
            else:
                means = _with_part(means, upper, part, part * value)
        if dimension in nesting.closing:
            closed = nesting.closing[dimension]
            for name, below, weighted in means:
                if name == closed:
                    weight, total = weight + nesting.weights[name], total + nesting.weights[name] * weighted / below
            means = tuple(entry for entry in means if entry[0] != closed)
        return weight, total, unfinished, means

    def value(self, total: Any) -> Fraction | None:
        return total[1] / total[0] if total[0] else None


def _with_part(means: Means, upper: str, weight: int, weighted: Fraction) -> Means:
    known = {name: (below, sum_) for name, below, sum_ in means}
    below, sum_ = known.get(upper, (0, Fraction(0)))
    known[upper] = (below + weight, sum_ + weighted)
    return tuple((name, *pair) for name, pair in sorted(known.items()))


class NestedFront(NestedOverall):
    """Keeps the Pareto-optimal totals of those that differ only in the maturity so far."""

    def thin(self, totals: Totals) -> Totals:
        def kind(total: Any) -> Any:
            weight, _, unfinished, means = total
            return weight, tuple((name, best) for name, _, best in unfinished), tuple(one[:2] for one in means)

        def vector(total: Any) -> tuple[Any, ...]:
            return (total[1], *(reached for _, reached, _ in total[2]), *(weighted for *_, weighted in total[3]))

        return optimal_totals(totals, kind, vector)
