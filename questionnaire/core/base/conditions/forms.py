"""The node types of a condition (test, all, any, not) and the closed list of facts that it may name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from questionnaire.core.base.problems import Where

FACTS: Mapping[str, str] = {
    "stage": "word", "reason": "word", "fit_grade": "word", "label": "word",
    "fit": "number", "intent": "number", "timing": "number", "total": "number",
    "hand_raise": "truth", "signal": "set", "strong_signals": "number",
    "disengaged": "truth", "duplicate": "truth", "customer": "truth",
    "not_now": "word", "email_kind": "word", "domain_in": "set",
    "flag": "set", "negative_signal": "truth", "account_owner": "word", "icp": "set",
}  # fmt: skip
"""The closed list of facts and the kind of value of each. Source: format.md, "Conditions are data"."""

JOINTS = ("all", "any", "not")
"""Keys that combine conditions. They are reserved: no question, field or criterion may have such a name."""

OPERATORS = ("eq", "ne", "in", "not_in", "lt", "lte", "gt", "gte", "known")

Scalar: TypeAlias = str | int | float | bool
Truth: TypeAlias = bool | None


@dataclass(frozen=True, slots=True)
class Members:
    """A set fact with members that are still unknown, such as `icp` while some levels are unknown.

    `sure` are the members, `unsure` the values that may be members.
    """

    sure: frozenset[str]
    unsure: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison of a named fact, answer or field. `where`: its place in the authored condition, for problems."""

    name: str
    operator: str
    value: Scalar | tuple[Scalar, ...]
    where: Where = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Either:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Condition


Condition: TypeAlias = Test | All | Either | Not
Facts: TypeAlias = Mapping[str, Any]
ALWAYS = All(())


def tests(condition: Condition) -> Iterator[Test]:
    """Yields every comparison of the condition in the authored order."""
    if isinstance(condition, Test):
        yield condition
    elif isinstance(condition, Not):
        yield from tests(condition.part)
    else:
        for part in condition.parts:
            yield from tests(part)


def names(condition: Condition) -> frozenset[str]:
    """Returns the names that the condition uses, so that a check can look them up."""
    return frozenset(test.name for test in tests(condition))


def write(condition: Condition) -> Any:
    """Returns the condition as plain data: the authored notation, also sent to the browser."""
    if isinstance(condition, Test):
        value = condition.value
        return {condition.name: {condition.operator: list(value) if isinstance(value, tuple) else value}}
    if isinstance(condition, Not):
        return {"not": write(condition.part)}
    return {"all" if isinstance(condition, All) else "any": [write(part) for part in condition.parts]}
