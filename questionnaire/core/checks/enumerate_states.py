"""Every total that respondents can reach: the plan walked once, layer by layer, with equal states merged.

A layer holds each state (what is remembered, open levels, the tally so far) with one way that leads there. The walk
stops when a layer outgrows its budget; then nothing is claimed from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, TypeAlias

from questionnaire.core.checks.model import Option, Variable
from questionnaire.core.checks.plan import SOME, Levels, Live, SearchPlan

MOST_STATES = 20_000
MOST_MOVES = 250_000

Way: TypeAlias = "tuple[Way, str, Any] | None"
State: TypeAlias = tuple[Live, Levels, Any]


class Accumulator(Protocol):
    """What is added up on the way."""

    start: Any

    def take(self, so_far: Any, variable: Variable, option: Option) -> Any: ...

    def close(self, so_far: Any, criterion: str, level: str | None) -> Any: ...

    def end(self, so_far: Any, dimension: str) -> Any: ...

    def thin(self, layer: dict[State, Way]) -> dict[State, Way]: ...


class Counting:
    """A tally of nothing; the others say what they add."""

    start: Any = 0

    def take(self, so_far: Any, variable: Variable, option: Option) -> Any:
        return so_far

    def close(self, so_far: Any, criterion: str, level: str | None) -> Any:
        return so_far

    def end(self, so_far: Any, dimension: str) -> Any:
        return so_far

    def thin(self, layer: dict[State, Way]) -> dict[State, Way]:
        return layer


def sweep(
    plan: SearchPlan, tally: Accumulator, states: int = MOST_STATES, most: int = MOST_MOVES
) -> dict[Any, Way] | None:
    """Each total with one way to it, or None when there are too many states to be sure."""
    start = tally.start
    for criterion in plan.unmeasured:
        start = tally.close(start, criterion, None)
    layer: dict[State, Way] = {((), (), start): None}
    moves = 0
    for index, step in enumerate(plan.steps):
        following: dict[State, Way] = {}
        for (live, levels, so_far), way in layer.items():
            for option, after in plan.moves(index, live):
                moves += 1
                if moves > most:
                    return None
                total = so_far if option.value is None else tally.take(so_far, step.variable, option)
                held, closed = plan.leveled(index, levels, option)
                for criterion, level in closed:
                    total = tally.close(total, criterion, level)
                for dimension in step.ends:
                    total = tally.end(total, dimension)
                following.setdefault((after, held, total), (way, step.variable.name, option.value))
        layer = tally.thin(following)
        if len(layer) > states:
            return None
    found: dict[Any, Way] = {}
    for (live, _, total), way in layer.items():
        if not plan.needs_some or SOME in live:
            found.setdefault(total, way)
    return found


def trace(way: Way) -> Mapping[str, Any]:
    """The answers along a way."""
    given: dict[str, Any] = {}
    while way is not None:
        way, name, value = way
        given[name] = value
    return given
