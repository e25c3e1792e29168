"""Enumeration of every total that respondents can reach, layer by layer, with equal states merged.

A layer maps each state (what is remembered, open levels) to its totals so far, each with one path that leads to it.
The enumeration stops when it exceeds its budget; then it proves nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, TypeAlias

from questionnaire.core.checks.model import Option, Variable
from questionnaire.core.checks.plan import Levels, Live, SearchPlan

MOST_STATES = 4_000
MOST_TRANSITIONS = 20_000
TOTAL_TRANSITIONS = 80_000

Path: TypeAlias = "tuple[Path, str, Any] | None"
State: TypeAlias = tuple[Live, Levels]
Totals: TypeAlias = dict[Any, Path]


class Accumulator(Protocol):
    """The value that an enumeration accumulates along a path."""

    start: Any

    def take(self, so_far: Any, variable: Variable, option: Option) -> Any: ...

    def close(self, so_far: Any, criterion: str, level: str | None) -> Any: ...

    def end(self, so_far: Any, dimension: str) -> Any: ...

    def thin(self, totals: Totals) -> Totals: ...

    def value(self, total: Any) -> Any: ...


class BaseAccumulator:
    """An accumulator that adds nothing. Subclasses override what they add."""

    start: Any = 0

    def take(self, so_far: Any, variable: Variable, option: Option) -> Any:
        return so_far

    def close(self, so_far: Any, criterion: str, level: str | None) -> Any:
        return so_far

    def end(self, so_far: Any, dimension: str) -> Any:
        return so_far

    def thin(self, totals: Totals) -> Totals:
        """The totals of one state that later answers can still turn into a result that matters."""
        return totals

    def value(self, total: Any) -> Any:
        """The score that a final total means; None when nothing was measured."""
        return total


class Budget:
    """The work that the enumerations of one survey may take together, in transitions."""

    def __init__(self, transitions: int = TOTAL_TRANSITIONS) -> None:
        self.left = transitions


def sweep(
    plan: SearchPlan, accumulator: Accumulator, states: int = MOST_STATES, budget: Budget | None = None
) -> dict[Any, Path] | None:
    """Returns each total with one path to it, or None when there are too many states or transitions."""
    budget = budget or Budget()
    most = min(MOST_TRANSITIONS, budget.left)
    start = accumulator.start
    for criterion in plan.unmeasured:
        start = accumulator.close(start, criterion, None)
    layer: dict[State, Totals] = {(plan.start, ()): {start: None}}
    transitions, moment = 0, plan.model.moment
    for index, step in enumerate(plan.steps):
        following: dict[State, Totals] = {}
        for (live, levels), totals in layer.items():
            for option, after in plan.transitions(index, live):
                transitions += 1 + len(totals)
                if transitions > most:
                    budget.left -= transitions
                    return None
                open_levels, closed = plan.update_levels(index, levels, option)
                reached = following.setdefault((after, open_levels), {})
                for so_far, path in totals.items():
                    total = accumulator.take(so_far, step.variable, option) if option.counts else so_far
                    for criterion, level in closed:
                        total = accumulator.close(total, criterion, moment.levels(criterion, level)[0])
                    for dimension in step.ends:
                        total = accumulator.end(total, dimension)
                    reached.setdefault(total, (path, step.variable.name, option.value))
        layer = {state: accumulator.thin(totals) for state, totals in following.items()}
        if sum(map(len, layer.values())) > states:
            budget.left -= transitions
            return None
    budget.left -= transitions
    result: dict[Any, Path] = {}
    for (live, _), totals in layer.items():
        if plan.is_complete(live):
            for total, path in totals.items():
                result.setdefault(total, path)
    return result


def trace(path: Path) -> Mapping[str, Any]:
    """Returns the answers along a path."""
    answers: dict[str, Any] = {}
    while path is not None:
        path, name, value = path
        answers[name] = value
    return answers


def values_of_totals(accumulator: Accumulator, paths: Mapping[Any, Path]) -> dict[Any, Path]:
    """The scores that totals mean, each with one path to it."""
    values: dict[Any, Path] = {}
    for total, path in paths.items():
        value = accumulator.value(total)
        if value is not None:
            values.setdefault(value, path)
    return values
