"""All or any of several conditions, as short as an author would write it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from questionnaire.core.base.conditions import JOINTS

Written = dict[str, Any] | bool
"""A condition as authored, or what it always is."""


def joined(join: str, parts: Iterable[Written]) -> Written:
    """All or any of these, as short as an author would write it."""
    closing = join == "any"
    open_parts: list[dict[str, Any]] = []
    for part in parts:
        if isinstance(part, bool):
            if part is closing:
                return closing
            continue
        nested = part.get(join) if len(part) == 1 else None
        open_parts += [one for one in nested or [part] if one not in open_parts]
    if not open_parts:
        return not closing
    if join == "any":
        open_parts = _grouped(open_parts)
    if len(open_parts) == 1:
        return open_parts[0]
    keys = [key for part in open_parts for key in part]
    if join == "all" and len(set(keys)) == len(keys) and not set(keys) & set(JOINTS):
        return {key: test for part in open_parts for key, test in part.items()}
    return {join: open_parts}


def _grouped(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """`a = x or a = y` as one test for a list."""
    result: list[dict[str, Any]] = []
    lists: dict[str, list[Any]] = {}
    for part in parts:
        (name, test), *others = part.items()
        if others or name in JOINTS or isinstance(test, Mapping | bool):
            result.append(part)
            continue
        values = test if isinstance(test, list) else [test]
        if name not in lists:
            lists[name] = []
            result.append({name: lists[name]})
        lists[name] += [value for value in values if value not in lists[name]]
    return (
        [
            {name: test[0]} if isinstance(test, list) and len(test) == 1 else {name: test}
            for name, test in ((name, test) for part in result for name, test in part.items())
        ]
        if all(len(part) == 1 for part in result)
        else result
    )
