"""Edits from the fields of a form: what someone typed at a place of a document, as the edits that write it there.

A field that still has the value of the document gives no edit, so that a whole form can be sent after each key. What
cannot be read, such as letters in a number, is written as it was typed: the checks say what is wrong, nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from questionnaire.core.editing.apply import apply_all
from questionnaire.core.editing.edit import Change, Edit, remove, rename, set_
from questionnaire.core.editing.keys import keys_at
from questionnaire.core.editing.list_edits import names_item
from questionnaire.core.editing.paths import Document, EditError, Path, find, has
from questionnaire.core.editing.same import same
from questionnaire.core.editing.typed_values import FormValue, read_typed

ALONE = ("text", "effort", "done_when")
"""The keys of a value that a text alone may stand for (advice)."""


def form_edits(document: Document, values: Iterable[FormValue], languages: Sequence[str]) -> Change:
    """The edits that write all values. Names change last, so that the places of the others stay. Raises EditError."""
    change: Change = ()
    for value in sorted(values, key=lambda one: names_item_safely(document, one.path)):
        edits = _edits(document, value, languages)
        document = apply_all(document, edits).document
        change += edits
    return change


def names_item_safely(document: Document, path: Path) -> bool:
    """Whether a value at this path is the name of an item of a list; False where there is no such place."""
    try:
        return names_item(document, path)[1]
    except EditError:
        return False


def _edits(document: Document, value: FormValue, languages: Sequence[str]) -> Change:
    path = value.path
    if names_item_safely(document, path) and has(document, path):
        return _rename(document, value)
    current = value_at(document, path)
    new = read_typed(value, current, languages)
    if value.input == "picks" and value.initial and current is None and _is_every_option(document, path, new):
        return ()
    if same(new, current) or (not isinstance(new, Mapping | list | bool) and str(new) == str(current)):
        return ()
    above = path[:-1]
    if new is None:
        return _removal(document, path)
    if has(document, above) and _is_alone(find(document, above), path, languages):
        text = find(document, above)
        return (set_(above, new if path[-1] == "text" else {"text": text, path[-1]: new}),)
    if isinstance(new, Mapping) and isinstance(current, Mapping) and value.input == "text":
        return tuple(
            set_((*path, tag), new[tag]) if tag in new else remove((*path, tag))
            for tag in dict.fromkeys([*current, *new])
            if current.get(tag) != new.get(tag)
        )
    return (write_at(document, path, new),)


def value_at(document: Document, path: Path) -> Any:
    """What stands at a place, None where nothing does. A text alone is found at the `text` it stands for."""
    if has(document, path):
        return find(document, path)
    above = path[:-1]
    if path[-1:] == ("text",) and has(document, above) and is_advice(above):
        text = find(document, above)
        return text if not isinstance(text, Mapping) or not set(text) & set(ALONE) else None
    return None


def _is_alone(text: Any, path: Path, languages: Sequence[str]) -> bool:
    is_text = isinstance(text, str) or (isinstance(text, Mapping) and bool(text) and set(text) <= set(languages))
    return path[-1] in ALONE and is_text and is_advice(path[:-1])


def is_advice(path: Path) -> bool:
    """Whether advice stands at a path: of an answer, of an answer to a row, or a step of the plan."""
    is_step = path[:2] == ("report", "plan") and path[3:4] == ("items",) and len(path) in (4, 5)
    return path[-1:] == ("advice",) or path[-2:-1] == ("advice",) or is_step


def _rename(document: Document, value: FormValue) -> Change:
    old, new = str(find(document, value.path)), value.typed.strip()
    return () if new == old else (rename(value.path[:-1], new),)


def write_at(document: Document, path: Path, new: Any) -> Edit:
    """Writes the value, with the mappings above it that do not exist yet.

    A bare value above it that stands for a mapping becomes this mapping: points alone are a level, `default` alone is a
    title table.
    """
    above = path[:-1]
    bare = value_at(document, above)
    key = "points" if above[-2:-1] == ("levels",) else "extends" if above[-1:] == ("titles",) else ""
    if key and bare is not None and not isinstance(bare, Mapping | list):
        return set_(above, {key: bare, path[-1]: new})
    while len(path) > 1 and not isinstance(value_at(document, path[:-1]), Mapping | list):
        path, new = path[:-1], {path[-1]: new}
    return set_(path, new)


def _removal(document: Document, path: Path) -> Change:
    """A mapping goes with its last key, an item of a list stays."""
    while len(path) > 1 and isinstance(path[-2], str):
        above = find(document, path[:-1]) if has(document, path[:-1]) else None
        is_only_key = isinstance(above, Mapping) and list(above) == [path[-1]]
        if not is_only_key or isinstance(find(document, path[:-2]), list):
            break
        path = path[:-1]
    if not has(document, path):
        path = path[:-1]  # A text alone, whose `text` is not written.
    return (remove(path, anyway=True),)


def _is_every_option(document: Document, path: Path, picked: Any) -> bool:
    key = next((one for one in keys_at(document, path[:-1]) if one.key == path[-1]), None)
    return key is not None and isinstance(picked, list) and set(picked) == set(key.options)
