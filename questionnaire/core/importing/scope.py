"""The names that expressions of a source may use, and what became of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from questionnaire.core.importing.source import number_of

NameKind = Literal["choice", "choices", "member", "number", "date", "truth", "text", "calculated"]
HIDDEN = -1
"""The place of what is known from the start."""


class NotWritable(Exception):
    """Something of the source that our language cannot say; the argument quotes it."""


class LaterName(NotWritable):
    """A question that is asked later than a condition needs its answer."""


@dataclass(slots=True)
class SourceName:
    """What a name became. `place` counts questions from 0. `values` maps values of the source to ours.

    `certain`: everybody has answered it who gets that far. `member`: whether one choice of several is chosen; its value
    is under "" in `values`. `choices` are the authored choices, which get a `number` when a formula needs it.
    """

    name: str
    kind: NameKind
    place: int
    values: Mapping[str, str] = field(default_factory=dict)
    certain: bool = False
    choices: list[dict[str, Any]] = field(default_factory=list)

    @property
    def fact(self) -> str:
        """Its name in a condition."""
        return f"calculated.{self.name}" if self.kind == "calculated" else self.name

    def value(self, raw: object) -> str:
        """Our value for one of the source."""
        for word in (str(raw), str(raw).lower(), f"{raw:g}" if isinstance(raw, float) else str(raw)):
            if word in self.values:
                return self.values[word]
        raise NotWritable(str(raw))

    def operand(self) -> str:
        """Its name in a formula; choices take the numbers that their values are."""
        if self.kind in ("number", "calculated"):
            return self.name
        numbers = {ours: number_of(raw) for raw, ours in self.values.items()}
        known = [numbers.get(str(choice["value"])) for choice in self.choices]
        if not known or self.kind not in ("choice", "choices"):
            raise NotWritable(self.name)
        for choice, number in zip(self.choices, known, strict=True):
            if choice.get("number") is None and number is None:
                raise NotWritable(self.name)
            choice.setdefault("number", number)
        return self.name


class Scope:
    """FreeNames of the source. `normal` brings the ways to write a name into one."""

    def __init__(self, normal: Callable[[str], str] = str.strip) -> None:
        self.names: dict[str, SourceName] = {}
        self.calculated: list[dict[str, Any]] = []
        self.normal = normal

    def add(self, key: str, name: SourceName) -> None:
        self.names.setdefault(self.normal(key), name)

    def find(self, key: str, before: int | None = None) -> SourceName:
        """Raises NotWritable for an unknown name, and LaterName for one at or after the place `before`."""
        name = self.names.get(self.normal(key))
        if name is None:
            raise NotWritable(key)
        if before is not None and name.place >= before:
            raise LaterName(key)
        return name
