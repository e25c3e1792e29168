"""Builds the model of a survey for checks: each field, question and row with the values that make a difference."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from questionnaire.core.base.conditions import Condition, Test, evaluate, tests
from questionnaire.core.checks.formulas import Formula, Node, holds, lit, settle, truth_of
from questionnaire.core.checks.model import CONTACT, HIDDEN, ITEM, VALUE, Model, Option, Variable
from questionnaire.core.checks.scaled_worths import ScaledWorths
from questionnaire.core.checks.values import Values, values_of, words_of
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.levels import level_of_answer, level_of_field
from questionnaire.core.survey.questions import Question
from questionnaire.core.survey.survey import Survey


def build(
    survey: Survey, policy: Policy | None, compared: Mapping[str, Sequence[Test]], sources: str = "this survey"
) -> Model:
    """Builds the model. `compared`: for each variable the comparisons of policy and next steps, besides `show_if`."""
    tests_by_name: dict[str, list[Test]] = {name: list(tests_of_name) for name, tests_of_name in compared.items()}
    for question in survey.questions:
        for test in tests(question.show_if) if question.show_if is not None else ():
            tests_by_name.setdefault(test.name, []).append(test)
    variables = [*_fields(survey, policy, tests_by_name), *_items(survey, policy, tests_by_name)]
    placed: list[Variable] = []
    for place, variable in enumerate(variables):
        known = _Earlier({before.name for before in placed})
        guard = settle(variable.guard, known.truth)
        placed.append(replace(variable, place=place, guard=guard))
    by_name = {variable.name: variable for variable in placed}
    return Model(survey, policy, tuple(placed), by_name, _ranks(placed), sources)


def _shown(condition: Condition | None) -> Formula:
    return (
        True if condition is None else truth_of(condition, True, lambda test, want: lit(VALUE + test.name, test, want))
    )


class _Earlier:
    """The names of what is asked before a question. A comparison with anything else is always unknown."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = names

    def truth(self, literal: Node) -> bool | None:
        """The truth of a comparison, where it is the same for everybody."""
        return None if literal.source.removeprefix(VALUE) in self._names else holds(literal, None)


def _ranks(variables: Sequence[Variable]) -> dict[str, int]:
    """An order for searches in which few answers are still needed later: each variable right after what it depends on.

    Of those whose conditions are decided the one comes next after which the fewest answers are still needed.
    """
    places = {variable.name: variable.place for variable in variables}
    waiting = {variable.name: set(variable.needs) for variable in variables}
    followers: dict[str, set[str]] = {variable.name: set() for variable in variables}
    for variable in variables:
        for name in variable.needs:
            followers[name].add(variable.name)
    ranks: dict[str, int] = {}
    ready = {name: places[name] for name, needed in waiting.items() if not needed}
    needs = {variable.name: variable.needs for variable in variables}
    while ready:

        def cost(name: str) -> tuple[int, int]:
            freed = sum(followers[other] == {name} for other in needs[name])
            return bool(followers[name]) - freed, ready[name]

        name = min(ready, key=cost)
        ranks[name] = len(ranks)
        del ready[name]
        for other in needs[name]:
            followers[other].discard(name)
        for later in followers[name]:
            waiting[later].discard(name)
            if not waiting[later]:
                ready[later] = places[later]
    return ranks


def _fields(survey: Survey, policy: Policy | None, tests_by_name: Mapping[str, Sequence[Test]]) -> list[Variable]:
    criteria = policy.criteria if policy else {}
    variables: list[Variable] = []
    has_gate = survey.display.gate != "none"
    for field in survey.contact_fields:
        compared = tests_by_name.get(field.name, ())
        values = values_of(field.question, criteria.get(field.criterion or ""), compared)
        options = [
            Option(value, level_of_field(policy, field.criterion, field.question, value)
                   if policy else None) for value in values.values
        ]  # fmt: skip
        must = field.required and has_gate and field.show_if is None
        variables.append(_variable(field.name, CONTACT, options, compared, values, must, criterion=field.criterion))
    for hidden in survey.hidden_fields:
        compared = tests_by_name.get(hidden.name, ())
        values = words_of(hidden.name, criteria.get(hidden.criterion or ""), compared, hidden.max_length)
        options = [
            Option(value, level_of_field(policy, hidden.criterion, None, value)
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
        guard = _shown(question.show_if)
        for item in question.items:
            compared, values = tests_by_name.get(item.name, ()), values_by_name[item.name]
            if question.varies or survey.endings:
                # Choices and rows that may not show, and early ends, are not searched yet: nothing is proved from them.
                values = replace(values, exhaustive=False)
            options = [_option(item, value, policy, worths) for value in values.values]
            variable = _variable(item.name, ITEM, options, compared, values, item.required and item.asks,
                            criterion=item.criterion)  # fmt: skip
            variable = replace(variable, options=tuple(
                replace(option, worth=worths.of(item, None)) if option.value is None else option
                for option in variable.options))  # fmt: skip
            dimension = item.dimension if any(option.worth is not None for option in options) else None
            variables.append(replace(variable, guard=guard, dimension=dimension))
    return variables


def _option(item: Question, value: Any, policy: Policy | None, worths: ScaledWorths) -> Option:
    level = level_of_answer(policy, item, value) if policy else None
    emits = tuple(sorted(item.emits(value)))
    return Option(value, level, emits, frozenset(item.flags(value)), worths.of(item, value))


def _variable(
    name: str, kind: str, options: list[Option], compared: Sequence[Test], values: Values, must: bool,
    criterion: str | None,
) -> Variable:  # fmt: skip
    if not must or not options:
        unanswered = Option(None)
        options = [unanswered, *options] if kind == HIDDEN else [*options, unanswered]
    distinct: dict[tuple[Any, ...], Option] = {}
    for option in options:
        alike = (
            option.value is None,
            _truths(compared, option.value),
            option.level,
            option.emits,
            option.flags,
            option.worth,
        )
        distinct.setdefault(alike, option)
    return Variable(
        name,
        kind,
        tuple(distinct.values()),
        values.exhaustive and bool(values.values),
        criterion=criterion,
        must=must,
    )


def _truths(compared: Sequence[Test], value: Any) -> tuple[bool | None, ...]:
    return tuple(evaluate(test, {test.name: value}) for test in compared)
