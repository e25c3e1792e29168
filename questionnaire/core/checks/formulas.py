"""Two-valued formulas for the search: "this condition is true of the lead", and combinations of such claims.

A condition has three values; "the condition is true" and "the condition is false" have two. A formula is True, False,
or a tuple:
("lit", source, operator, value, truth) · ("and", parts) · ("or", parts) · ("not", part) · ("least", k, parts).
A literal is true when the comparison of its source's value comes out as `truth`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from questionnaire.core.base.conditions import All, Condition, Not, Test, evaluate

Formula: TypeAlias = Any
Resolve: TypeAlias = Callable[[Test, bool], Formula]


def conj(parts: Iterable[Formula]) -> Formula:
    return _join("and", parts, absorbing=False)


def disj(parts: Iterable[Formula]) -> Formula:
    return _join("or", parts, absorbing=True)


def _join(kind: str, parts: Iterable[Formula], *, absorbing: bool) -> Formula:
    """Joins the parts without duplicates, nested joins flattened. `absorbing` is the value that decides the result."""
    unique: dict[Formula, None] = {}
    for part in parts:
        if part is absorbing:
            return absorbing
        if not isinstance(part, bool):
            unique.update(dict.fromkeys(part[1]) if part[0] == kind else {part: None})
    if len(unique) < 2:
        return next(iter(unique), not absorbing)
    return (kind, tuple(unique))


def neg(part: Formula) -> Formula:
    if isinstance(part, bool):
        return not part
    return part[1] if part[0] == "not" else ("not", part)


def at_least(count: int, parts: Iterable[Formula]) -> Formula:
    """The formula of "at least `count` of the parts are true"."""
    items = list(parts)
    count -= sum(1 for part in items if part is True)
    unfinished = tuple(part for part in items if not isinstance(part, bool))
    if count <= 0:
        return True
    if count > len(unfinished):
        return False
    if count == len(unfinished):
        return conj(unfinished)
    return disj(unfinished) if count == 1 else ("least", count, unfinished)


def lit(source: str, test: Test, truth: bool) -> Formula:
    return ("lit", source, test.operator, test.value, truth)


def holds(literal: Formula, value: Any) -> bool:
    """Whether a literal is true for a value of its source."""
    _, _, operator, compared, truth = literal
    return evaluate(Test("x", operator, compared), {"x": value}) is truth


def settle(formula: Formula, decide: Callable[[Formula], bool | None]) -> Formula:
    """Replaces every literal that `decide` can decide (not None) by its truth, and simplifies."""
    if isinstance(formula, bool):
        return formula
    kind = formula[0]
    if kind == "lit":
        truth = decide(formula)
        return formula if truth is None else truth
    if kind == "not":
        return neg(settle(formula[1], decide))
    if kind == "least":
        return at_least(formula[1], (settle(part, decide) for part in formula[2]))
    join = conj if kind == "and" else disj
    return join(settle(part, decide) for part in formula[1])


def literals(formula: Formula) -> list[Formula]:
    if isinstance(formula, bool):
        return []
    if formula[0] == "lit":
        return [formula]
    parts = (formula[1],) if formula[0] == "not" else formula[2] if formula[0] == "least" else formula[1]
    return [literal for part in parts for literal in literals(part)]


def truth_of(condition: Condition, truth: bool, resolve: Resolve) -> Formula:
    """The formula of "this condition is true" (or false). Both are false while the condition is unknown."""
    if isinstance(condition, Test):
        return resolve(condition, truth)
    if isinstance(condition, Not):
        return truth_of(condition.part, not truth, resolve)
    together = isinstance(condition, All) is truth
    join = conj if together else disj
    return join(truth_of(part, truth, resolve) for part in condition.parts)


def first_match(chain: Iterable[tuple[Formula, bool]], otherwise: bool) -> Formula:
    """The formula of "the first entry that matches is a wanted one". Each entry: condition, whether it is wanted."""
    formula: Formula = otherwise
    for condition, is_wanted in reversed(list(chain)):
        formula = disj((condition, formula)) if is_wanted else conj((neg(condition), formula))
    return formula
