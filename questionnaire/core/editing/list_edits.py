"""Edits of lists: what is put where, and that no two items of a list have the same name."""

from __future__ import annotations

from typing import Any

from questionnaire.core.editing.edit import Edit, Edited, move, remove
from questionnaire.core.editing.paths import (
    Document,
    EditError,
    Path,
    Step,
    find,
    identities,
    identity,
    items_of,
    key_of,
    no_place,
    part_at,
    put,
)
from questionnaire.core.editing.structure import Part


def add_item(document: Document, edit: Edit) -> Edited:
    items = _list(document, edit.path)
    part = part_at(document, edit.path)
    refuse_taken(items, part, edit.value, edit.path)
    index = _index(items, part, edit.before, edit.path)
    new = [*items[:index], edit.value, *items[index:]]
    step = identities(new, part)[index]
    return Edited(put(document, edit.path, new), (remove((*edit.path, step), anyway=True),))


def move_item(document: Document, edit: Edit) -> Edited:
    source = edit.path[:-1]
    items, part = _list(document, source), part_at(document, source)
    index = key_of(items, part, edit.path[-1])
    if index is None:
        raise no_place(edit.path)
    item, rest = items[index], [*items[:index], *items[index + 1 :]]
    if edit.before == edit.path[-1] and edit.to == source and isinstance(edit.before, str):
        return Edited(document, ())
    if edit.to[: len(edit.path)] == edit.path:
        raise EditError("no_such_place", edit.path, "this cannot be moved into itself", "choose another place")
    without = put(document, source, rest)
    others, target_part = _list(without, edit.to), part_at(without, edit.to)
    refuse_taken(others, target_part, item, edit.path)
    place = _index(others, target_part, edit.before, edit.to)
    new = put(without, edit.to, [*others[:place], item, *others[place:]])
    step = identities(find(new, edit.to), target_part)[place]
    return Edited(new, (move((*edit.to, step), source, step_before(rest, part, index)),))


def _list(document: Document, path: Path) -> list[Any]:
    items = find(document, path)
    if not isinstance(items, list):
        raise EditError("not_a_list", path, "there is no list to put something into", "choose another place")
    return items


def _index(items: list[Any], part: Part, before: Step | None, path: Path) -> int:
    if before is None:
        return len(items)
    if isinstance(before, int):
        return min(max(before, 0), len(items))
    index = key_of(items, part, before)
    if index is None:
        raise no_place((*path, before))
    return int(index)


def step_before(items: list[Any], part: Part, index: int) -> Step | None:
    """What names the place `index` of a list in which nothing stands there yet."""
    return identities(items, part)[index] if index < len(items) else None


def names_item(document: Document, path: Path) -> tuple[Part, bool]:
    """What is known of the list two steps above, and whether `path` is the key that names an item of it."""
    holder = part_at(document, path[:-2]) if len(path) > 1 else None
    named = items_of(holder)
    is_item = named is not None and isinstance(find(document, path[:-2]), list)
    return holder, is_item and named is not None and path[-1] == named.key and isinstance(path[-2], str)


def keep_identity(old: str | None, new: str | None, path: Path) -> None:
    if old is not None and new != old:
        raise EditError(
            "name_by_rename", path, f"this would change the name `{old}`", "rename it, so that mentions follow"
        )


def refuse_taken(items: list[Any], part: Part, value: Any, path: Path, besides: int | None = None) -> None:
    name = identity(value, part)
    others = [identity(item, part) for index, item in enumerate(items) if index != besides]
    if name is not None and name in others:
        raise EditError("name_taken", path, f"the name `{name}` is taken here", "choose another name")
