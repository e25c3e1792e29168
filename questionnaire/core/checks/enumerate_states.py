"""Enumeration of every total that respondents can reach, layer by layer, with equal states merged.

A layer maps each state (remembered answers, open levels, total so far) to one path that leads to it. The enumeration
stops when a layer exceeds its budget; then it proves nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, TypeAlias

from questionnaire.core.checks.model import Option, Variable
from questionnaire.core.checks.plan import SOME, Levels, Live, SearchPlan

MOST_STATES = 20_000
MOST_TRANSITIONS = 250_000

Path: TypeAlias = "tuple[Path, str, Any] | None"
State: TypeAlias = tuple[Live, Levels, Any]


class Accumulator(Protocol):
    """The value that an enumeration accumulates along a path."""

    start: Any

    def take(self, so_far: Any, variable: Variable, option: Option) -> Any: ...

    def close(self, so_far: Any, criterion: str, level: str | None) -> Any: ...

    def end(self, so_far: Any, dimension: str) -> Any: ...

    def thin(self, layer: dict[State, Path]) -> dict[State, Path]: ...


class BaseAccumulator:
    """An accumulator that adds nothing. Subclasses override what they add."""

    start: Any = 0

    def take(self, so_far: Any, variable: Variable, option: Option) -> Any:
        return so_far

    def close(self, so_far: Any, criterion: str, level: str | None) -> Any:
        return so_far

    def end(self, so_far: Any, dimension: str) -> Any:
        return so_far

    def thin(self, layer: dict[State, Path]) -> dict[State, Path]:
        return layer


def sweep(
    plan: SearchPlan, accumulator: Accumulator, states: int = MOST_STATES, most: int = MOST_TRANSITIONS
) -> dict[Any, Path] | None:
    """Returns each total with one path to it, or None when there are too many states or transitions."""
    start = accumulator.start
    for criterion in plan.unmeasured:
        start = accumulator.close(start, criterion, None)
    layer: dict[State, Path] = {((), (), start): None}
    transitions = 0
    for index, step in enumerate(plan.steps):
        following: dict[State, Path] = {}
        for (live, levels, so_far), path in layer.items():
            for option, after in plan.transitions(index, live):
                transitions += 1
                if transitions > most:
                    return None
                # Nothing ticked counts for a dimension.
                empty = option.value is None and option.worth is None
                total = so_far if empty else accumulator.take(so_far, step.variable, option)
                open_levels, closed = plan.update_levels(index, levels, option)
                for criterion, level in closed:
                    total = accumulator.close(total, criterion, level)
                for dimension in step.ends:
                    total = accumulator.end(total, dimension)
                following.setdefault((after, open_levels, total), (path, step.variable.name, option.value))
        layer = accumulator.thin(following)
        if len(layer) > states:
            return None
    totals: dict[Any, Path] = {}
    for (live, _, total), path in layer.items():
        if not plan.needs_some or SOME in live:
            totals.setdefault(total, path)
    return totals


def trace(path: Path) -> Mapping[str, Any]:
    """Returns the answers along a path."""
    answers: dict[str, Any] = {}
    while path is not None:
        path, name, value = path
        answers[name] = value
    return answers
