"""The source of an import as a tree that remembers what was read of it.

An importer asks for the keys it knows. What it did not ask for, or asked for in another shape than it has, is what
`rest` returns: so nothing can be dropped by forgetting it.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from questionnaire.core.importing.note import NoteList

VALUE = ""
"""The key under which a plain value stands where a mapping is usual: `choices: [a, b]`."""
MOST_ALIKE = 3
"""Notes on one key; more of them are told as one."""


@dataclass(slots=True)
class SourceItem:
    """One mapping of the source. `place` is its path."""

    raw: Mapping[str, Any]
    place: str
    technical: dict[str, None]
    keys: set[str] = field(default_factory=set)
    parts: list[SourceItem] = field(default_factory=list)

    def has(self, key: str) -> bool:
        return not _is_empty(self.raw.get(key))

    def at(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key

    def take(self, key: str) -> Any:
        """The value as it is."""
        self.keys.add(key)
        return self.raw.get(key)

    def text(self, *keys: str) -> str:
        """The first of these keys that has a text or a number; "" when none has."""
        for key in keys:
            value = self.raw.get(key)
            if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
                self.keys.add(key)
                return str(value).strip()
        return ""

    def flag(self, key: str, otherwise: bool = False) -> bool:
        """A truth value, in any of the usual ways to write one."""
        value = self.raw.get(key)
        truth = _TRUTHS.get(str(value).strip().lower().rstrip("()")) if isinstance(value, bool | str | int) else None
        if truth is None:
            return otherwise
        self.keys.add(key)
        return truth

    def number(self, key: str) -> int | float | None:
        value = number_of(self.raw.get(key))
        if value is not None:
            self.keys.add(key)
        return value

    def item(self, key: str) -> SourceItem:
        """The mapping below a key; an empty one when there is none."""
        value = self.raw.get(key)
        if not isinstance(value, Mapping):
            return SourceItem({}, self.at(key), self.technical)
        self.keys.add(key)
        return self._part(value, self.at(key))

    def items(self, *keys: str) -> list[SourceItem]:
        """The mappings of the lists below these keys. A plain value among them becomes `{VALUE: value}`."""
        found = []
        for key in keys:
            value = self.raw.get(key)
            if isinstance(value, list | tuple):
                self.keys.add(key)
                for index, one in enumerate(value):
                    raw = one if isinstance(one, Mapping) else {VALUE: one}
                    found.append(self._part(raw, f"{self.at(key)}[{index}]"))
        return found

    def ignore(self, *keys: str) -> None:
        """Marks details that mean nothing here; they are told in one note for the whole import."""
        for key in keys:
            if self.has(key) and key not in self.keys:
                self.technical[key] = None
                self.keys.add(key)

    def leave(self) -> str:
        """Marks everything below as read, and returns it as text, for a note that says that it is left out."""
        self.keys |= set(self.raw)
        for part in self.parts:
            part.leave()
        return self.summary()

    def summary(self) -> str:
        """Everything below as text, marked or not."""
        return ", ".join(f"{key}: {value_text(value)}" for key, value in self.raw.items() if not _is_empty(value))

    def skip(self, *keys: str) -> None:
        """Marks what says nothing by itself, such as numbers by which rows of tables belong together."""
        self.keys |= set(keys)

    def rest(self) -> Iterator[tuple[str, str, Any]]:
        """Place, key and value of everything that was not read, here and below."""
        for key, value in self.raw.items():
            if key not in self.keys and not _is_empty(value):
                yield self.at(key) if key != VALUE else self.place, key, value
        for part in self.parts:
            yield from part.rest()

    def _part(self, raw: Mapping[str, Any], place: str) -> SourceItem:
        part = SourceItem(raw, place, self.technical)
        self.parts.append(part)
        return part


_TRUTHS: Mapping[str, bool] = {
    **dict.fromkeys(("true", "yes", "y", "1", "on", "required"), True),
    **dict.fromkeys(("false", "no", "n", "0", "off"), False),
}


def root(raw: Mapping[str, Any]) -> SourceItem:
    return SourceItem(raw, "", {})


def number_of(value: object) -> int | float | None:
    """A number, or one that is written as text; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    if not -1e12 < number < 1e12:
        return None
    return int(number) if number == int(number) else number


def day_of(value: str) -> str | None:
    """The day of an ISO date or time; None for anything else."""
    try:
        return datetime.date.fromisoformat(value.strip()[:10]).isoformat()
    except ValueError:
        return None


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip()) or value in ([], {}, ())


def note_rest(source: SourceItem, notes: NoteList) -> None:
    """A note for each thing that was not read; several of one key are told in one."""
    by_key: dict[str, list[tuple[str, Any]]] = {}
    for place, key, value in source.rest():
        by_key.setdefault(key, []).append((place, value))
    for key, found in by_key.items():
        for place, value in found[: MOST_ALIKE - 1] if len(found) > MOST_ALIKE else found:
            notes.add("key_left_out", place, key=key or "–", value=value_text(value))
        if len(found) > MOST_ALIKE:
            others = found[MOST_ALIKE - 1 :]
            notes.add("key_left_out", others[0][0], key=key or "–",
                      value=", ".join(dict.fromkeys(value_text(value) for _, value in others)))  # fmt: skip
    if source.technical:
        notes.add("technical", source.place, keys=", ".join(source.technical))


def value_text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
