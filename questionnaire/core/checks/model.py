"""The model of a survey for checks: a sequence of variables with their options and dependencies.

The order is: contact fields, hidden fields, questions. Where two variables measure one criterion, the later wins, as
in `collect_evidence`. Independent parts are searched one after the other, so that few answers must be remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from questionnaire.core.base.conditions import Condition, Test, evaluate, names, tests
from questionnaire.core.checks.scaled_worths import ScaledWorths
from questionnaire.core.checks.values import Values, values_of, words_of
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.levels import level_of_answer, level_of_field
from questionnaire.core.survey.questions import Question
from questionnaire.core.survey.survey import Survey

CONTACT, HIDDEN, ITEM = "contact", "hidden", "item"


@dataclass(frozen=True, slots=True)
class Option:
    """A value and all that it is evidence of. The value None means "not answered"."""

    value: Any
    truths: tuple[bool | None, ...] = ()
    level: str | None = None
    emits: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()
    worth: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Variable:
    """A field or question. `exhaustive`: its options represent every possible value. `must`: an answer is required."""

    name: str
    kind: str
    options: tuple[Option, ...]
    exhaustive: bool = True
    show_if: Condition | None = None
    criterion: str | None = None
    dimension: str | None = None
    must: bool = False
    tests: tuple[Test, ...] = ()


@dataclass(frozen=True, slots=True)
class Model:
    survey: Survey
    policy: Policy | None
    variables: tuple[Variable, ...]
    by_name: Mapping[str, Variable]

    def ancestors(self, variables: Iterable[str]) -> frozenset[str]:
        """Returns these variables and all that decide whether they are shown."""
        result: set[str] = set()
        pending = [name for name in variables if name in self.by_name]
        while pending:
            name = pending.pop()
            if name not in result:
                result.add(name)
                show_if = self.by_name[name].show_if
                pending += [other for other in names(show_if) if other in self.by_name] if show_if is not None else []
        return frozenset(result)

    def for_criteria(self, criteria: Iterable[str]) -> set[str]:
        selected = frozenset(criteria)
        return {variable.name for variable in self.variables if variable.criterion in selected}


def build(survey: Survey, policy: Policy | None, compared: Mapping[str, Sequence[Test]]) -> Model:
    """Builds the model. `compared`: for each variable the comparisons of policy and next steps, besides `show_if`."""
    tests_by_name: dict[str, list[Test]] = {name: list(tests_of_name) for name, tests_of_name in compared.items()}
    for question in survey.questions:
        for test in tests(question.show_if) if question.show_if is not None else ():
            tests_by_name.setdefault(test.name, []).append(test)
    variables = [*_fields(survey, policy, tests_by_name), *_items(survey, policy, tests_by_name)]
    return Model(survey, policy, tuple(variables), {variable.name: variable for variable in variables})


def _fields(survey: Survey, policy: Policy | None, tests_by_name: Mapping[str, Sequence[Test]]) -> list[Variable]:
    criteria = policy.criteria if policy else {}
    variables: list[Variable] = []
    has_gate = survey.display.gate != "none"
    for field in survey.contact_fields:
        compared = tests_by_name.get(field.name, ())
        values = values_of(field.question, criteria.get(field.criterion or ""), compared)
        options = [
            Option(value, _truths(compared, value), level_of_field(policy, field.criterion, field.question, value)
                   if policy else None) for value in values.values
        ]  # fmt: skip
        must = field.required and has_gate and field.show_if is None
        variables.append(_variable(field.name, CONTACT, options, compared, values, must, criterion=field.criterion))
    for hidden in survey.hidden_fields:
        compared = tests_by_name.get(hidden.name, ())
        values = words_of(hidden.name, criteria.get(hidden.criterion or ""), compared, hidden.max_length)
        options = [
            Option(value, _truths(compared, value), level_of_field(policy, hidden.criterion, None, value)
                   if policy else None) for value in values.values
        ]  # fmt: skip
        variables.append(_variable(hidden.name, HIDDEN, options, compared, values, False, criterion=hidden.criterion))
    return variables


def _items(survey: Survey, policy: Policy | None, tests_by_name: Mapping[str, Sequence[Test]]) -> list[Variable]:
    criteria = policy.criteria if policy else {}
    variables: list[Variable] = []
    values_by_name = {item.name: values_of(item, criteria.get(item.criterion or ""), tests_by_name.get(item.name, ()))
                      for item in survey.items.values()}  # fmt: skip
    worths = ScaledWorths(survey, values_by_name)
    for question in survey.questions:
        for item in question.items:
            compared, values = tests_by_name.get(item.name, ()), values_by_name[item.name]
            if question.varies or survey.endings:
                # Choices and rows that may not show, and early ends, are not searched yet: nothing is proved from them.
                values = replace(values, exhaustive=False)
            options = [_option(item, value, policy, compared, worths) for value in values.values]
            variable = _variable(item.name, ITEM, options, compared, values, item.required and item.asks,
                            criterion=item.criterion)  # fmt: skip
            variable = replace(variable, options=tuple(
                replace(option, worth=worths.of(item, None)) if option.value is None else option
                for option in variable.options))  # fmt: skip
            dimension = item.dimension if any(option.worth is not None for option in options) else None
            variables.append(replace(variable, show_if=question.show_if, dimension=dimension))
    return variables


def _option(
    item: Question, value: Any, policy: Policy | None, compared: Sequence[Test], worths: ScaledWorths
) -> Option:
    level = level_of_answer(policy, item, value) if policy else None
    emits = tuple(sorted(item.emits(value)))
    flags = frozenset(item.flags(value))
    return Option(value, _truths(compared, value), level, emits, flags, worths.of(item, value))


def _variable(
    name: str, kind: str, options: list[Option], compared: Sequence[Test], values: Values, must: bool,
    criterion: str | None,
) -> Variable:  # fmt: skip
    if not must or not options:
        unanswered = Option(None, _truths(compared, None))
        options = [unanswered, *options] if kind == HIDDEN else [*options, unanswered]
    distinct: dict[tuple[Any, ...], Option] = {}
    for option in options:
        alike = (option.value is None, option.truths, option.level, option.emits, option.flags, option.worth)
        distinct.setdefault(alike, option)
    return Variable(
        name,
        kind,
        tuple(distinct.values()),
        values.exhaustive and bool(values.values),
        criterion=criterion,
        must=must,
        tests=tuple(compared),
    )


def _truths(compared: Sequence[Test], value: Any) -> tuple[bool | None, ...]:
    return tuple(evaluate(test, {test.name: value}) for test in compared)
