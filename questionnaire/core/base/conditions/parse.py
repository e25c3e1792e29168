"""The parser of authored conditions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from questionnaire.core.base.conditions.forms import OPERATORS, All, Condition, Either, Not, Test
from questionnaire.core.base.problems import Problem, Where, did_you_mean

DEEPEST = 8


def parse(raw: object, where: Where = (), depth: int = 0) -> tuple[Condition | None, tuple[Problem, ...]]:
    """Returns the condition, or None with every problem in it."""
    if depth > DEEPEST:
        return None, (Problem("condition_deep", where, "this condition is nested too deeply", "split the rule"),)
    if not isinstance(raw, Mapping) or not raw:
        hint = "write a mapping such as `{timeline: [lt_3m, m3_6]}`"
        return None, (Problem("condition_shape", where, "a condition is expected here", hint),)
    parts: list[Condition] = []
    problems: list[Problem] = []
    for key, value in raw.items():
        part, part_problems = _parse_key(str(key), value, (*where, str(key)), depth)
        problems += part_problems
        if part is not None:
            parts.append(part)
    if problems:
        return None, tuple(problems)
    return (parts[0] if len(parts) == 1 else All(tuple(parts))), ()


def _parse_key(key: str, value: object, where: Where, depth: int) -> tuple[Condition | None, tuple[Problem, ...]]:
    if key == "not":
        part, problems = parse(value, where, depth + 1)
        return (Not(part) if part is not None else None), problems
    if key in ("all", "any"):
        return _parse_list(key, value, where, depth)
    if isinstance(value, Mapping):
        return _parse_operators(key, value, where)
    operator = "in" if isinstance(value, list | tuple) else "eq"
    return _parse_test(key, operator, value, where, where)


def _parse_list(key: str, value: object, where: Where, depth: int) -> tuple[Condition | None, tuple[Problem, ...]]:
    if not isinstance(value, list | tuple) or not value:
        hint = f"write `{key}: [{{…}}, {{…}}]`"
        return None, (Problem("condition_shape", where, f"`{key}` needs a list of conditions", hint),)
    parsed = [parse(item, (*where, index), depth + 1) for index, item in enumerate(value)]
    problems = tuple(problem for _, item_problems in parsed for problem in item_problems)
    parts = tuple(part for part, _ in parsed if part is not None)
    return (None if problems else All(parts) if key == "all" else Either(parts)), problems


def _parse_operators(name: str, raw: Mapping[Any, Any], where: Where) -> tuple[Condition | None, tuple[Problem, ...]]:
    parsed = [
        _parse_test(name, str(operator), value, where, (*where, str(operator))) for operator, value in raw.items()
    ]
    problems = tuple(problem for _, item_problems in parsed for problem in item_problems)
    parts = tuple(part for part, _ in parsed if part is not None)
    if not parsed:
        problems = (Problem("condition_shape", where, "an operator is missing", "write one such as `{gte: 40}`"),)
    return (None if problems else parts[0] if len(parts) == 1 else All(parts)), problems


def _parse_test(
    name: str, operator: str, value: object, where: Where, at: Where
) -> tuple[Test | None, tuple[Problem, ...]]:  # fmt: skip
    """`where` is the place of the comparison, `at` that of its operator."""
    if operator not in OPERATORS:
        hint = did_you_mean(operator, OPERATORS)
        return None, (Problem("condition_operator", at, f"`{operator}` is not an operator", hint),)
    message_and_hint = _wrong_value(operator, value)
    if message_and_hint:
        return None, (Problem("condition_value", at, *message_and_hint),)
    frozen: Any = tuple(value) if isinstance(value, list | tuple) else value
    return Test(name, operator, frozen, where), ()


def _wrong_value(operator: str, value: object) -> tuple[str, str] | None:
    """Returns message and hint when the operator cannot take the value, else None."""
    if operator in ("in", "not_in"):
        ok = isinstance(value, list | tuple) and value and all(isinstance(item, str | int | float) for item in value)
        return None if ok else ("a list of values is expected here", "write `[a, b]`")
    if operator == "known":
        return None if isinstance(value, bool) else ("`known` is `true` or `false`", "write `known: true`")
    if operator in ("lt", "lte", "gt", "gte"):
        ok = isinstance(value, str | int | float) and not isinstance(value, bool)
        return None if ok else (f"`{operator}` compares with a number or a date", f"write `{operator}: 40`")
    return None if isinstance(value, str | int | float) else ("a value is expected here", "write a single value")
