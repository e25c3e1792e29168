"""The search plan: the order of the variables that a claim depends on, and the answers to remember between them.

A respondent is a complete journey: every required question that is shown has an answer, and at least one question
has. Other variables are free; `complete` fills them in for an example.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.core.base.conditions import Test, evaluate, names, tests
from questionnaire.core.checks.model import ITEM, Model, Option, Variable

Live = tuple[tuple[str, Any], ...]
Levels = tuple[tuple[str, str | None], ...]
SOME = ("", True)
ABSENT = Option(None)


@dataclass(frozen=True, slots=True)
class SearchStep:
    """One variable. `keep`: names needed after it. `closes`, `ends`: criteria and dimensions final after it."""

    variable: Variable
    options: tuple[Option, ...]
    keep: frozenset[str]
    closes: tuple[str, ...]
    ends: tuple[str, ...]
    tracked: bool


class SearchPlan:
    """The plan of one claim. It depends on the levels of `criteria` and the maturity of `dimensions`."""

    def __init__(
        self, model: Model, names_needed: Iterable[str], criteria: Iterable[str] = (), dimensions: Iterable[str] = (),
        shows: Callable[[Option], Any] = lambda _: None, compared: Iterable[Test] = (), keep: Iterable[str] = (),
    ) -> None:  # fmt: skip
        self.model = model
        self.criteria, self.dimensions, self.remembered = frozenset(criteria), frozenset(dimensions), frozenset(keep)
        chosen = model.ancestors({*names_needed, *self.remembered, *model.for_criteria(self.criteria)})
        self.needs_some = _needs_some(model, chosen)
        if self.needs_some:
            chosen |= model.ancestors(variable.name for variable in model.variables if variable.kind == ITEM)
        self.variables = _ordered([variable for variable in model.variables if variable.name in chosen], self.criteria)
        self.exhaustive = all(variable.exhaustive for variable in self.variables)
        self.steps = self._steps(shows, frozenset(compared))
        self._shown: dict[tuple[int, Live], bool] = {}

    def _steps(self, shows: Callable[[Option], Any], compared: frozenset[Test]) -> tuple[SearchStep, ...]:
        order = self.variables
        used = compared | {
            test for variable in order if variable.show_if is not None for test in tests(variable.show_if)
        }
        steps: list[SearchStep] = []
        for index, variable in enumerate(order):
            later = order[index + 1 :]
            needed = {name for other in later if other.show_if is not None for name in names(other.show_if)}
            criterion = variable.criterion if variable.criterion in self.criteria else None
            dimension = variable.dimension if variable.dimension in self.dimensions else None
            closes = (criterion,) if criterion and all(other.criterion != criterion for other in later) else ()
            ends = (dimension,) if dimension and all(other.dimension != dimension for other in later) else ()
            options = _distinct_options(variable, used, criterion is not None, dimension is not None, shows)
            steps.append(
                SearchStep(variable, options, frozenset(needed) | self.remembered, closes, ends, criterion is not None)
            )
        return tuple(steps)

    def transitions(self, index: int, live: Live) -> Iterable[tuple[Option, Live]]:
        """Yields each transition: the option (ABSENT when the variable is not shown) and the remembered answers."""
        step = self.steps[index]
        remembered = tuple(entry for entry in live if entry[0] in step.keep or entry[0] == "")
        name, some = step.variable.name, self.needs_some and step.variable.kind == ITEM
        if not self._shows(index, live):
            yield ABSENT, remembered
            return
        for option in step.options:
            after = remembered
            if option.value is not None and name in step.keep:
                after = (*after, (name, option.value))
            if option.value is not None and some and SOME not in after:
                after = (SOME, *after)
            yield option, after

    def _shows(self, index: int, live: Live) -> bool:
        show_if = self.steps[index].variable.show_if
        if show_if is None:
            return True
        key = (index, live)
        if key not in self._shown:
            self._shown[key] = evaluate(show_if, dict(live)) is True
        return self._shown[key]

    def update_levels(self, index: int, levels: Levels, option: Option) -> tuple[Levels, Levels]:
        """Returns the open levels after this option, and the levels that are final. A later level wins."""
        step = self.steps[index]
        if not step.tracked:
            return levels, ()
        name = step.variable.criterion or ""
        open_levels = dict(levels)
        if option.level is not None:
            open_levels[name] = option.level
        closed = ((name, open_levels.pop(name, None)),) if step.closes else ()
        return tuple(open_levels.items()), closed

    @property
    def unmeasured(self) -> tuple[str, ...]:
        """The criteria of the claim that no variable measures: unknown for all respondents."""
        return tuple(sorted(self.criteria - {variable.criterion for variable in self.variables}))


def _distinct_options(
    variable: Variable, used: frozenset[Test], level: bool, worth: bool, shows: Callable[[Option], Any]
) -> tuple[Option, ...]:
    places = [place for place, test in enumerate(variable.tests) if test in used]
    distinct: dict[tuple[Any, ...], Option] = {}
    for option in variable.options:
        truths = tuple(option.truths[place] for place in places)
        key = (option.value is None, truths, option.level if level else None, option.worth if worth else None)
        distinct.setdefault((*key, shows(option)), option)
    return tuple(distinct.values())


def _ordered(variables: list[Variable], criteria: frozenset[str]) -> tuple[Variable, ...]:
    """Groups dependent variables, in their order. Small groups of one dimension are neighbours."""
    root = {variable.name: variable.name for variable in variables}

    def find(name: str) -> str:
        while root[name] != name:
            name = root[name]
        return name

    first: dict[str, str] = {}
    for variable in variables:
        linked = [name for name in names(variable.show_if) if name in root] if variable.show_if is not None else []
        if variable.criterion in criteria and variable.criterion is not None:
            linked.append(first.setdefault(variable.criterion, variable.name))
        for name in linked:
            root[find(name)] = find(variable.name)
    parts: dict[str, list[Variable]] = {}
    for variable in variables:
        parts.setdefault(find(variable.name), []).append(variable)
    place = {variable.name: index for index, variable in enumerate(variables)}
    inside = sorted(parts.values(), key=lambda part: (part[0].dimension or "", place[part[0].name]))
    return tuple(variable for part in inside for variable in part)


def _needs_some(model: Model, chosen: frozenset[str]) -> bool:
    """Whether the search must track "at least one answer".

    Not if a question without condition is required, or is free and so can be answered.
    """
    always = (variable for variable in model.variables if variable.kind == ITEM and variable.show_if is None)
    return not any(
        (variable.must or variable.name not in chosen) and variable.options[0].value is not None for variable in always
    )


def complete(model: Model, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Completes a respondent: every other required question gets its first option."""
    facts: dict[str, Any] = {}
    answered = False
    for variable in model.variables:
        if variable.show_if is not None and evaluate(variable.show_if, facts) is not True:
            continue
        first = next((option.value for option in variable.options if option.value is not None), None)
        value = answers.get(variable.name, first if variable.must else None)
        if value is not None:
            facts[variable.name] = value
            answered = answered or variable.kind == ITEM
    free = (
        variable
        for variable in model.variables
        if variable.kind == ITEM and variable.show_if is None and variable.name not in answers
    )
    spare = next((variable for variable in free if variable.options[0].value is not None), None)
    return facts if answered or spare is None else {**facts, spare.name: spare.options[0].value}
