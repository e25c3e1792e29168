"""Notes of an import: a place in the source, what stood there and what became of it, as code and parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

NoteKind = Literal["left_out", "changed", "taken"]
LONGEST_QUOTE = 1000


@dataclass(frozen=True, slots=True)
class ImportNote:
    """`place` is a path in the source, in its own notation, such as `pages[0].elements[2]` or `survey!12`."""

    code: str
    place: str
    params: Mapping[str, str] = field(default_factory=dict)


class NoteList:
    """The notes of one import, each once, in the order in which they came up."""

    def __init__(self) -> None:
        self._notes: dict[tuple[str, str, tuple[tuple[str, str], ...]], ImportNote] = {}

    def add(self, code: str, place: str, **params: object) -> None:
        words = {name: quote(value) for name, value in params.items()}
        self._notes.setdefault((code, place, tuple(words.items())), ImportNote(code, place, words))

    def all(self) -> tuple[ImportNote, ...]:
        return tuple(self._notes.values())


def quote(value: object) -> str:
    """A value of the source on one line, cut where it is long; of a text in several languages the first."""
    if isinstance(value, Mapping) and value:
        value = next(iter(value.values()))
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 1]}…"
