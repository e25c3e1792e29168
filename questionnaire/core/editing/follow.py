"""Where an edit goes after another one that was made at the same time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from questionnaire.core.editing.apply import apply_all
from questionnaire.core.editing.edit import Edit
from questionnaire.core.editing.paths import Document, Path, Step, find, has, identities, identity, part_at
from questionnaire.core.editing.same import same


def follow(base: Document, edit: Edit, other: Edit) -> Edit:
    """The edit as it is to be applied to `base` after `other`. Raises EditError when both cannot be."""
    path, to = path_after(edit.path, other), path_after(edit.to, other)
    before = _neighbour_name(_neighbour(base, edit, other), edit, other)
    value = _value_after(base, edit, other, path) if other.kind == "rename" else edit.value
    return replace(edit, path=path, to=to, before=before, value=value)


def path_after(path: Path, other: Edit) -> Path:
    """Where what is at `path` is found after the other edit."""
    length = len(other.path)
    if path[:length] != other.path or not path:
        return path
    if other.kind == "rename":
        return (*other.path[:-1], str(other.value), *path[length:])
    if other.kind == "move" and isinstance(other.path[-1], str):
        return (*other.to, other.path[-1], *path[length:])
    return path


def _neighbour_name(before: Step | None, edit: Edit, other: Edit) -> Step | None:
    renamed = other.kind == "rename" and before == other.path[-1] and other.path[:-1] == _list_of(edit)
    return str(other.value) if renamed else before


def _list_of(edit: Edit) -> Path:
    """The list into which an edit puts something; for a new key its mapping."""
    return edit.to if edit.kind == "move" else edit.path if edit.kind == "add" else edit.path[:-1]


def _neighbour(base: Document, edit: Edit, other: Edit) -> Step | None:
    """The neighbour before which an edit puts something, when the other edit takes that one away or puts something at
    the very same place."""
    place = _list_of(edit)
    if edit.kind not in ("add", "move") or not has(base, place) or not isinstance(find(base, place), list):
        return edit.before
    steps: list[Step] = identities(find(base, place), part_at(base, place))
    before = edit.before
    leaves = other.kind in ("remove", "move") and other.path[:-1] == place
    if leaves and before is not None and before == other.path[-1] and before in steps:
        rest = steps[steps.index(before) + 1 :]
        before = next((step for step in rest if edit.kind != "move" or step != edit.path[-1]), None)
    if other.kind in ("add", "move") and _list_of(other) == place and edit.before == other.before:
        mine, theirs = _step_of(base, edit), _step_of(base, other)
        if isinstance(mine, str) and isinstance(theirs, str) and mine < theirs:
            return theirs
    return before


def _step_of(base: Document, edit: Edit) -> Any:
    """What names the item that an edit puts into a list."""
    return edit.path[-1] if edit.kind == "move" else identity(edit.value, part_at(base, edit.path))


def _value_after(base: Document, edit: Edit, other: Edit, path: Path) -> Any:
    """What an edit writes, with the new name in it."""
    if edit.kind not in ("set", "add"):
        return edit.value
    written = apply_all(base, (edit,)).document
    renamed = apply_all(written, (other,)).document
    if edit.kind == "set":
        return find(renamed, path)
    old = find(written, edit.path)
    index = next(index for index, item in enumerate(old) if same(item, edit.value))
    return find(renamed, path)[index]
