"""Overall maturity: the weighted mean of shares whose parts depend on the way, so that no single sum describes it.

Three walks, each only when the one before was not enough: all totals; a few of each kind of state, whose ends are sure
when they meet the ends of the dimensions; of each kind of state those that nothing beats.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from questionnaire.core.checks.enumerate_states import Counting, State, Way, sweep
from questionnaire.core.checks.model import Model, Option, Variable
from questionnaire.core.checks.plan import SearchPlan
from questionnaire.core.checks.reachability import Reached, showing

STATES, MOVES = 8_000, 40_000

Unfinished = tuple[tuple[str, int, int], ...]


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
        got, best = held.get(variable.dimension, (0, 0))
        held[variable.dimension] = (got + option.worth[0], best + option.worth[1])
        return weight, total, tuple((name, *pair) for name, pair in sorted(held.items()))

    def end(self, so_far: Any, dimension: str) -> Any:
        weight, total, unfinished = so_far
        for name, got, best in unfinished:
            if name == dimension:
                own = self._weights[name]
                rest = tuple(entry for entry in unfinished if entry[0] != name)
                return weight + own, total + Fraction(own * 100 * got, best), rest
        return weight, total, tuple(entry for entry in unfinished if entry[0] != dimension)

    def worth(self, so_far: Any) -> float:
        """About the percentage if nothing came after; it only says which states to keep."""
        weight, total, unfinished = so_far
        total = float(total)
        for name, got, best in unfinished:
            weight, total = weight + self._weights[name], total + self._weights[name] * 100 * got / best
        return total / weight if weight else 0.0


class Extremes(Overall):
    """Of states that differ only in what was shown so far, those that no other beats from below or from above.

    Where too many are left it stops: `cut`.
    """

    MOST_ALIKE = 60

    def __init__(self, weights: Mapping[str, int]) -> None:
        super().__init__(weights)
        self.cut = False

    def thin(self, layer: dict[State, Way]) -> dict[State, Way]:
        kept = _thinned(layer, self._kind, self._ends)
        return {} if self.cut else kept

    def _kind(self, state: State) -> Any:
        live, levels, (weight, _, unfinished) = state
        return live, levels, weight, tuple((name, best) for name, _, best in unfinished)

    def _ends(self, states: list[State]) -> list[State]:
        self.cut = self.cut or len(states) > self.MOST_ALIKE
        if self.cut:
            return []
        vectors = {state: (state[2][1], *(got for _, got, _ in state[2][2])) for state in states}
        ordered = sorted(states, key=lambda state: vectors[state])
        low, high = self._front(ordered, vectors, 1), self._front(ordered[::-1], vectors, -1)
        return [*low, *high, *ordered[:: len(ordered) // 12 + 1]]

    def _front(self, ordered: list[State], vectors: Mapping[State, tuple[Any, ...]], sign: int) -> list[State]:
        front: list[State] = []
        for state in ordered:
            mine = vectors[state]
            if not any(_beats(vectors[one], mine, sign) for one in front):
                front.append(state)
        return front


def _beats(theirs: tuple[Any, ...], mine: tuple[Any, ...], sign: int) -> bool:
    return all(sign * one <= sign * other for one, other in zip(theirs, mine, strict=True))


class Few(Overall):
    """A few states for each that is remembered: the lowest, the highest, some between."""

    KEPT = 5

    def thin(self, layer: dict[State, Way]) -> dict[State, Way]:
        return _thinned(layer, lambda state: state[:2], self._some)

    def _some(self, states: list[State]) -> list[State]:
        ordered = sorted(states, key=lambda state: self.worth(state[2]))
        return [*ordered[: self.KEPT], *ordered[-self.KEPT :], *ordered[:: len(ordered) // 8 + 1]]


def _thinned(
    layer: dict[State, Way], kind: Callable[[State], Any], keep: Callable[[list[State]], list[State]]
) -> dict[State, Way]:
    kinds: dict[Any, list[State]] = {}
    for state in layer:
        kinds.setdefault(kind(state), []).append(state)
    kept = (state for states in kinds.values() for state in (keep(states) if len(states) > 2 else states))
    return {state: layer[state] for state in dict.fromkeys(kept)}


@dataclass(frozen=True, slots=True)
class MaturityBounds:
    """The percentages found, and whether nobody goes below the least or beyond the greatest."""

    reached: Reached
    sure: bool


def maturity(
    model: Model, dimensions: Mapping[str, Reached], states: int = STATES, moves: int = MOVES
) -> MaturityBounds:
    """Overall maturity of all respondents; `dimensions` are those of each dimension alone."""
    weights = {one.name: one.weight for one in model.survey.dimensions}
    plan = SearchPlan(model, showing(model, weights), dimensions=weights)
    ways = sweep(plan, Overall(weights), states, moves)
    if ways is not None:
        return MaturityBounds(_reached(ways, plan.whole), plan.whole)
    found = _reached(sweep(plan, Few(weights), states, 3 * moves) or {}, False)
    known = [reached for reached in dimensions.values() if reached.ways]
    if plan.whole and found.ways and all(reached.all for reached in known) and _meets(found, known):
        return MaturityBounds(found, True)
    extremes = Extremes(weights)
    ways = sweep(plan, extremes, states // 2, moves // 2)
    if ways is not None and not extremes.cut:
        return MaturityBounds(_reached(ways, False), plan.whole)
    return MaturityBounds(found, False)


def _meets(found: Reached, known: list[Reached]) -> bool:
    """A mean lies between the least and the greatest of what it is the mean of."""
    least, most = min(min(one.ways) for one in known), max(max(one.ways) for one in known)
    return bool(min(found.ways) == least and max(found.ways) == most)


def _reached(ways: Mapping[Any, Way], whole: bool) -> Reached:
    return Reached({total / weight: way for (weight, total, _), way in ways.items() if weight}, whole)
