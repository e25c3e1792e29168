"""The search plan: the order of the variables that a claim depends on, and what to remember between them.

A respondent is a complete journey: every required question that is shown has an answer, and at least one question
has. Other variables are free; `complete` fills them in for an example. What is remembered of the answers so far is
what they leave undecided of the conditions of later questions, so that answers with the same effect are one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from questionnaire.core.checks.formulas import Formula, Node, holds, literals, settle, sources_of
from questionnaire.core.checks.journey_order import needs_some, order_of
from questionnaire.core.checks.model import ITEM, VALUE, Model, Option, Variable

Live = int
Levels = tuple[tuple[str, str | None, int], ...]
Remembered = tuple[bool, tuple[tuple[int, Formula], ...]]
ABSENT = Option(None)
ANY_PLACE = -1


@dataclass(frozen=True, slots=True)
class SearchStep:
    """One variable. `closes`, `ends`: criteria and dimensions final after it. `watched`: the guards it decides."""

    variable: Variable
    options: tuple[Option, ...]
    closes: tuple[str, ...]
    ends: tuple[str, ...]
    tracked: bool
    watched: tuple[int, ...]


class SearchPlan:
    """The plan of one claim. It depends on the levels of `criteria` and the maturity of `dimensions`.

    `shows` and `compared` say which answers differ for the claim. `kept` is a formula over answers whose truth is
    known at the end (`truth`).
    """

    def __init__(
        self, model: Model, names_needed: Iterable[str], criteria: Iterable[str] = (), dimensions: Iterable[str] = (),
        shows: Callable[[Option], Any] = lambda _: None, compared: Iterable[Node] = (), kept: Formula = True,
    ) -> None:  # fmt: skip
        self.model, self.criteria, self.dimensions = model, frozenset(criteria), frozenset(dimensions)
        names = {*names_needed, *model.for_criteria(self.criteria), *_named(kept)}
        chosen = model.ancestors(names)
        self.needs_some = needs_some(model, chosen)
        if self.needs_some:
            chosen |= model.ancestors(variable.name for variable in model.variables if variable.kind == ITEM)
        self.variables = order_of(model, chosen, self.criteria)
        self.exhaustive = all(variable.exhaustive for variable in self.variables)
        self.guards = [variable.guard for variable in self.variables] + [kept]
        self.steps = self._steps(shows, compared)
        self._truths: dict[tuple[Node, type, Any], bool] = {}
        self._remembered: list[Remembered] = [(not self.needs_some, ())]
        self._numbers: dict[Remembered, Live] = {self._remembered[0]: 0}
        self._transitions: dict[tuple[int, Live], tuple[tuple[Option, Live], ...]] = {}
        self._levels: dict[tuple[int, Levels, str | None], tuple[Levels, tuple[tuple[str, str | None], ...]]] = {}

    start: Live = 0

    @property
    def answered(self) -> Live:
        """What is remembered of a complete journey: nothing but that a question has been answered."""
        self._remembered.append((True, ()))
        return len(self._remembered) - 1

    def _steps(self, shows: Callable[[Option], Any], compared: Iterable[Node]) -> tuple[SearchStep, ...]:
        used: dict[str, dict[Node, None]] = {}
        for literal in (*compared, *(found for guard in self.guards for found in literals(guard))):
            used.setdefault(literal.source.removeprefix(VALUE), {})[literal] = None
        last: dict[str | None, int] = {}
        for index, variable in enumerate(self.variables):
            last[f"c {variable.criterion}"] = last[f"d {variable.dimension}"] = index
        watched: dict[str, list[int]] = {}
        for number, guard in enumerate(self.guards):
            for name in _named(guard):
                watched.setdefault(name, []).append(number)
        steps: list[SearchStep] = []
        for index, variable in enumerate(self.variables):
            criterion = variable.criterion if variable.criterion in self.criteria else None
            dimension = variable.dimension if variable.dimension in self.dimensions else None
            closes = (criterion,) if criterion and last[f"c {criterion}"] == index else ()
            ends = (dimension,) if dimension and last[f"d {dimension}"] == index else ()
            options = _distinct_options(
                variable, tuple(used.get(variable.name, ())), criterion is not None, dimension is not None, shows
            )
            steps.append(SearchStep(variable, options, closes, ends, criterion is not None,
                                    tuple(watched.get(variable.name, ()))))  # fmt: skip
        return tuple(steps)

    def transitions(self, index: int, live: Live) -> tuple[tuple[Option, Live], ...]:
        """Each transition: the option (ABSENT when the variable is not shown) and what is remembered then."""
        found = self._transitions.get((index, live))
        if found is None:
            found = self._transitions[index, live] = tuple(self._expand(index, live))
        return found

    def _expand(self, index: int, live: Live) -> Iterable[tuple[Option, Live]]:
        step, (some, undecided) = self.steps[index], self._remembered[live]
        before = dict(undecided)
        shown = before.pop(index, self.guards[index])
        source = VALUE + step.variable.name
        for option in step.options if shown is True else (ABSENT,):
            after = before.copy()
            taken = _Taken(option.value, self._truths)
            for number in step.watched:
                guard = after.get(number, self.guards[number])
                after[number] = settle(guard, taken.truth, (source,))
            answered = some or (option.value is not None and step.variable.kind == ITEM)
            remembered = (answered, tuple(sorted(after.items(), key=lambda item: item[0])))
            number = self._numbers.setdefault(remembered, len(self._remembered))
            if number == len(self._remembered):
                self._remembered.append(remembered)
            yield option, number

    def truth(self, live: Live) -> bool:
        """The truth of the kept formula, after the last step."""
        return dict(self._remembered[live][1]).get(len(self.steps), self.guards[-1]) is True

    def has_answer(self, live: Live) -> bool:
        """Whether a question has been answered, where that is not certain from the start."""
        return self._remembered[live][0]

    def update_levels(
        self, index: int, levels: Levels, option: Option
    ) -> tuple[Levels, tuple[tuple[str, str | None], ...]]:
        """Returns the open levels after this option, and the levels that are final. The later place wins."""
        step = self.steps[index]
        if not step.tracked:
            return levels, ()
        key = (index, levels, option.level)
        found = self._levels.get(key)
        if found is None:
            found = self._levels[key] = self._with_level(index, levels, option.level)
        return found

    def _with_level(
        self, index: int, levels: Levels, level: str | None
    ) -> tuple[Levels, tuple[tuple[str, str | None], ...]]:
        variable = self.steps[index].variable
        name = variable.criterion or ""
        open_levels = {criterion: (known, place) for criterion, known, place in levels}
        if level is not None and open_levels.get(name, (None, ANY_PLACE))[1] < variable.place:
            places = [step.variable.place for step in self.steps[index + 1 :] if step.variable.criterion == name]
            outranked = all(place > variable.place for place in places)
            open_levels[name] = (level, ANY_PLACE if outranked else variable.place)
        closed = ((name, open_levels.pop(name, (None, 0))[0]),) if self.steps[index].closes else ()
        return tuple((criterion, *known) for criterion, known in sorted(open_levels.items())), closed

    @property
    def unmeasured(self) -> tuple[str, ...]:
        """The criteria of the claim that no variable measures: unknown for all respondents."""
        return tuple(sorted(self.criteria - {variable.criterion for variable in self.variables}))


class _Taken:
    """A value that a variable has taken."""

    __slots__ = ("_truths", "_value")

    def __init__(self, value: Any, truths: dict[tuple[Node, type, Any], bool]) -> None:
        self._value, self._truths = value, truths

    def truth(self, literal: Node) -> bool:
        """The truth of a comparison with this variable."""
        key = (literal, type(self._value), self._value)
        if key not in self._truths:
            self._truths[key] = holds(literal, self._value)
        return self._truths[key]


def _named(formula: Formula) -> list[str]:
    return sorted(source.removeprefix(VALUE) for source in sources_of(formula))


def _distinct_options(
    variable: Variable, used: tuple[Node, ...], level: bool, worth: bool, shows: Callable[[Option], Any]
) -> tuple[Option, ...]:
    distinct: dict[tuple[Any, ...], Option] = {}
    for option in variable.options:
        truths = tuple(holds(literal, option.value) for literal in used)
        key = (option.value is None, truths, option.level if level else None, option.worth if worth else None)
        distinct.setdefault((*key, shows(option)), option)
    return tuple(distinct.values())
