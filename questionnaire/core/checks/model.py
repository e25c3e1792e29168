"""The model of a survey for checks: a sequence of variables with their options and dependencies.

The order is that in which they are asked. Where two variables measure one criterion, the one with the later place wins,
as in `collect_evidence`: contact fields, hidden fields, questions. A search may take them in another order (`plan`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from questionnaire.core.checks.formulas import Formula, Truths, holds, settle, sources_of
from questionnaire.core.checks.moments import ON_FINISHING, Moment
from questionnaire.core.policy import Policy
from questionnaire.core.survey.survey import Survey

CONTACT, HIDDEN, ITEM, CALCULATED = "contact", "hidden", "item", "calculated"
VALUE = "value:"


@dataclass(frozen=True, slots=True)
class Option:
    """A value and all that it is evidence of. The value None means "not answered".

    `when` is the formula of "it is offered", over `value:<name>` of earlier variables. `linked`: a personal link
    brought it to a contact field that does not show. `claimed`: no personal link brought it to a hidden field.
    """

    value: Any
    level: str | None = None
    emits: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()
    worth: tuple[int, int] | None = None
    when: Formula = True
    linked: bool = False
    claimed: bool = False

    @property
    def counts(self) -> bool:
        """Whether it adds anything: an answer, or nothing ticked where that is worth something."""
        return self.value is not None or self.worth is not None


@dataclass(frozen=True, slots=True)
class Variable:
    """A field or question. `exhaustive`: its options represent every possible value. `must`: an answer is required.

    `guard` is the formula of "it is shown", over `value:<name>` of other variables. `place` is its number in the model.
    `needs` names the variables that decide whether it is shown, and which of its options are offered.
    """

    name: str
    kind: str
    options: tuple[Option, ...]
    exhaustive: bool = True
    guard: Formula = True
    criterion: str | None = None
    dimension: str | None = None
    must: bool = False
    place: int = 0
    needs: frozenset[str] = field(init=False, repr=False, compare=False)
    emits: frozenset[str] = field(init=False, repr=False, compare=False)
    flags: frozenset[str] = field(init=False, repr=False, compare=False)
    """The signals and flags of all its options: each search asks whether it has any of those it is about."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "emits", frozenset[str]().union(*(option.emits for option in self.options)))
        object.__setattr__(self, "flags", frozenset[str]().union(*(option.flags for option in self.options)))
        sources = sources_of(self.guard).union(*(sources_of(option.when) for option in self.options))
        object.__setattr__(self, "needs", frozenset(source.removeprefix(VALUE) for source in sources))

    def is_shown(self, facts: Mapping[str, Any]) -> bool:
        """Whether it is shown to a person with these answers and fields."""
        return is_true(self.guard, facts)

    def offered(self, facts: Mapping[str, Any]) -> tuple[Option, ...]:
        """The options that a person with these answers and fields has without a personal link."""
        return tuple(one for one in self.options if not one.linked and is_true(one.when, facts))


def variable_name(source: str) -> str:
    """The name of the variable that a source is about: `value:<name>`, `hidden.<name>` or `claim.<name>`."""
    if source.startswith(VALUE):
        return source.removeprefix(VALUE)
    prefix, _, rest = source.partition(".")
    return rest if prefix in ("hidden", "claim") else source


def is_true(formula: Formula, facts: Mapping[str, Any]) -> bool:
    """The truth of a formula over `value:<name>` for these answers and fields."""
    return settle(formula, lambda literal: holds(literal, facts.get(literal.source.removeprefix(VALUE)))) is True


@dataclass(frozen=True, slots=True)
class Model:
    survey: Survey
    policy: Policy | None
    variables: tuple[Variable, ...]
    by_name: Mapping[str, Variable]
    ranks: Mapping[str, int]
    sources: str = "this survey"
    """What a claim about a policy rests on, in words: this survey, or one of several."""
    finished: Formula = True
    """The formula of "no ending comes", over `value:<name>`."""
    left_out: frozenset[str] = frozenset()
    """The dimensions that are not searched: the choices of one of their questions show in too many ways."""
    in_place: bool = True
    """Whether what is asked later is the later evidence."""
    moment: Moment = ON_FINISHING
    """When the respondents are judged."""
    scores: Mapping[str, Any] = field(default_factory=dict)
    """`score.<dimension>` where the answers that count for it are fixed; else a search takes any score."""
    truths: Truths = field(default_factory=dict, repr=False, compare=False)
    """The truths of comparisons that a search has looked at: searches of one model ask the same ones again."""

    def place_of(self, taken: tuple[str, Option]) -> int:
        """The place of a variable as evidence, given its name and what was taken of it."""
        return self.by_name[taken[0]].place

    def judged_at(self, moment: Moment) -> Model:
        """The same respondents, judged at another moment."""
        return replace(self, moment=moment)

    @property
    def subject(self) -> str:
        """Of whom a claim speaks: not of people who are also known by an import or by another survey."""
        return f"nobody who answers only {self.sources}"

    def ancestors(self, variables: Iterable[str]) -> frozenset[str]:
        """Returns these variables and all that decide whether they are shown."""
        result: set[str] = set()
        pending = [name for name in variables if name in self.by_name]
        while pending:
            name = pending.pop()
            if name not in result:
                result.add(name)
                pending += self.by_name[name].needs
        return frozenset(result)

    def for_criteria(self, criteria: Iterable[str]) -> set[str]:
        selected = frozenset(criteria)
        return {variable.name for variable in self.variables if variable.criterion in selected}
