"""Conditions as rows that a form shows: all or any of some comparisons. Deeper ones are kept as they are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from questionnaire.core.base.conditions import All, Either, Test, parse

Joint = Literal["all", "any"]


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """One comparison. `values` has one value, except for `in` and `not_in`."""

    name: str
    operator: str
    values: tuple[Any, ...]


def rows_of(raw: Any) -> tuple[Joint, tuple[ConditionRow, ...]] | None:
    """None for a condition that rows cannot show."""
    condition, problems = parse(raw)
    if condition is None or problems:
        return None
    joint: Joint = "any" if isinstance(condition, Either) else "all"
    parts = condition.parts if isinstance(condition, All | Either) else (condition,)
    rows: list[ConditionRow] = []
    for part in parts:
        if not isinstance(part, Test):
            return None
        values = part.value if isinstance(part.value, tuple) else (part.value,)
        operator = {"eq": "in", "ne": "not_in"}.get(part.operator, part.operator)
        rows.append(ConditionRow(part.name, operator, values))
    return joint, tuple(rows)


def written_rows(joint: str, rows: Sequence[ConditionRow]) -> dict[str, Any] | None:
    """The shortest notation; None without rows."""
    parts = [_written(row) for row in rows]
    if not parts:
        return None
    names = [row.name for row in rows]
    if len(parts) == 1:
        return parts[0]
    if joint == "all" and len(set(names)) == len(names):
        return {name: value for part in parts for name, value in part.items()}
    return {"any" if joint == "any" else "all": parts}


def _written(row: ConditionRow) -> dict[str, Any]:
    values = list(row.values)
    if row.operator == "in":
        return {row.name: values[0] if len(values) == 1 else values}
    if row.operator == "not_in":
        return {row.name: {"ne": values[0]} if len(values) == 1 else {"not_in": values}}
    return {row.name: {row.operator: values[0] if values else True}}
