"""Bounds of the overall maturity: a weighted average over the dimensions on the path, so no single sum gives it.

Three searches, cheapest first, each only when the one before was not enough: (1) every total; (2) a sample per state,
exact if its minimum and maximum equal those of the dimensions; (3) only Pareto-optimal states.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from questionnaire.core.checks.enumerate_states import BaseAccumulator, Path, State, sweep
from questionnaire.core.checks.model import Model, Option, Variable
from questionnaire.core.checks.plan import SearchPlan
from questionnaire.core.checks.reachability import Reached, showing

STATES, TRANSITIONS = 8_000, 40_000

Unfinished = tuple[tuple[str, int, int], ...]


class Overall(BaseAccumulator):
    """Accumulates the weight of finished dimensions, their weighted percentages, and the unfinished dimensions."""

    start: tuple[int, Fraction, Unfinished] = (0, Fraction(0), ())

    def __init__(self, weights: Mapping[str, int]) -> None:
        self._weights = weights

    def take(self, so_far: Any, variable: Variable, option: Option) -> Any:
        if variable.dimension is None or option.worth is None:
            return so_far
        weight, total, unfinished = so_far
        sums = {name: (reached, best) for name, reached, best in unfinished}
        reached, best = sums.get(variable.dimension, (0, 0))
        sums[variable.dimension] = (reached + option.worth[0], best + option.worth[1])
        return weight, total, tuple((name, *pair) for name, pair in sorted(sums.items()))

    def end(self, so_far: Any, dimension: str) -> Any:
        weight, total, unfinished = so_far
        for name, reached, best in unfinished:
            if name == dimension:
                own = self._weights[name]
                others = tuple(entry for entry in unfinished if entry[0] != name)
                return weight + own, total + Fraction(own * 100 * reached, best), others
        return weight, total, tuple(entry for entry in unfinished if entry[0] != dimension)

    def worth(self, so_far: Any) -> float:
        """The approximate percentage without later answers. It only orders states for the sample."""
        weight, total, unfinished = so_far
        total = float(total)
        for name, reached, best in unfinished:
            weight, total = weight + self._weights[name], total + self._weights[name] * 100 * reached / best
        return total / weight if weight else 0.0


class ParetoFront(Overall):
    """Keeps the Pareto-optimal states (lowest and highest) of those that differ only in the maturity so far.

    With too many states of one kind it stops and sets `truncated`.
    """

    MAX_PER_KIND = 60

    def __init__(self, weights: Mapping[str, int]) -> None:
        super().__init__(weights)
        self.truncated = False

    def thin(self, layer: dict[State, Path]) -> dict[State, Path]:
        selected = _select(layer, self._kind, self._extremes)
        return {} if self.truncated else selected

    def _kind(self, state: State) -> Any:
        live, levels, (weight, _, unfinished) = state
        return live, levels, weight, tuple((name, best) for name, _, best in unfinished)

    def _extremes(self, states: list[State]) -> list[State]:
        self.truncated = self.truncated or len(states) > self.MAX_PER_KIND
        if self.truncated:
            return []
        vectors = {state: (state[2][1], *(reached for _, reached, _ in state[2][2])) for state in states}
        ordered = sorted(states, key=lambda state: vectors[state])
        low, high = self._front(ordered, vectors, 1), self._front(ordered[::-1], vectors, -1)
        return [*low, *high, *ordered[:: len(ordered) // 12 + 1]]

    def _front(self, ordered: list[State], vectors: Mapping[State, tuple[Any, ...]], sign: int) -> list[State]:
        front: list[State] = []
        for state in ordered:
            vector = vectors[state]
            if not any(_dominates(vectors[candidate], vector, sign) for candidate in front):
                front.append(state)
        return front


def _dominates(other: tuple[Any, ...], vector: tuple[Any, ...], sign: int) -> bool:
    return all(sign * first <= sign * second for first, second in zip(other, vector, strict=True))


class Sample(Overall):
    """Keeps a sample per remembered state: the lowest, the highest, and some in between."""

    SAMPLE_SIZE = 5

    def thin(self, layer: dict[State, Path]) -> dict[State, Path]:
        return _select(layer, lambda state: state[:2], self._sample)

    def _sample(self, states: list[State]) -> list[State]:
        ordered = sorted(states, key=lambda state: self.worth(state[2]))
        return [*ordered[: self.SAMPLE_SIZE], *ordered[-self.SAMPLE_SIZE :], *ordered[:: len(ordered) // 8 + 1]]


def _select(
    layer: dict[State, Path], kind: Callable[[State], Any], keep: Callable[[list[State]], list[State]]
) -> dict[State, Path]:
    kinds: dict[Any, list[State]] = {}
    for state in layer:
        kinds.setdefault(kind(state), []).append(state)
    selected = (state for states in kinds.values() for state in (keep(states) if len(states) > 2 else states))
    return {state: layer[state] for state in dict.fromkeys(selected)}


@dataclass(frozen=True, slots=True)
class MaturityBounds:
    """The percentages reached. `exact`: no respondent is below the minimum or above the maximum."""

    reached: Reached
    exact: bool


def maturity(
    model: Model, dimensions: Mapping[str, Reached], states: int = STATES, transitions: int = TRANSITIONS
) -> MaturityBounds:
    """Computes the overall maturity of all respondents. `dimensions` are the results of each dimension alone.

    With dimensions of dimensions it is not searched.
    """
    if any(dimension.parts for dimension in model.survey.dimensions):
        return MaturityBounds(Reached({}, False), False)
    weights = {dimension.name: dimension.weight for dimension in model.survey.dimensions}
    plan = SearchPlan(model, showing(model, weights), dimensions=weights)
    paths = sweep(plan, Overall(weights), states, transitions)
    if paths is not None:
        return MaturityBounds(_reached(paths, plan.exhaustive), plan.exhaustive)
    sample = _reached(sweep(plan, Sample(weights), states, 3 * transitions) or {}, False)
    scored_dimensions = [reached for reached in dimensions.values() if reached.paths]
    exact_dimensions = plan.exhaustive and all(reached.exhaustive for reached in scored_dimensions)
    if exact_dimensions and sample.paths and _reaches_limits(sample, scored_dimensions):
        return MaturityBounds(sample, True)
    extremes = ParetoFront(weights)
    paths = sweep(plan, extremes, states // 2, transitions // 2)
    if paths is not None and not extremes.truncated:
        return MaturityBounds(_reached(paths, False), plan.exhaustive)
    return MaturityBounds(sample, False)


def _reaches_limits(sample: Reached, scored_dimensions: list[Reached]) -> bool:
    """Whether the sample reaches the minimum and maximum of the dimensions, which no average can exceed."""
    least = min(min(reached.paths) for reached in scored_dimensions)
    most = max(max(reached.paths) for reached in scored_dimensions)
    return bool(min(sample.paths) == least and max(sample.paths) == most)


def _reached(paths: Mapping[Any, Path], exhaustive: bool) -> Reached:
    return Reached({total / weight: path for (weight, total, _), path in paths.items() if weight}, exhaustive)
