"""Applies edits to a document, and says how each is undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from questionnaire.core.base.problems import Problem
from questionnaire.core.editing.dependents import refuse_if_used
from questionnaire.core.editing.edit import Change, Edit, Edited, EditKind, add, remove, set_
from questionnaire.core.editing.list_edits import (
    add_item,
    keep_identity,
    move_item,
    names_item,
    refuse_taken,
    step_before,
)
from questionnaire.core.editing.paths import (
    Document,
    EditError,
    Path,
    Step,
    find,
    has,
    identities,
    identity,
    key_of,
    no_place,
    part_at,
    put,
)
from questionnaire.core.editing.rename import renamed_document
from questionnaire.core.editing.retype import retype_edits
from questionnaire.core.editing.same import replacing


def apply(document: Document, *edits: Edit) -> tuple[Edited | None, tuple[Problem, ...]]:
    """The document after all of the edits, or None with the problem that prevents one of them."""
    try:
        return apply_all(document, edits), ()
    except EditError as error:
        return None, (error.problem,)


def apply_all(document: Document, edits: Change) -> Edited:
    """Does the same. Raises EditError."""
    inverse: Change = ()
    for edit in edits:
        edited = _STEPS[edit.kind](document, edit)
        document, inverse = edited.document, edited.inverse + inverse
    return Edited(document, inverse)


def _set(document: Document, edit: Edit) -> Edited:
    *above, step = _steps(edit)
    container, path = find(document, tuple(above)), edit.path
    part = part_at(document, tuple(above))
    key = key_of(container, part, step)
    if isinstance(container, list):
        if key is None:
            raise no_place(path)
        old = container[key]
        keep_identity(identity(old, part), identity(edit.value, part), path)
        refuse_taken(container, part, edit.value, path, besides=key)
        new = put(document, path, edit.value)
        place = identities(find(new, tuple(above)), part)[key]
        return Edited(new, (set_((*above, place), old),))
    if not isinstance(container, Mapping):
        raise EditError("no_such_place", path, "there is nothing to write a key into", "choose another place")
    if isinstance(step, int):
        raise no_place(path)
    holder, named = names_item(document, edit.path)
    if named:
        keep_identity(identity(container, holder), identity({**container, step: edit.value}, holder), path)
    if key is not None:
        return Edited(put(document, path, edit.value), (set_(path, container[key]),))
    return Edited(_put_key(document, tuple(above), step, edit.value, edit.before), (remove(path, anyway=True),))


def _put_key(document: Document, above: Path, step: str, value: Any, before: Step | None) -> Any:
    entries = list(find(document, above).items())
    places = [index for index, (name, _) in enumerate(entries) if name == before]
    entries.insert(places[0] if places else len(entries), (step, value))
    return put(document, above, dict(entries))


def _remove(document: Document, edit: Edit) -> Edited:
    *above, step = _steps(edit)
    container = find(document, tuple(above))
    part = part_at(document, tuple(above))
    key = key_of(container, part, step)
    if key is None:
        raise no_place(edit.path)
    holder, named = names_item(document, edit.path)
    if named:
        keep_identity(identity(container, holder), None, edit.path)
    if not edit.anyway:
        refuse_if_used(document, edit.path)
    if isinstance(container, list):
        rest = [*container[:key], *container[key + 1 :]]
        inverse = add(tuple(above), container[key], step_before(rest, part, key))
        return Edited(put(document, tuple(above), rest), (inverse,))
    keys = list(container)
    after = keys[keys.index(key) + 1 :]
    left = {name: value for name, value in container.items() if name != key}
    inverse = set_(edit.path, container[key], after[0] if after else None)
    return Edited(put(document, tuple(above), left), (inverse,))


def _add(document: Document, edit: Edit) -> Edited:
    """A first item makes its list."""
    above = edit.path[:-1]
    is_new = bool(edit.path) and not has(document, edit.path) and has(document, above)
    if is_new and isinstance(find(document, above), Mapping) and isinstance(edit.path[-1], str):
        return _set(document, set_(edit.path, [edit.value]))
    return add_item(document, edit)


def _move(document: Document, edit: Edit) -> Edited:
    _steps(edit)
    return move_item(document, edit)


def _rename(document: Document, edit: Edit) -> Edited:
    new = renamed_document(document, edit.path, str(edit.value))
    back = Edit("rename", (*edit.path[:-1], str(edit.value)), str(edit.path[-1]))
    return Edited(new, (back,)) if _undoes(new, back, document) else Edited(new, replacing(new, document))


def _undoes(document: Document, back: Edit, wanted: Document) -> bool:
    try:
        found = renamed_document(document, back.path, str(back.value))
    except EditError:
        return False
    return not replacing(found, wanted)


def _retype(document: Document, edit: Edit) -> Edited:
    return apply_all(document, retype_edits(document, edit.path, str(edit.value)))


def _steps(edit: Edit) -> Path:
    if not edit.path or edit.path == ("schema",):
        raise EditError("no_such_place", edit.path, "the document itself cannot be replaced", "edit a part of it")
    return edit.path


_STEPS: Mapping[EditKind, Callable[[Document, Edit], Edited]] = {
    "set": _set, "add": _add, "remove": _remove, "move": _move, "rename": _rename, "retype": _retype,
}  # fmt: skip
