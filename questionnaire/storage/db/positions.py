"""Positions in a list that is read by key: the key of a row as text for the address of a page."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode

# Integers in SQLite and PostgreSQL.
_LARGEST = 2**63


def write_position(*values: str | int) -> str:
    """Returns letters, digits, `-` and `_`."""
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_position(position: str, *kinds: type[str] | type[int]) -> tuple[str | int, ...] | None:
    """Returns the values that `write_position` wrote, of these kinds; None when it cannot be read."""
    try:
        values = json.loads(urlsafe_b64decode(position + "=" * (-len(position) % 4)))
    except (ValueError, RecursionError):
        return None
    if not isinstance(values, list) or [type(value) for value in values] != list(kinds):
        return None
    return tuple(values) if all(_is_storable(value) for value in values) else None


def _is_storable(value: str | int) -> bool:
    if isinstance(value, int):
        return abs(value) < _LARGEST
    return "\0" not in value and not any("\ud800" <= char <= "\udfff" for char in value)
