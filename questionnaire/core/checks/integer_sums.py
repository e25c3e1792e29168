"""What can be added up along the ways of a survey: points of an axis, signals, groups known, maturity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from questionnaire.core.checks.enumerate_states import Counting
from questionnaire.core.checks.model import Option, Variable
from questionnaire.core.policy import Policy
from questionnaire.core.policy.axes import Criterion


class Points(Counting):
    """Points of an axis, up to its maximum."""

    def __init__(self, criteria: Mapping[str, Criterion], most: int) -> None:
        self._criteria, self._most = criteria, most

    def close(self, so_far: int, criterion: str, level: str | None) -> int:
        held = self._criteria.get(criterion)
        return so_far if held is None or level is None else min(so_far + held.points(level), self._most)


class Emitted(Counting):
    """Which signals the answers emit, and how often."""

    start: tuple[str, ...] = ()

    def __init__(self, policy: Policy) -> None:
        self._known = policy.intent.signals

    def take(self, so_far: tuple[str, ...], variable: Variable, option: Option) -> tuple[str, ...]:
        known = [signal for signal in option.emits if signal in self._known]
        return tuple(sorted((*so_far, *known))) if known else so_far


class Groups(Counting):
    """Which groups of the completeness are known, as a set of places."""

    start: frozenset[int] = frozenset()

    def __init__(self, groups: Sequence[Sequence[str]]) -> None:
        self._groups = groups

    def close(self, so_far: frozenset[int], criterion: str, level: str | None) -> frozenset[int]:
        if level is None:
            return so_far
        return so_far | {place for place, group in enumerate(self._groups) if criterion in group}


class Ratio(Counting):
    """Maturity of one dimension: what was shown and the best there was."""

    start: tuple[int, int] = (0, 0)

    def __init__(self, dimension: str) -> None:
        self._dimension = dimension

    def take(self, so_far: tuple[int, int], variable: Variable, option: Option) -> tuple[int, int]:
        if variable.dimension != self._dimension or option.worth is None:
            return so_far
        return so_far[0] + option.worth[0], so_far[1] + option.worth[1]
