"""Truth in three values: true, false, and unknown (None)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from questionnaire.core.conditions.forms import All, Either, Condition, Facts, Members, Not, Scalar, Test, Truth
from questionnaire.core.measures import number


def evaluate(condition: Condition, facts: Facts) -> Truth:
    """True, False, or None when an unknown fact leaves it open."""
    match condition:
        case Test():
            return _test(condition, facts.get(condition.name))
        case Not(part):
            inner = evaluate(part, facts)
            return None if inner is None else not inner
        case All(parts):
            return conjunction(evaluate(part, facts) for part in parts)
        case Either(parts):
            return disjunction(evaluate(part, facts) for part in parts)


def conjunction(truths: Iterator[Truth]) -> Truth:
    unknown = False
    for truth in truths:
        if truth is False:
            return False
        unknown = unknown or truth is None
    return None if unknown else True


def disjunction(truths: Iterator[Truth]) -> Truth:
    unknown = False
    for truth in truths:
        if truth:
            return True
        unknown = unknown or truth is None
    return None if unknown else False


_ORDER: Mapping[str, Callable[[Any, Any], bool]] = {
    "lt": lambda a, b: a < b, "lte": lambda a, b: a <= b, "gt": lambda a, b: a > b, "gte": lambda a, b: a >= b,
}  # fmt: skip


def _test(test: Test, fact: Any) -> Truth:
    if test.operator == "known":
        return (fact is not None) is test.value
    if fact is None:
        return None
    if test.operator in _ORDER:
        return _compare(test.operator, fact, test.value)
    wanted = test.value if isinstance(test.value, tuple) else (test.value,)
    held = _shares(fact, wanted)
    return held if held is None or test.operator in ("eq", "in") else not held


def _compare(operator: str, fact: Any, value: Any) -> Truth:
    left, right = number(fact), number(value)
    if left is not None and right is not None:
        return _ORDER[operator](left, right)
    both_words = isinstance(fact, str) and isinstance(value, str) and left is None and right is None
    return _ORDER[operator](fact, value) if both_words else None


def _shares(fact: Any, wanted: tuple[Scalar, ...]) -> Truth:
    if isinstance(fact, Members):
        if any(str(value) in fact.sure for value in wanted):
            return True
        return None if any(str(value) in fact.unsure for value in wanted) else False
    if isinstance(fact, frozenset | set | tuple | list):
        return any(same(member, value) for member in fact for value in wanted)
    return any(same(fact, value) for value in wanted)


def same(fact: Any, value: Scalar) -> bool:
    """Equality as authors mean it: `3` and `"3"` are the same answer, `true` is only `true`."""
    if isinstance(fact, bool) or isinstance(value, bool):
        return fact is value
    if isinstance(fact, str) and isinstance(value, str):
        return fact == value
    left, right = number(fact), number(value)
    return left == right if left is not None and right is not None else str(fact) == str(value)


def deciding(condition: Condition, facts: Facts) -> tuple[Test, ...]:
    """The comparisons that brought about the truth of the whole, so that it can be explained."""
    truth = evaluate(condition, facts)
    match condition:
        case Test():
            return (condition,)
        case Not(part):
            return deciding(part, facts)
        case All(parts) | Either(parts):
            same_truth = [part for part in parts if evaluate(part, facts) is truth]
            return tuple(test for part in same_truth for test in deciding(part, facts))
