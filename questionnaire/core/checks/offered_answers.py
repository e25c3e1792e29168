"""The answers that each item takes, and when: some choices and rows show under conditions of their own.

An answer is offered while all its choices show. Where the best of a question depends on the choices that show, each way
in which they can show is an offer of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, NamedTuple

from questionnaire.core.base.conditions import Condition, Test
from questionnaire.core.checks.formulas import Formula, conj, disj, lit, neg, truth_of
from questionnaire.core.checks.model import VALUE
from questionnaire.core.checks.values import Values
from questionnaire.core.survey.questions import Question
from questionnaire.core.survey.survey import Survey

MOST_CONDITIONS = 6
"""With more conditions on the choices of one question, its share in a dimension is not searched."""

ListValues = Callable[[Question, Iterable[Test]], Values]


class Offer(NamedTuple):
    """An item with the choices that show, and its answers. Bit n of `number`: whether condition n is true."""

    item: Question
    values: Values
    number: int = 0


class OfferedItem(NamedTuple):
    """An item and its offers. `guard`: "it is shown". `conditions` decide the offer, `choices` single ones.

    `is_partial`: there are too many offers to look at.
    """

    item: Question
    guard: Formula
    offers: tuple[Offer, ...]
    conditions: tuple[Formula, ...] = ()
    choices: tuple[tuple[str, Formula], ...] = ()
    is_partial: bool = False

    def when(self, value: Any, numbers: Collection[int]) -> Formula:
        """The formula of "this answer is offered", given the numbers of the offers that have it."""
        if self.conditions:
            return _among(self.conditions, frozenset(numbers))
        chosen = value if isinstance(value, tuple) else (value,)
        return conj(formula for choice, formula in self.choices if choice in chosen)


def visibility(condition: Condition | None) -> Formula:
    """The formula of "this shows", over `value:<name>`."""
    return (
        True if condition is None else truth_of(condition, True, lambda test, want: lit(VALUE + test.name, test, want))
    )


def offered_items(survey: Survey, values: ListValues) -> Iterator[OfferedItem]:
    """Every item of a survey in its order. `values` lists the answers to an item, given further comparisons."""
    for question in survey.questions:
        guard = visibility(question.show_if)
        if not question.varies:
            yield from (OfferedItem(item, guard, (Offer(item, values(item, ())),)) for item in question.items)
            continue
        choices = tuple((choice.value, visibility(choice.show_if)) for choice in question.answer_choices)
        rows = {f"{question.name}.{row.name}": visibility(row.show_if) for row in getattr(question, "rows", ())}
        some = disj(formula for _, formula in choices)
        for item in question.items:
            yield _varied(item, conj((guard, some, rows.get(item.name, True))), choices, values)


def _varied(
    item: Question, guard: Formula, choices: tuple[tuple[str, Formula], ...], values: ListValues
) -> OfferedItem:
    conditions = tuple(dict.fromkeys(formula for _, formula in choices if formula is not True))
    tests = [Test(item.name, "eq", value) for value, formula in choices if formula is not True]
    depends = item.kind == "ranking" or (item.dimension is not None and any(one.worth for one in item.answer_choices))
    if not depends or len(conditions) > MOST_CONDITIONS:
        return OfferedItem(item, guard, (Offer(item, values(item, tests)),), (), choices, depends and bool(conditions))
    offers: list[Offer] = []
    for number in range(2 ** len(conditions)):
        true = {formula for place, formula in enumerate(conditions) if number >> place & 1} | {True}
        kept = tuple(choice for choice, (_, formula) in zip(item.answer_choices, choices, strict=True)
                     if formula in true)  # fmt: skip
        if kept:
            offered = item.with_only(choices=kept)  # type: ignore[attr-defined]  # only these have choices with conditions
            offers.append(Offer(offered, values(offered, tests), number))
    return OfferedItem(item, guard, tuple(offers), conditions, choices)


def _among(conditions: tuple[Formula, ...], numbers: frozenset[int]) -> Formula:
    """The formula of "the truths of these conditions are one of these numbers"."""
    if not conditions:
        return bool(numbers)
    *rest, last = conditions
    bit = 1 << len(rest)
    if_true = _among(tuple(rest), frozenset(number - bit for number in numbers if number & bit))
    if_false = _among(tuple(rest), frozenset(number for number in numbers if not number & bit))
    if if_true == if_false:
        return if_true
    return disj((conj((last, if_true)), conj((neg(last), if_false))))
