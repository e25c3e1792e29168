"""Claims as formulas of two values: "this condition is true of the lead" and what is made of such.

A condition has three values; "it is true" and "it is false" have two. A formula is True, False, or a tuple:
("lit", source, operator, value, truth) · ("and", parts) · ("or", parts) · ("not", part) · ("least", k, parts).
A literal holds when the comparison of its source's value comes out as `truth`.
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
    """Each part once, those of nested joins among them. `absorbing` is the value that decides the whole."""
    kept: dict[Formula, None] = {}
    for part in parts:
        if part is absorbing:
            return absorbing
        if not isinstance(part, bool):
            kept.update(dict.fromkeys(part[1]) if part[0] == kind else {part: None})
    if len(kept) < 2:
        return next(iter(kept), not absorbing)
    return (kind, tuple(kept))


def neg(part: Formula) -> Formula:
    if isinstance(part, bool):
        return not part
    return part[1] if part[0] == "not" else ("not", part)


def least(count: int, parts: Iterable[Formula]) -> Formula:
    """At least `count` of the parts hold."""
    given = list(parts)
    count -= sum(1 for part in given if part is True)
    unfinished = tuple(part for part in given if not isinstance(part, bool))
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
    """Whether a literal holds for a value of its source."""
    _, _, operator, compared, truth = literal
    return evaluate(Test("x", operator, compared), {"x": value}) is truth


def settle(formula: Formula, decide: Callable[[Formula], bool | None]) -> Formula:
    """The formula with every literal that `decide` knows replaced by its truth."""
    if isinstance(formula, bool):
        return formula
    kind = formula[0]
    if kind == "lit":
        known = decide(formula)
        return formula if known is None else known
    if kind == "not":
        return neg(settle(formula[1], decide))
    if kind == "least":
        return least(formula[1], (settle(part, decide) for part in formula[2]))
    join = conj if kind == "and" else disj
    return join(settle(part, decide) for part in formula[1])


def literals(formula: Formula) -> list[Formula]:
    if isinstance(formula, bool):
        return []
    if formula[0] == "lit":
        return [formula]
    parts = (formula[1],) if formula[0] == "not" else formula[2] if formula[0] == "least" else formula[1]
    return [found for part in parts for found in literals(part)]


def truth_of(condition: Condition, truth: bool, resolve: Resolve) -> Formula:
    """The formula of "this condition is true" (or false); neither holds while it is unknown."""
    if isinstance(condition, Test):
        return resolve(condition, truth)
    if isinstance(condition, Not):
        return truth_of(condition.part, not truth, resolve)
    together = isinstance(condition, All) is truth
    join = conj if together else disj
    return join(truth_of(part, truth, resolve) for part in condition.parts)


def first_match(chain: Iterable[tuple[Formula, bool]], otherwise: bool) -> Formula:
    """First match wins: each entry says whether its match is one of those wanted."""
    formula: Formula = otherwise
    for condition, wanted in reversed(list(chain)):
        formula = disj((condition, formula)) if wanted else conj((neg(condition), formula))
    return formula
