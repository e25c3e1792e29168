"""What can be added up along the ways of a survey: points of an axis, signals, groups known, maturity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from questionnaire.core.checks.model import Option, Variable
from questionnaire.core.checks.sweep import Counting, State, Way
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

    start: tuple[Fraction, Fraction] = (Fraction(0), Fraction(0))

    def __init__(self, dimension: str) -> None:
        self._dimension = dimension

    def take(self, so_far: tuple[Fraction, Fraction], variable: Variable, option: Option) -> tuple[Fraction, Fraction]:
        if variable.dimension != self._dimension or option.worth is None:
            return so_far
        return so_far[0] + option.worth[0], so_far[1] + option.worth[1]


Unfinished = tuple[tuple[str, Fraction, Fraction], ...]


class Overall(Counting):
    """Overall maturity: weight of the dimensions so far, their weighted percentages, and those still open."""

    start: tuple[int, Fraction, Unfinished] = (0, Fraction(0), ())

    def __init__(self, weights: Mapping[str, int]) -> None:
        self._weights = weights

    def take(self, so_far: Any, variable: Variable, option: Option) -> Any:
        if variable.dimension is None or option.worth is None:
            return so_far
        weight, total, unfinished = so_far
        held = {name: (got, best) for name, got, best in unfinished}
        got, best = held.get(variable.dimension, (Fraction(0), Fraction(0)))
        held[variable.dimension] = (got + option.worth[0], best + option.worth[1])
        return weight, total, tuple((name, *pair) for name, pair in sorted(held.items()))

    def end(self, so_far: Any, dimension: str) -> Any:
        weight, total, unfinished = so_far
        for name, got, best in unfinished:
            if name == dimension and best:
                own = self._weights[name]
                rest = tuple(entry for entry in unfinished if entry[0] != name)
                return weight + own, total + own * 100 * got / best, rest
        return weight, total, tuple(entry for entry in unfinished if entry[0] != dimension)


class Extremes(Overall):
    """The same, keeping of each kind of state the lowest and the highest, and a few between as examples."""

    FEW = 12

    def thin(self, layer: dict[State, Way]) -> dict[State, Way]:
        kinds: dict[Any, list[State]] = {}
        for state in layer:
            live, levels, (weight, _, unfinished) = state
            kinds.setdefault((live, levels, weight, tuple((name, best) for name, _, best in unfinished)), []).append(
                state
            )
        kept: dict[State, Way] = {}
        for states in kinds.values():
            for state in self._ends(states):
                kept[state] = layer[state]
        return kept

    def _ends(self, states: list[State]) -> list[State]:
        """Those that no other beats in everything, from below and from above; some of the others."""
        if len(states) <= 2:
            return states
        vectors = {state: (state[2][1], *(got for _, got, _ in state[2][2])) for state in states}
        ordered = sorted(states, key=lambda state: vectors[state])
        low, high = _front(ordered, vectors, 1), _front(ordered[::-1], vectors, -1)
        apart = max(len(ordered) // self.FEW, 1)
        return list(dict.fromkeys([*low, *high, *ordered[::apart]]))


def _front(ordered: list[State], vectors: Mapping[State, tuple[Fraction, ...]], sign: int) -> list[State]:
    front: list[State] = []
    for state in ordered:
        mine = vectors[state]
        if not any(all(sign * theirs <= sign * own for theirs, own in zip(vectors[one], mine, strict=True))
                   for one in front):  # fmt: skip
            front.append(state)
    return front
