"""What an answer is: its value, what is wrong with one, and what it must keep to.

A value is what was answered, typed: a string, a number, a truth, or a tuple of strings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, TypeAlias

Value: TypeAlias = str | int | Decimal | bool | tuple[str, ...]

Kind = Literal["choice", "choices", "ranking", "number", "date", "consent", "country", "text"]
"""What the values of a type are: one choice, a set, an order of choices, every multiple of `step` within the
constraints, every day within them, true, an ISO 3166-1 code, or any text."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with an answer: a sentence to be said in the prospect's language, and its values."""

    code: str
    text: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Constraints:
    """What an answer must keep to, ends included; None is no limit.

    `min` and `max` are numbers, days (`datetime.date`) or how many choices, by kind; `max_length` is in characters.
    `grouped`: whether numbers are said with signs between thousands; years are not.
    """

    min: Any = None
    max: Any = None
    step: Any = None
    max_length: int | None = None
    grouped: bool = True


def single(typed: object) -> object:
    """A single thing out of what a form sends; an empty string and an empty list are nothing."""
    if isinstance(typed, list | tuple):
        typed = typed[0] if typed else None
    return None if isinstance(typed, str) and not typed.strip() else typed
