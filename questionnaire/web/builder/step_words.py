"""A change of a draft in a few words: what undo and redo would take back, and the history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from questionnaire.core.base.translation import Translator
from questionnaire.core.editing.edit import Change, Edit
from questionnaire.core.editing.outline import author_name, text_in
from questionnaire.core.editing.paths import Document
from questionnaire.web.builder.place_words import place_name

LONGEST = 60


def step_name(document: Document, change: Change, words: Translator, language: str) -> str:
    """The first edit says what a change was about; the rest follows from it."""
    if not change:
        return words("a change")
    return _edit_name(document, change[0], words, language)[:LONGEST]


def _edit_name(document: Document, edit: Edit, words: Translator, language: str) -> str:
    if edit.kind == "add":
        return words("“%(name)s” added", name=_item(edit.value, language))
    if edit.kind == "rename":
        return words("name “%(name)s”", name=str(edit.value))
    path = (*edit.to, edit.path[-1]) if edit.kind == "move" else edit.path
    where = place_name(document, path, words, language) or words("Survey")
    if edit.kind == "remove":
        return words("%(place)s removed", place=where)
    if edit.kind == "move":
        return words("%(place)s moved", place=where)
    return words("type of %(place)s", place=where) if edit.kind == "retype" else where


def _item(value: Any, language: str) -> str:
    if not isinstance(value, Mapping):
        return str(value)
    return (
        text_in(value.get("title") or value.get("text"), language) or author_name(value) or str(value.get("value", ""))
    )
