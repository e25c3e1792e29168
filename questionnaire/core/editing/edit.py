"""One small edit of a document, as a value and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

from questionnaire.core.editing.paths import EditError, Path, Step, read_path, write_path

EditKind = Literal["set", "add", "remove", "move", "rename", "retype"]


@dataclass(frozen=True, slots=True)
class Edit:
    """`set` writes `value` at `path`, a new key before the key `before`. `add` puts `value` into the list at `path`
    before the item `before`, `move` puts the item at `path` into the list `to`; without `before` at the end. A number
    in `before` counts the items without the one that moves. `rename` gives what is at `path` the name `value`, and
    `retype` gives the question there the type `value`. `remove` refuses what others lean on, unless `anyway`.
    """

    kind: EditKind
    path: Path
    value: Any = None
    to: Path = ()
    before: Step | None = None
    anyway: bool = False

    @property
    def as_json(self) -> dict[str, Any]:
        written: dict[str, Any] = {"edit": self.kind, "path": write_path(self.path)}
        if self.kind not in ("remove", "move"):
            written["value"] = self.value
        if self.kind == "move":
            written["to"] = write_path(self.to)
        if self.before is not None:
            written["before"] = write_path((self.before,))
        return written | ({"anyway": True} if self.anyway else {})


Change: TypeAlias = tuple[Edit, ...]
"""Edits that are made, undone and stored together, each on what the one before leaves."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A document after a change. `inverse` gives the document before it back, the order of keys included."""

    document: Any
    inverse: Change


def set_(path: Path, value: Any, before: Step | None = None) -> Edit:
    return Edit("set", path, value, before=before)


def add(path: Path, value: Any, before: Step | None = None) -> Edit:
    return Edit("add", path, value, before=before)


def remove(path: Path, *, anyway: bool = False) -> Edit:
    return Edit("remove", path, anyway=anyway)


def move(path: Path, to: Path, before: Step | None = None) -> Edit:
    return Edit("move", path, to=to, before=before)


def rename(path: Path, name: str) -> Edit:
    return Edit("rename", path, name)


def retype(path: Path, type_: str) -> Edit:
    return Edit("retype", path, type_)


def read_edit(raw: Mapping[str, Any]) -> Edit:
    """The edit of its JSON. Raises EditError for what is none."""
    path, to, before = raw.get("path"), raw.get("to", ""), raw.get("before")
    kind: EditKind | None = next((kind for kind in get_args(EditKind) if kind == raw.get("edit")), None)
    if kind is None or not isinstance(path, str) or not isinstance(to, str):
        raise EditError("edit_shape", (), "an edit is expected here", 'write `{"edit": "set", "path": …, "value": …}`')
    step = read_path(before)[0] if isinstance(before, str) and before else None
    return Edit(kind, read_path(path), raw.get("value"), read_path(to), step, raw.get("anyway") is True)
