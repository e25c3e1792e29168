"""The variables of contact and hidden fields, and the options of a variable that make a difference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from questionnaire.core.base.conditions import Test, evaluate
from questionnaire.core.checks.formulas import neg
from questionnaire.core.checks.model import CONTACT, HIDDEN, Option, Variable
from questionnaire.core.checks.offered_answers import visibility
from questionnaire.core.checks.values import values_of, words_of
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.levels import level_of_field
from questionnaire.core.survey.contact import ContactField
from questionnaire.core.survey.survey import Survey

TestsByName = Mapping[str, Sequence[Test]]
UNANSWERED = Option(None)
TRUSTED, CLAIMED = "hidden.", "claim."
"""What precedes the name of a hidden field in a condition on what a personal link brought, and on what did not."""


def contact_variables(survey: Survey, policy: Policy | None, tests_by_name: TestsByName) -> list[Variable]:
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
        must = field.required and has_gate
        offered = [*options, *([] if must and options else [UNANSWERED])]
        if field.show_if is not None:
            offered = _shown_or_linked(field, options, must)
        variables.append(Variable(field.name, CONTACT, distinct_options(offered, compared),
                                  values.exhaustive and bool(values.values), criterion=field.criterion,
                                  must=must and field.show_if is None))  # fmt: skip
    return variables


def _shown_or_linked(field: ContactField, options: Sequence[Option], must: bool) -> list[Option]:
    """Answers where the field shows, else none, or what a personal link brings: that stands, shown or not."""
    shows = visibility(field.show_if)
    hides = neg(shows)
    given = [replace(option, when=shows) for option in options]
    linked = [replace(option, when=hides, linked=True) for option in options]
    return [*given, replace(UNANSWERED, when=hides if must and options else True), *linked]


def hidden_variables(survey: Survey, policy: Policy | None, tests_by_name: TestsByName) -> list[Variable]:
    criteria = policy.criteria if policy else {}
    variables: list[Variable] = []
    for hidden in survey.hidden_fields:
        compared = tests_by_name.get(hidden.name, ())
        of_source = [test for source in (TRUSTED, CLAIMED) for test in tests_by_name.get(source + hidden.name, ())]
        compared = [*compared, *(Test(hidden.name, test.operator, test.value) for test in of_source)]
        values = words_of(hidden.name, criteria.get(hidden.criterion or ""), compared, hidden.max_length)
        options = [
            Option(value, level_of_field(policy, hidden.criterion, None, value)
                   if policy else None) for value in values.values
        ]  # fmt: skip
        is_signed = hidden.trust == "signed"
        claimed = [replace(option, level=None if is_signed else option.level, claimed=True) for option in options
                   if of_source or (is_signed and option.level is not None)]  # fmt: skip
        variables.append(Variable(hidden.name, HIDDEN, distinct_options([UNANSWERED, *options, *claimed], compared),
                                  values.exhaustive and bool(values.values), criterion=hidden.criterion))  # fmt: skip
    return variables


def distinct_options(options: Iterable[Option], compared: Sequence[Test]) -> tuple[Option, ...]:
    """One of the options that are alike in all that makes a difference."""
    distinct: dict[tuple[Any, ...], Option] = {}
    for option in options:
        alike = (
            option.value is None,
            tuple(evaluate(test, {test.name: option.value}) for test in compared),
            option.level,
            option.emits,
            option.flags,
            option.worth,
            option.when,
            option.linked,
            option.claimed,
        )
        distinct.setdefault(alike, option)
    return tuple(distinct.values())
