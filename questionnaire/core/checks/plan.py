"""The search plan: the order of the variables that a claim depends on, and what to remember between them.

A respondent is a complete journey: every required question that is shown has an answer, and at least one question
has. Other variables are free; `complete` fills them in for an example. What is remembered of the answers so far is
what they leave undecided of the conditions of later questions, so that answers with the same effect are one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from questionnaire.core.checks.formulas import Formula, Node, known_truth, literals, settle, sources_of
from questionnaire.core.checks.journey_order import needs_some, order_of
from questionnaire.core.checks.model import CALCULATED, ITEM, VALUE, Model, Option, variable_name
from questionnaire.core.checks.search_step import SearchStep, options_that_differ

Live = int
Levels = tuple[tuple[str, str | None, int], ...]
Remembered = tuple[bool, tuple[tuple[int, Formula], ...]]
ABSENT = Option(None)
ANY_PLACE = -1


class SearchPlan:
    """The plan of one claim. It depends on the levels of `criteria` and the maturity of `dimensions`.

    `shows` and `compared` say which answers differ for the claim. `kept` is a formula over answers whose truth is
    known at the end (`truth`). `among` limits the respondents, else all who finish count. `answered`: each has answered
    something.
    """

    def __init__(
        self, model: Model, names_needed: Iterable[str], criteria: Iterable[str] = (), dimensions: Iterable[str] = (),
        shows: Callable[[Option], Any] = lambda _: None, compared: Iterable[Node] = (), kept: Formula = True,
        among: Formula | None = None, answered: bool = True,
    ) -> None:  # fmt: skip
        self.model, self.criteria, self.dimensions = model, frozenset(criteria), frozenset(dimensions)
        among = model.finished if among is None else among
        names = {*names_needed, *model.for_criteria(self.criteria), *_named(kept), *_named(among)}
        chosen = model.ancestors(names)
        self.needs_some = answered and needs_some(model, chosen)
        if self.needs_some:
            chosen |= model.ancestors(variable.name for variable in model.variables if variable.kind == ITEM)
        self.variables = order_of(model, chosen, self.criteria)
        self.exhaustive = all(variable.exhaustive for variable in self.variables)
        self.is_wide = any(variable.kind == CALCULATED for variable in self.variables)
        """Whether it takes amounts of calculated values that no answers give: then only its limits count."""
        self.guards = [*(variable.guard for variable in self.variables), kept, among]
        self._kept, self._among = len(self.variables), len(self.variables) + 1
        self.steps = self._steps(shows, compared)
        self._settled: dict[tuple[Formula, int, type, Any], Formula] = {}
        self._remembered: list[Remembered] = [(not self.needs_some, ())]
        self._numbers: dict[Remembered, Live] = {self._remembered[0]: 0}
        self._transitions: dict[tuple[int, Live], tuple[tuple[Option, Live], ...]] = {}
        self._levels: dict[tuple[int, Levels, str | None], tuple[Levels, tuple[tuple[str, str | None], ...]]] = {}

    start: Live = 0

    @property
    def answered(self) -> Live:
        """What is remembered of a complete journey: nothing but that a question has been answered."""
        self._remembered.append((True, ((self._among, True),)))
        return len(self._remembered) - 1

    def _steps(self, shows: Callable[[Option], Any], compared: Iterable[Node]) -> tuple[SearchStep, ...]:
        used: dict[str, dict[Node, None]] = {}
        offers = [option.when for one in self.variables for option in one.options if option.when is not True]
        for literal in (*compared, *(found for guard in (*self.guards, *offers) for found in literals(guard))):
            used.setdefault(variable_name(literal.source), {})[literal] = None
        last: dict[str | None, int] = {}
        for index, variable in enumerate(self.variables):
            last[f"c {variable.criterion}"] = last[f"d {variable.dimension}"] = index
        steps: list[SearchStep] = []
        for index, variable in enumerate(self.variables):
            criterion = variable.criterion if variable.criterion in self.criteria else None
            dimension = variable.dimension if variable.dimension in self.dimensions else None
            closes = (criterion,) if criterion and last[f"c {criterion}"] == index else ()
            ends = (dimension,) if dimension and last[f"d {dimension}"] == index else ()
            options = options_that_differ(
                variable, tuple(used.get(variable.name, ())), criterion is not None, dimension is not None, shows,
                self.model.truths,
            )  # fmt: skip
            steps.append(SearchStep(variable, options, self._offers(options), closes, ends, criterion is not None, ()))
        watched: dict[str, list[int]] = {}
        for number, guard in enumerate(self.guards):
            for name in _named(guard):
                watched.setdefault(name, []).append(number)
        return tuple(step._replace(watched=tuple(watched.get(step.variable.name, ()))) for step in steps)

    def _offers(self, options: Iterable[Option]) -> tuple[int | None, ...]:
        """The numbers of the guards that decide which options are offered; they are added to the guards."""
        numbers: dict[Formula, int] = {}
        for option in options:
            if option.when is not True and option.when not in numbers:
                numbers[option.when] = len(self.guards)
                self.guards.append(option.when)
        return tuple(numbers.get(option.when) for option in options)

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
        offered = {number: before.pop(number, self.guards[number]) for number in {*step.offers} if number is not None}
        options = [option for option, number in zip(step.options, step.offers, strict=True)
                   if number is None or offered[number] is True]  # fmt: skip
        for option in options if shown is True else (ABSENT,):
            after = before.copy()
            for number in step.watched:
                after[number] = self._settle(after.get(number, self.guards[number]), index, option.value)
            if after.get(self._among) is False:
                continue
            answered = some or (option.value is not None and step.variable.kind == ITEM)
            remembered = (answered, tuple(sorted(after.items(), key=lambda item: item[0])))
            number = self._numbers.setdefault(remembered, len(self._remembered))
            if number == len(self._remembered):
                self._remembered.append(remembered)
            yield option, number

    def _settle(self, guard: Formula, index: int, value: Any) -> Formula:
        """What is left of a guard once the variable of a step has this value."""
        key = (guard, index, type(value), value)
        settled = self._settled.get(key)
        if settled is None:
            truths, source = self.model.truths, VALUE + self.steps[index].variable.name
            settled = settle(guard, lambda literal: known_truth(truths, literal, value), (source,))
            self._settled[key] = settled
        return settled

    def truth(self, live: Live) -> bool:
        """The truth of the kept formula, after the last step."""
        return dict(self._remembered[live][1]).get(self._kept, self.guards[self._kept]) is True

    def is_complete(self, live: Live) -> bool:
        """Whether a question has been answered, where that is not certain from the start, and no ending comes."""
        some, undecided = self._remembered[live]
        among = self.guards[self._among]
        return some and (among is True or dict(undecided).get(self._among, among) is True)

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


def _named(formula: Formula) -> list[str]:
    return sorted(source.removeprefix(VALUE) for source in sources_of(formula))
