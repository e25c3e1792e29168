"""Accumulators of the enumeration: points of an axis, signals, known groups, maturity of a dimension."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from questionnaire.core.checks.enumerate_states import BaseAccumulator, Totals
from questionnaire.core.checks.model import Option, Variable
from questionnaire.core.policy import Policy
from questionnaire.core.policy.axes import Criterion


class Points(BaseAccumulator):
    """Points of an axis. Sums beyond what the other criteria can still undo are one; the score is never below 0."""

    def __init__(self, criteria: Mapping[str, Criterion], most: int) -> None:
        self._criteria, self._most = criteria, most
        self._low, self._high = span(criteria, most)

    def close(self, so_far: int, criterion: str, level: str | None) -> int:
        declared = self._criteria.get(criterion)
        if declared is None or level is None:
            return so_far
        return max(self._low, min(so_far + declared.points(level), self._high))

    def value(self, total: int) -> int:
        return max(0, min(total, self._most))


def span(criteria: Mapping[str, Criterion], most: int) -> tuple[int, int]:
    """The sums of points beyond which an axis stays at 0 and at its maximum, whatever else is known."""
    points = [[level.points for level in one.levels.values()] for one in criteria.values()]
    return -sum(max(0, *each) for each in points), most - sum(min(0, *each) for each in points)


class ExtremePoints(Points):
    """The least and the most points alone."""

    def thin(self, totals: Totals) -> Totals:
        return {total: totals[total] for total in (min(totals), max(totals))}


class Emitted(BaseAccumulator):
    """The signals that the answers emit, with repetitions."""

    start: tuple[str, ...] = ()

    def __init__(self, policy: Policy) -> None:
        self._known = policy.intent.signals

    def take(self, so_far: tuple[str, ...], variable: Variable, option: Option) -> tuple[str, ...]:
        signals = [signal for signal in option.emits if signal in self._known]
        return tuple(sorted((*so_far, *signals))) if signals else so_far


class Groups(BaseAccumulator):
    """The known groups of the completeness, as a set of their indexes."""

    start: frozenset[int] = frozenset()

    def __init__(self, groups: Sequence[Sequence[str]]) -> None:
        self._groups = groups

    def close(self, so_far: frozenset[int], criterion: str, level: str | None) -> frozenset[int]:
        if level is None:
            return so_far
        return so_far | {place for place, group in enumerate(self._groups) if criterion in group}


class Ratio(BaseAccumulator):
    """Maturity of one dimension: the sum reached and the maximum sum."""

    start: tuple[int, int] = (0, 0)

    def __init__(self, dimension: str) -> None:
        self._dimension = dimension

    def take(self, so_far: tuple[int, int], variable: Variable, option: Option) -> tuple[int, int]:
        if variable.dimension != self._dimension or option.worth is None:
            return so_far
        return so_far[0] + option.worth[0], so_far[1] + option.worth[1]

    def value(self, total: tuple[int, int]) -> Fraction | None:
        return Fraction(100 * total[0], total[1]) if total[1] else None


class ExtremeRatio(Ratio):
    """The least and the greatest maturity: of the sums with one maximum, the others never lead to these."""

    def thin(self, totals: Totals) -> Totals:
        sums: dict[int, list[int]] = {}
        for total, best in totals:
            sums.setdefault(best, []).append(total)
        kept = [(total, best) for best, found in sums.items() for total in {min(found), max(found)}]
        return {pair: totals[pair] for pair in kept}
