"""Accumulators of the overall maturity: a weighted average over the dimensions on the path, so no single sum gives it.

The value is the weight and the weighted sum of the finished dimensions, and the sums of the unfinished ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from questionnaire.core.checks.enumerate_states import BaseAccumulator, Totals
from questionnaire.core.checks.model import Option, Variable

MOST_OPTIMAL = 60
"""With more optimal totals of one state nothing is left out, and the enumeration soon exceeds its budget."""

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
        return weight, total, with_answer(unfinished, variable.dimension, option.worth)

    def end(self, so_far: Any, dimension: str) -> Any:
        weight, total, unfinished = so_far
        for name, reached, best in unfinished:
            if name == dimension:
                own = self._weights[name]
                others = tuple(entry for entry in unfinished if entry[0] != name)
                return weight + own, total + Fraction(own * 100 * reached, best), others
        return weight, total, tuple(entry for entry in unfinished if entry[0] != dimension)

    def value(self, total: tuple[int, Fraction, Unfinished]) -> Fraction | None:
        return total[1] / total[0] if total[0] else None


class ParetoFront(Overall):
    """Keeps the Pareto-optimal totals (lowest and highest) of those that differ only in the maturity so far."""

    def thin(self, totals: Totals) -> Totals:
        def kind(total: Any) -> Any:
            return total[0], tuple((name, best) for name, _, best in total[2])

        return optimal_totals(totals, kind, lambda total: (total[1], *(reached for _, reached, _ in total[2])))


def with_answer(unfinished: Unfinished, dimension: str, worth: tuple[int, int]) -> Unfinished:
    """The sums of the unfinished dimensions with one more answer."""
    sums = {name: (reached, best) for name, reached, best in unfinished}
    reached, best = sums.get(dimension, (0, 0))
    sums[dimension] = (reached + worth[0], best + worth[1])
    return tuple((name, *pair) for name, pair in sorted(sums.items()))


def optimal_totals(totals: Totals, kind: Callable[[Any], Any], vector: Callable[[Any], tuple[Any, ...]]) -> Totals:
    """The lowest and highest of the totals of one kind: the others never lead to the least or greatest result."""
    kinds: dict[Any, list[Any]] = {}
    for total in totals:
        kinds.setdefault(kind(total), []).append(total)
    kept = (total for alike in kinds.values() for total in (_extremes(alike, vector) if len(alike) > 2 else alike))
    return {total: totals[total] for total in kept}


def _extremes(totals: list[Any], vector: Callable[[Any], tuple[Any, ...]]) -> list[Any]:
    vectors = {total: vector(total) for total in totals}
    ordered = sorted(totals, key=lambda total: vectors[total])
    return list(dict.fromkeys([*_front(ordered, vectors, 1), *_front(ordered[::-1], vectors, -1)]))


def _front(ordered: list[Any], vectors: Mapping[Any, tuple[Any, ...]], sign: int) -> list[Any]:
    front: list[Any] = []
    for total in ordered:
        if len(front) > MOST_OPTIMAL:
            return ordered
        if not any(_dominates(vectors[candidate], vectors[total], sign) for candidate in front):
            front.append(total)
    return front


def _dominates(other: tuple[Any, ...], vector: tuple[Any, ...], sign: int) -> bool:
    return all(sign * first <= sign * second for first, second in zip(other, vector, strict=True))
