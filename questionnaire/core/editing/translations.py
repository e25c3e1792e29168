"""The texts of a survey in another language: what is missing, what lost a placeholder, what is out of date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from questionnaire.core.base.texts import placeholders
from questionnaire.core.editing.document_texts import DocumentText
from questionnaire.core.editing.edit import Change, Edit, remove, set_
from questionnaire.core.editing.follow import path_after
from questionnaire.core.editing.outline import languages_of
from questionnaire.core.editing.paths import Document, EditError, Path

TranslationState = Literal["done", "missing", "same", "empty"]
"""`same`: one text for every language. `empty`: nothing to translate yet."""


def state_in(text: DocumentText, first: str, language: str) -> TranslationState:
    if not text.in_language(first).strip() and not text.in_language(language).strip():
        return "empty"
    if text.is_same_everywhere:
        return "same"
    return "done" if text.in_language(language).strip() else "missing"


def lost_placeholders(original: str, translation: str) -> tuple[str, ...]:
    """The names that the original inserts and its translation does not."""
    kept = {one.name for one in placeholders(translation)}
    return tuple(dict.fromkeys(one.name for one in placeholders(original) if one.name not in kept))


def has_letters(raw: Any) -> bool:
    """Whether there is anything to translate: `1–9` is the same in every language."""
    return isinstance(raw, str) and any(letter.isalpha() for letter in raw)


def add_language(document: Document, texts: Iterable[DocumentText], tag: str) -> Change:
    """With a second language, texts with words become those of the first, so that what is missing shows."""
    languages = languages_of(document)
    if tag in languages:
        return ()
    change: Change = (set_(("languages",), [*languages, tag], "title"),)
    if len(languages) > 1:
        return change
    plain = (one for one in texts if one.is_same_everywhere and has_letters(one.raw))
    return change + tuple(set_(one.path, {languages[0]: one.raw}) for one in plain)


def remove_language(document: Document, texts: Iterable[DocumentText], tag: str) -> Change:
    """With its texts. Raises EditError for the first language, which the others are translated from."""
    languages = languages_of(document)
    if tag not in languages[1:]:
        hint = "choose another language"
        raise EditError("no_such_place", ("languages",), "the first language stays", hint)
    left = [one for one in languages if one != tag]
    change: Change = (set_(("languages",), left),)
    change += tuple(edit for text in texts for edit in _without(text, tag, left))
    wording = document.get("wording")
    is_worded = isinstance(wording, Mapping) and tag in wording
    return (*change, remove(("wording", tag), anyway=True)) if is_worded else change


def _without(text: DocumentText, tag: str, left: list[str]) -> Change:
    if not isinstance(text.raw, Mapping):
        return ()
    others = {language: words for language, words in text.raw.items() if language != tag}
    if len(left) == 1:
        return (set_(text.path, others.get(left[0], "")),)
    if tag not in text.raw:
        return ()
    return (remove((*text.path, tag), anyway=True),) if others else (set_(text.path, {left[0]: ""}),)


@dataclass(slots=True)
class _Watched:
    """A translated text on the way back: its original now, and as it was at this point of the history."""

    path: Path
    now: str
    original: str


def outdated(
    texts: Iterable[DocumentText], inverses: Iterable[Change], first: str, language: str
) -> frozenset[Path]:  # fmt: skip
    """The texts whose original is another one than when they were last translated.

    `inverses`: what takes each change of the draft back, newest first. A text that was not translated within these
    changes counts as a translation of the original before them.
    """
    here = {
        text.path: _Watched(text.path, text.in_language(first), text.in_language(first))
        for text in texts
        if not text.is_same_everywhere and text.in_language(first) and text.in_language(language)
    }
    found: set[Path] = set()
    for inverse in inverses:
        touched: set[Path] = set()
        before: dict[Path, str] = {}
        for edit in inverse:
            if edit.kind in ("rename", "move"):
                here = {path_after(path, edit): one for path, one in here.items()}
            else:
                _note(edit, here, (first, language), before, touched)
        for path in touched & here.keys():
            one = here.pop(path)
            if one.original != one.now:
                found.add(one.path)
        for path in before.keys() & here.keys():
            here[path].original = before[path]
    return frozenset(found | {one.path for one in here.values() if one.original and one.original != one.now})


def _note(
    edit: Edit, here: Mapping[Path, _Watched], tags: tuple[str, str], before: dict[Path, str], touched: set[Path]
) -> None:  # fmt: skip
    """What an inverse edit says of a text: its original before the change, or that its translation was another."""
    first, language = tags
    value = edit.value if edit.kind == "set" else None
    if edit.path in here:
        if isinstance(value, Mapping):
            before[edit.path] = str(value.get(first) or "")
        if not isinstance(value, Mapping) or value.get(language) is None:
            touched.add(edit.path)
    elif edit.path[:-1] in here and edit.path[-1] == language:
        touched.add(edit.path[:-1])
    elif edit.path[:-1] in here and edit.path[-1] == first:
        before[edit.path[:-1]] = "" if value is None else str(value)
