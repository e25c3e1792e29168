"""Limits of an answer, and what is said of one that breaks them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


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
    """

    min: Any = None
    max: Any = None
    step: Any = None
    max_length: int | None = None
