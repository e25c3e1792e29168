"""The order in which some variables of a model are walked, and what must be remembered between them.

A respondent is a complete journey: required questions that show are answered, at least one question is. Only the
variables a claim depends on are walked; the others are free, and `complete` fills them in for an example.
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
    """One variable. `keep`: names still needed after it; `closes`, `ends`: criteria and dimensions now settled."""

    variable: Variable
    options: tuple[Option, ...]
    keep: frozenset[str]
    closes: tuple[str, ...]
    ends: tuple[str, ...]
    tracked: bool


class SearchPlan:
    """`criteria` and `dimensions` are those whose level or maturity the claim depends on."""

    def __init__(
        self, model: Model, wanted: Iterable[str], criteria: Iterable[str] = (), dimensions: Iterable[str] = (),
        shows: Callable[[Option], Any] = lambda _: None, compared: Iterable[Test] = (), keep: Iterable[str] = (),
    ) -> None:  # fmt: skip
        self.model = model
        self.criteria, self.dimensions, self.kept = frozenset(criteria), frozenset(dimensions), frozenset(keep)
        chosen = model.ancestors({*wanted, *self.kept, *model.for_criteria(self.criteria)})
        self.needs_some = _needs_some(model, chosen)
        if self.needs_some:
            chosen |= model.ancestors(one.name for one in model.variables if one.kind == ITEM)
        self.variables = _ordered([one for one in model.variables if one.name in chosen], self.criteria)
        self.whole = all(one.whole for one in self.variables)
        self.steps = self._steps(shows, frozenset(compared))
        self._shown: dict[tuple[int, Live], bool] = {}

    def _steps(self, shows: Callable[[Option], Any], compared: frozenset[Test]) -> tuple[SearchStep, ...]:
        order = self.variables
        used = compared | {test for one in order if one.show_if is not None for test in tests(one.show_if)}
        steps: list[SearchStep] = []
        for index, one in enumerate(order):
            later = order[index + 1 :]
            needed = {name for other in later if other.show_if is not None for name in names(other.show_if)}
            criterion = one.criterion if one.criterion in self.criteria else None
            dimension = one.dimension if one.dimension in self.dimensions else None
            closes = (criterion,) if criterion and all(other.criterion != criterion for other in later) else ()
            ends = (dimension,) if dimension and all(other.dimension != dimension for other in later) else ()
            options = _alike(one, used, criterion is not None, dimension is not None, shows)
            steps.append(SearchStep(one, options, frozenset(needed) | self.kept, closes, ends, criterion is not None))
        return tuple(steps)

    def moves(self, index: int, live: Live) -> Iterable[tuple[Option, Live]]:
        """Each way to go on: the option taken (ABSENT when it does not show), and what is remembered then."""
        step = self.steps[index]
        kept = tuple(entry for entry in live if entry[0] in step.keep or entry[0] == "")
        name, some = step.variable.name, self.needs_some and step.variable.kind == ITEM
        if not self._shows(index, live):
            yield ABSENT, kept
            return
        for option in step.options:
            after = kept
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

    def leveled(self, index: int, levels: Levels, option: Option) -> tuple[Levels, Levels]:
        """The levels still open after this option, and those it settles: what comes later wins."""
        step = self.steps[index]
        if not step.tracked:
            return levels, ()
        name = step.variable.criterion or ""
        held = dict(levels)
        if option.level is not None:
            held[name] = option.level
        closed = ((name, held.pop(name, None)),) if step.closes else ()
        return tuple(held.items()), closed

    @property
    def unmeasured(self) -> tuple[str, ...]:
        """Tracked criteria that no variable gives: unknown for everybody."""
        return tuple(sorted(self.criteria - {one.criterion for one in self.variables}))


def _alike(
    one: Variable, used: frozenset[Test], level: bool, worth: bool, shows: Callable[[Option], Any]
) -> tuple[Option, ...]:
    places = [place for place, test in enumerate(one.tests) if test in used]
    kept: dict[tuple[Any, ...], Option] = {}
    for option in one.options:
        truths = tuple(option.truths[place] for place in places)
        key = (option.value is None, truths, option.level if level else None, option.worth if worth else None)
        kept.setdefault((*key, shows(option)), option)
    return tuple(kept.values())


def _ordered(variables: list[Variable], criteria: frozenset[str]) -> tuple[Variable, ...]:
    """Variables that hang together stand together, in their order; small parts of one dimension side by side."""
    root = {one.name: one.name for one in variables}

    def find(name: str) -> str:
        while root[name] != name:
            name = root[name]
        return name

    first: dict[str, str] = {}
    for one in variables:
        linked = [name for name in names(one.show_if) if name in root] if one.show_if is not None else []
        if one.criterion in criteria and one.criterion is not None:
            linked.append(first.setdefault(one.criterion, one.name))
        for name in linked:
            root[find(name)] = find(one.name)
    parts: dict[str, list[Variable]] = {}
    for one in variables:
        parts.setdefault(find(one.name), []).append(one)
    place = {one.name: index for index, one in enumerate(variables)}
    inside = sorted(parts.values(), key=lambda part: (part[0].dimension or "", place[part[0].name]))
    return tuple(one for part in inside for one in part)


def _needs_some(model: Model, chosen: frozenset[str]) -> bool:
    """Whether "at least one answer" must be watched: not if a question shows always and is required, or is free."""
    always = (one for one in model.variables if one.kind == ITEM and one.show_if is None)
    return not any((one.must or one.name not in chosen) and one.options[0].value is not None for one in always)


def complete(model: Model, given: Mapping[str, Any]) -> dict[str, Any]:
    """A whole respondent from what a claim depends on: what else must be answered is, with the first answer."""
    facts: dict[str, Any] = {}
    answered = False
    for one in model.variables:
        if one.show_if is not None and evaluate(one.show_if, facts) is not True:
            continue
        first = next((option.value for option in one.options if option.value is not None), None)
        value = given.get(one.name, first if one.must else None)
        if value is not None:
            facts[one.name] = value
            answered = answered or one.kind == ITEM
    free = (one for one in model.variables if one.kind == ITEM and one.show_if is None and one.name not in given)
    spare = next((one for one in free if one.options[0].value is not None), None)
    return facts if answered or spare is None else {**facts, spare.name: spare.options[0].value}
