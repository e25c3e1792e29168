"""The model of a survey for checks: a sequence of variables with their options and dependencies.

The order is: contact fields, hidden fields, questions. Where two variables measure one criterion, the one with the
later place wins, as in `collect_evidence`. A search may take them in another order (`plan`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.core.checks.formulas import Formula, holds, settle, sources_of
from questionnaire.core.policy import Policy
from questionnaire.core.survey.survey import Survey

CONTACT, HIDDEN, ITEM = "contact", "hidden", "item"
VALUE = "value:"


@dataclass(frozen=True, slots=True)
class Option:
    """A value and all that it is evidence of. The value None means "not answered"."""

    value: Any
    level: str | None = None
    emits: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()
    worth: tuple[int, int] | None = None

    @property
    def counts(self) -> bool:
        """Whether it adds anything: an answer, or nothing ticked where that is worth something."""
        return self.value is not None or self.worth is not None


@dataclass(frozen=True, slots=True)
class Variable:
    """A field or question. `exhaustive`: its options represent every possible value. `must`: an answer is required.

    `guard` is the formula of "it is shown", over `value:<name>` of other variables. `place` is its number in the model.
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

    @property
    def needs(self) -> frozenset[str]:
        """The names of the variables that decide whether it is shown."""
        return frozenset(source.removeprefix(VALUE) for source in sources_of(self.guard))

    def is_shown(self, facts: Mapping[str, Any]) -> bool:
        """Whether it is shown to a person with these answers and fields."""
        return settle(self.guard, lambda literal: holds(literal, facts.get(literal.source.removeprefix(VALUE)))) is True


@dataclass(frozen=True, slots=True)
class Model:
    survey: Survey
    policy: Policy | None
    variables: tuple[Variable, ...]
    by_name: Mapping[str, Variable]
    ranks: Mapping[str, int]
    sources: str = "this survey"
    """What a claim about a policy rests on, in words: this survey, or one of several."""

    @property
    def must_replay(self) -> bool:
        """Whether guards do not say all of what is asked: choices, rows or contact fields vary, or it ends early."""
        survey = self.survey
        is_varied = any(question.varies for question in survey.questions)
        return is_varied or bool(survey.endings) or any(field.show_if is not None for field in survey.contact_fields)

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
