"""Evaluation of conditions in three-valued logic: true, false, and unknown (None)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from questionnaire.core.base.conditions.forms import All, Condition, Facts, Members, Not, Scalar, Test, Truth
from questionnaire.core.base.quantities import number


def evaluate(condition: Condition, facts: Facts) -> Truth:
    """Returns True, False, or None when the result depends on an unknown fact."""
    if isinstance(condition, Test):
        return _test(condition, facts.get(condition.name))
    if isinstance(condition, Not):
        inner = evaluate(condition.part, facts)
        return None if inner is None else not inner
    join = conjunction if isinstance(condition, All) else disjunction
    return join(evaluate(part, facts) for part in condition.parts)


def conjunction(truths: Iterable[Truth]) -> Truth:
    unknown = False
    for truth in truths:
        if truth is False:
            return False
        unknown = unknown or truth is None
    return None if unknown else True


def disjunction(truths: Iterable[Truth]) -> Truth:
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
    order = _ORDER.get(test.operator)
    if order is not None:
        return _compare(order, fact, test.value)
    is_member = _intersects(fact, test.value if isinstance(test.value, tuple) else (test.value,))
    return is_member if is_member is None or test.operator in ("eq", "in") else not is_member


def _compare(order: Callable[[Any, Any], bool], fact: Any, value: Any) -> Truth:
    left, right = number(fact), number(value)
    if left is not None and right is not None:
        return order(left, right)
    both_words = isinstance(fact, str) and isinstance(value, str) and left is None and right is None
    return order(fact, value) if both_words else None


def _intersects(fact: Any, values: tuple[Scalar, ...]) -> Truth:
    """Whether the fact, or one of its members, equals one of `values`."""
    if isinstance(fact, Members):
        if any(str(value) in fact.sure for value in values):
            return True
        return None if any(str(value) in fact.unsure for value in values) else False
    members = fact if isinstance(fact, frozenset | set | tuple | list) else (fact,)
    words = [value for value in values if isinstance(value, str)]
    others = values if not words else [value for value in values if not isinstance(value, str)]
    return any(
        member in words or any(same(member, value) for value in others)
        if isinstance(member, str)
        else any(same(member, value) for value in values)
        for member in members
    )


def same(fact: Any, value: Scalar) -> bool:
    """Equality as authors expect it: `3` equals `"3"`, but `true` equals only `true`."""
    if isinstance(fact, str) and isinstance(value, str):
        return fact == value
    if isinstance(fact, bool) or isinstance(value, bool):
        return fact is value
    left, right = number(fact), number(value)
    return left == right if left is not None and right is not None else str(fact) == str(value)


def judge(condition: Condition, facts: Facts) -> tuple[Truth, tuple[Test, ...]]:
    """Returns the truth of a condition and the comparisons that decided it, for explanations."""
    if isinstance(condition, Test):
        return _test(condition, facts.get(condition.name)), (condition,)
    if isinstance(condition, Not):
        inner, tests = judge(condition.part, facts)
        return (None if inner is None else not inner), tests
    judged = [judge(part, facts) for part in condition.parts]
    join = conjunction if isinstance(condition, All) else disjunction
    truth = join(part for part, _ in judged)
    return truth, tuple(test for part, tests in judged if part is truth for test in tests)


def deciding(condition: Condition, facts: Facts) -> tuple[Test, ...]:
    """Returns the comparisons that decided the truth of the condition."""
    return judge(condition, facts)[1]
