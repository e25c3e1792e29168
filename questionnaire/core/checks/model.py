"""A survey as a chain of variables: what can be answered, in which order, and what hangs on what.

The order is: contact fields, hidden fields, questions. What comes later wins where two speak for one criterion, as in
gathering. Parts that do not hang together are walked one after the other, so that little must be remembered at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm
from typing import Any

from questionnaire.core.base.conditions import Condition, Test, evaluate, names, tests
from questionnaire.core.checks.values import Values, values_of, words_of
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.levels import level_of_answer, level_of_field
from questionnaire.core.survey.questions import Question
from questionnaire.core.survey.survey import Survey

CONTACT, HIDDEN, ITEM = "contact", "hidden", "item"


@dataclass(frozen=True, slots=True)
class Option:
    """A value and all it shows; the value None is "left open"."""

    value: Any
    truths: tuple[bool | None, ...] = ()
    level: str | None = None
    emits: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()
    worth: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Variable:
    """Something a respondent gives. `whole`: its options stand for every value there is."""

    name: str
    kind: str
    options: tuple[Option, ...]
    whole: bool = True
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

    def ancestors(self, wanted: Iterable[str]) -> frozenset[str]:
        """These and all that decides whether they show."""
        found: set[str] = set()
        left = [name for name in wanted if name in self.by_name]
        while left:
            name = left.pop()
            if name not in found:
                found.add(name)
                show_if = self.by_name[name].show_if
                left += [one for one in names(show_if) if one in self.by_name] if show_if is not None else []
        return frozenset(found)

    def for_criteria(self, criteria: Iterable[str]) -> set[str]:
        wanted = frozenset(criteria)
        return {one.name for one in self.variables if one.criterion in wanted}


def build(survey: Survey, policy: Policy | None, compared: Mapping[str, Sequence[Test]]) -> Model:
    """`compared`: for each variable the tests that policy and next steps make of it, beside those of `show_if`."""
    made: dict[str, list[Test]] = {name: list(found) for name, found in compared.items()}
    for question in survey.questions:
        for test in tests(question.show_if) if question.show_if is not None else ():
            made.setdefault(test.name, []).append(test)
    variables = [*_fields(survey, policy, made), *_items(survey, policy, made, _scales(survey))]
    return Model(survey, policy, tuple(variables), {one.name: one for one in variables})


def _fields(survey: Survey, policy: Policy | None, made: Mapping[str, Sequence[Test]]) -> list[Variable]:
    criteria = policy.criteria if policy else {}
    found: list[Variable] = []
    asked = survey.display.gate != "none"
    for field in survey.contact_fields:
        compared = made.get(field.name, ())
        values = values_of(field.question, criteria.get(field.criterion or ""), compared)
        options = [
            Option(value, _truths(compared, value), level_of_field(policy, field.criterion, field.question, value)
                   if policy else None) for value in values.values
        ]  # fmt: skip
        must = field.required and asked
        found.append(_variable(field.name, CONTACT, options, compared, values, must, criterion=field.criterion))
    for hidden in survey.hidden_fields:
        compared = made.get(hidden.name, ())
        values = words_of(hidden.name, criteria.get(hidden.criterion or ""), compared, hidden.max_length)
        options = [
            Option(value, _truths(compared, value), level_of_field(policy, hidden.criterion, None, value)
                   if policy else None) for value in values.values
        ]  # fmt: skip
        found.append(_variable(hidden.name, HIDDEN, options, compared, values, False, criterion=hidden.criterion))
    return found


def _scales(survey: Survey) -> dict[str, int]:
    """What makes every maturity of a dimension a whole number; shares of it stay the same."""
    found: dict[str, int] = {}
    for item in survey.items.values():
        if item.dimension is not None:
            held = found.get(item.dimension, 1)
            parts = [choice.worth.denominator for choice in getattr(item, "choices", ())]
            parts += [Fraction(getattr(item, key, None) or 0).denominator for key in ("min", "max", "step")]
            found[item.dimension] = lcm(held, *parts)
    return found


def _items(
    survey: Survey, policy: Policy | None, made: Mapping[str, Sequence[Test]], scales: Mapping[str, int]
) -> list[Variable]:
    criteria = policy.criteria if policy else {}
    found: list[Variable] = []
    for question in survey.questions:
        for item in question.items:
            compared = made.get(item.name, ())
            values = values_of(item, criteria.get(item.criterion or ""), compared)
            scale = scales.get(item.dimension or "", 1)
            options = [_shown(item, value, policy, compared, scale) for value in values.values]
            one = _variable(item.name, ITEM, options, compared, values, item.required and item.asks,
                            criterion=item.criterion)  # fmt: skip
            dimension = item.dimension if any(option.worth is not None for option in options) else None
            found.append(replace(one, show_if=question.show_if, dimension=dimension))
    return found


def _shown(item: Question, value: Any, policy: Policy | None, compared: Sequence[Test], scale: int) -> Option:
    level = level_of_answer(policy, item, value) if policy else None
    emits = tuple(sorted(item.emits(value)))
    worth = item.worth(value)
    shown = None if worth is None else (int(worth[0] * scale), int(worth[1] * scale))
    return Option(value, _truths(compared, value), level, emits, frozenset(item.flags(value)), shown)


def _variable(
    name: str, kind: str, options: list[Option], compared: Sequence[Test], values: Values, must: bool,
    criterion: str | None,
) -> Variable:  # fmt: skip
    if not must or not options:
        left = Option(None, _truths(compared, None))
        options = [left, *options] if kind == HIDDEN else [*options, left]
    kept: dict[tuple[Any, ...], Option] = {}
    for option in options:
        alike = (option.value is None, option.truths, option.level, option.emits, option.flags, option.worth)
        kept.setdefault(alike, option)
    return Variable(
        name,
        kind,
        tuple(kept.values()),
        values.whole and bool(values.values),
        criterion=criterion,
        must=must,
        tests=tuple(compared),
    )


def _truths(compared: Sequence[Test], value: Any) -> tuple[bool | None, ...]:
    return tuple(evaluate(test, {test.name: value}) for test in compared)
