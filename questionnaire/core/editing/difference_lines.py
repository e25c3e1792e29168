"""Differences between two documents as people read them: a place, and what it said before and says now."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """`parts`: (kind, text), where the kind is "same", "old" or "new"."""

    place: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DifferenceGroup:
    title: str
    lines: tuple[DifferenceLine, ...]
