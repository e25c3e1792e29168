"""Builds the model of a survey for checks: each field, question and row with the values that make a difference."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from questionnaire.core.base.conditions import Test, tests
from questionnaire.core.checks.calculated_variables import before_use, calculated_variables, operand_tests
from questionnaire.core.checks.ending_formulas import EndingFormulas
from questionnaire.core.checks.field_variables import contact_variables, distinct_options, hidden_variables
from questionnaire.core.checks.formulas import Formula, Node, holds, settle
from questionnaire.core.checks.model import CONTACT, HIDDEN, ITEM, VALUE, Model, Option, Variable
from questionnaire.core.checks.offered_answers import OfferedItem, offered_items
from questionnaire.core.checks.scaled_worths import ScaledWorths
from questionnaire.core.checks.values import Values, values_of
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.levels import level_of_answer
from questionnaire.core.survey.form_conditions import form_conditions
from questionnaire.core.survey.questions import Question
from questionnaire.core.survey.survey import Survey


def build(
    survey: Survey, policy: Policy | None, compared: Mapping[str, Sequence[Test]], sources: str = "this survey"
) -> Model:
    """Builds the model. `compared`: for each variable the comparisons of policy and next steps, besides the form's."""
    tests_by_name: dict[str, list[Test]] = {name: list(tests_of_name) for name, tests_of_name in compared.items()}
    for condition in form_conditions(survey):
        for test in tests(condition):
            tests_by_name.setdefault(test.name, []).append(test)
    calculated = calculated_variables(survey, policy, tests_by_name)
    for name, further in operand_tests(survey, calculated).items():
        tests_by_name.setdefault(name, []).extend(further)
    contact = contact_variables(survey, policy, tests_by_name)
    hidden = hidden_variables(survey, policy, tests_by_name)
    items, left_out = _items(survey, policy, tests_by_name)
    placed = _settled(_in_order(survey, [*contact, *hidden, *items], calculated))
    by_name = {variable.name: variable for variable in placed}
    known = _Earlier(by_name)
    finished = settle(EndingFormulas(survey).finished, known.truth)
    in_place = all(one.place < other.place for one, other in pairwise(placed))
    return Model(survey, policy, tuple(placed), by_name, _ranks(placed), sources, finished, left_out, in_place)


def _in_order(survey: Survey, variables: Sequence[Variable], calculated: Sequence[Variable]) -> list[Variable]:
    """The variables in the order they are asked. `place` is their order as evidence: fields come first."""
    placed = [replace(variable, place=place) for place, variable in enumerate([*variables, *calculated])]
    asked, computed = placed[: len(variables)], placed[len(variables) :]
    if any(field.show_if is not None for field in survey.contact_fields):
        last = (ITEM, CONTACT) if survey.display.gate == "before_result" else (CONTACT, ITEM)
        order = {kind: number for number, kind in enumerate((HIDDEN, *last))}
        asked = sorted(asked, key=lambda variable: order[variable.kind])
    return before_use(survey, asked, computed)


def _settled(variables: Iterable[Variable]) -> list[Variable]:
    """The variables without comparisons that are the same for everybody."""
    known = _Earlier(set())
    settled: list[Variable] = []
    for variable in variables:
        options = tuple(_with(option, settle(option.when, known.truth)) for option in variable.options)
        options = tuple(option for option in options if option.when is not False)
        settled.append(replace(variable, guard=settle(variable.guard, known.truth), options=options))
        known.names.add(variable.name)
    return settled


def _with(option: Option, when: Formula) -> Option:
    return option if when is option.when else replace(option, when=when)


class _Earlier:
    """The names of what is asked before a question. A comparison with anything else is always unknown."""

    def __init__(self, names: Collection[str]) -> None:
        self.names = set(names)

    def truth(self, literal: Node) -> bool | None:
        """The truth of a comparison, where it is the same for everybody."""
        return None if literal.source.removeprefix(VALUE) in self.names else holds(literal, None)


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


def _items(
    survey: Survey, policy: Policy | None, tests_by_name: Mapping[str, Sequence[Test]]
) -> tuple[list[Variable], frozenset[str]]:
    """The variables of all items, and the dimensions of those with too many ways to show."""
    criteria = policy.criteria if policy else {}

    def values(item: Question, further: Iterable[Test]) -> Values:
        return values_of(item, criteria.get(item.criterion or ""), [*tests_by_name.get(item.name, ()), *further])

    found = list(offered_items(survey, values))
    worths = ScaledWorths(survey, [(offer.item, offer.values) for one in found for offer in one.offers])
    variables = [_item(one, policy, tests_by_name.get(one.item.name, ()), worths) for one in found]
    return variables, frozenset(one.item.dimension for one in found if one.is_partial and one.item.dimension)


def _item(offered: OfferedItem, policy: Policy | None, compared: Sequence[Test], worths: ScaledWorths) -> Variable:
    item, must = offered.item, offered.item.required and offered.item.asks
    numbers: dict[Option, list[int]] = {}
    for offer in offered.offers:
        answers = [_option(item, offer.item, value, policy, worths) for value in offer.values.values]
        if not must or not answers:
            answers.append(Option(None, worth=worths.of(offer.item, None)))
        for option in answers:
            numbers.setdefault(option, []).append(offer.number)
    options = [_with(option, offered.when(option.value, found)) for option, found in numbers.items()]
    exhaustive = all(offer.values.exhaustive for offer in offered.offers)
    exhaustive = exhaustive and any(offer.values.values for offer in offered.offers)
    dimension = item.dimension if any(option.worth is not None for option in options) else None
    exhaustive = exhaustive and not (offered.is_partial and item.kind == "ranking")
    return Variable(item.name, ITEM, distinct_options(options, compared), exhaustive, offered.guard, item.criterion,
                    dimension, must)  # fmt: skip


def _option(item: Question, offered: Question, value: Any, policy: Policy | None, worths: ScaledWorths) -> Option:
    level = level_of_answer(policy, item, value) if policy else None
    emits = tuple(sorted(item.emits(value)))
    return Option(value, level, emits, frozenset(item.flags(value)), worths.of(offered, value))
