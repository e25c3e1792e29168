"""Conditions as groups that a form shows: of each group all, any, none or not all of its parts hold.

Every document has such groups. What is no condition stands among them as it is written, so that nothing is lost by
showing a condition and writing it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from questionnaire.core.base.conditions import Test, parse
from questionnaire.core.base.conditions.parse import DEEPEST
from questionnaire.core.base.problems import Where

ALL, ANY, NONE, NOT_ALL = "all", "any", "none", "not_all"
GROUP_JOINTS: Final = (ALL, ANY, NONE, NOT_ALL)
UNKNOWN = "unknown"
"""The operator of `known: false`."""


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """One comparison. `values` has one value, except for `in` and `not_in`. `where`: its place in the condition."""

    name: str
    operator: str
    values: tuple[Any, ...]
    where: Where = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class UnreadCondition:
    """What stands where a condition is expected, and is none."""

    raw: Any
    where: Where = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class ConditionGroup:
    """`joint` is one of `GROUP_JOINTS`."""

    joint: str
    parts: tuple[ConditionPart, ...] = ()
    where: Where = field(default=(), compare=False)


ConditionPart: TypeAlias = ConditionRow | ConditionGroup | UnreadCondition


def groups_of(raw: Any) -> ConditionGroup:
    """A condition as one group; None is one without parts."""
    if raw is None:
        return ConditionGroup(ALL)
    part = _part(raw, (), 0)
    return part if isinstance(part, ConditionGroup) else ConditionGroup(ALL, (part,))


def _part(raw: Any, where: Where, depth: int) -> ConditionPart:
    """A mapping with several keys is a group of its own. What is too deep for the parser is not read."""
    if not isinstance(raw, Mapping) or not raw or depth > DEEPEST:
        return UnreadCondition(raw, where)
    parts = tuple(_parts(raw, where, depth))
    return parts[0] if len(parts) == 1 else ConditionGroup(ALL, parts, where)


def _parts(raw: Mapping[Any, Any], where: Where, depth: int) -> Iterator[ConditionPart]:
    for key, value in raw.items():
        at = (*where, str(key))
        if key in (ALL, ANY):
            is_list = isinstance(value, list)
            yield _listed(str(key), value, at, depth) if is_list else UnreadCondition({key: value}, at)
        elif key == "not":
            yield _negated(value, at, depth)
        else:
            several = value.items() if isinstance(value, Mapping) and value else ()
            yield from (_row({key: {operator: one}}, where) for operator, one in several)
            if not several:
                yield _row({key: value}, where)


def _listed(joint: str, values: list[Any], where: Where, depth: int) -> ConditionGroup:
    parts = tuple(_part(one, (*where, index), depth + 1) for index, one in enumerate(values))
    return ConditionGroup(joint, parts, where)


def _negated(raw: Any, where: Where, depth: int) -> ConditionGroup:
    part = _part(raw, where, depth + 1)
    if not isinstance(part, ConditionGroup) or part.joint not in (ALL, ANY):
        return ConditionGroup(NONE, (part,), where)
    return ConditionGroup(NONE if part.joint == ANY else NOT_ALL, part.parts, part.where)


def _row(raw: Mapping[Any, Any], where: Where) -> ConditionPart:
    test, _problems = parse(raw)
    if not isinstance(test, Test):
        return UnreadCondition(raw, (*where, *map(str, raw)))
    values = test.value if isinstance(test.value, tuple) else (test.value,)
    operator = {"eq": "in", "ne": "not_in"}.get(test.operator, test.operator)
    if operator == "known" and test.value is False:
        operator = UNKNOWN
    return ConditionRow(test.name, operator, values, (*where, *test.where))


def written_condition(group: ConditionGroup) -> Any:
    """The shortest notation that has these groups again; None for a condition without parts."""
    if not group.parts:
        return None
    first = group.parts[0]
    if len(group.parts) == 1 and group.joint in (ALL, ANY) and not isinstance(first, ConditionGroup):
        return _written(first)
    return _written(group)


def _written(part: ConditionPart) -> Any:
    if isinstance(part, ConditionRow):
        return _written_row(part)
    if isinstance(part, UnreadCondition):
        return part.raw
    parts = [_written(one) for one in part.parts]
    if part.joint == NONE:
        return {"not": parts[0] if _stands_alone(part.parts) else {ANY: parts}}
    if part.joint == ANY:
        return {ANY: parts}
    joined = _joined(parts) or {ALL: parts}
    return joined if part.joint == ALL else {"not": joined}


def _stands_alone(parts: tuple[ConditionPart, ...]) -> bool:
    """Whether the one part of `not` is read as that part again, and not as several."""
    first = parts[0] if len(parts) == 1 else None
    return first is not None and (not isinstance(first, ConditionGroup) or first.joint in (NONE, NOT_ALL))


def _joined(parts: Iterable[Any]) -> dict[str, Any] | None:
    """One mapping for several parts with different keys; None where that says something else."""
    joined: dict[str, Any] = {}
    count = 0
    for part in parts:
        if not isinstance(part, Mapping) or len(part) != 1 or joined.keys() & part.keys():
            return None
        joined |= part
        count += 1
    return joined if count > 1 else None


def _written_row(row: ConditionRow) -> dict[str, Any]:
    values = list(row.values)
    if row.operator == "in":
        return {row.name: values[0] if len(values) == 1 else values}
    if row.operator == "not_in":
        return {row.name: {"ne": values[0]} if len(values) == 1 else {"not_in": values}}
    if row.operator in ("known", UNKNOWN):
        return {row.name: {"known": row.operator == "known"}}
    return {row.name: {row.operator: values[0]}}
