"""The differences between a draft and the version in force, in words and grouped, to be read before publishing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any

from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.core.editing.differences import DraftDifference
from questionnaire.core.editing.outline import author_name, text_in
from questionnaire.core.editing.paths import Document, find, has
from questionnaire.core.survey.questions import REGISTRY
from questionnaire.web.builder.condition_words import condition_text
from questionnaire.web.builder.options import Choosable
from questionnaire.web.builder.place_words import key_name, place_name
from questionnaire.web.builder.type_words import type_name

GROUPS: Mapping[str, str] = {
    "meaning": _("Meaning"), "logic": _("Logic"), "questions": _("Questions"), "texts": _("Texts"), "look": _("Look"),
}  # fmt: skip
LONGEST = 300


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """`parts`: (kind, text), where the kind is "same", "old" or "new"."""

    place: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DifferenceGroup:
    title: str
    lines: tuple[DifferenceLine, ...]


def difference_groups(found: tuple[DraftDifference, ...], old: Document, new: Choosable) -> tuple[DifferenceGroup, ...]:
    """In the order of the differences: what an answer means comes first."""
    words = new.words
    return tuple(
        DifferenceGroup(words(GROUPS[group]), tuple(_line(one, old, new) for one in several))
        for group, several in groupby(found, lambda one: one.group)
    )


def _line(one: DraftDifference, old: Document, new: Choosable) -> DifferenceLine:
    words, language = new.words, new.language
    holder = old if one.code == "removed" else new.document
    place = place_name(holder, one.path, words, language) or words("Survey")
    if one.code == "moved":
        return DifferenceLine(place, (("new", words("moved")),))
    if one.code == "renamed":
        return DifferenceLine(place, (("old", str(one.old[-1])), ("new", str(one.new[-1]))))
    before, after = _said(one, one.old, new), _said(one, one.new, new)
    if one.code == "added":
        return DifferenceLine(place, (("new", after),))
    if one.code == "removed":
        return DifferenceLine(place, (("old", before),))
    is_prose = one.group == "texts" and " " in before and " " in after
    return DifferenceLine(place, tuple(_by_word(before, after)) if is_prose else (("old", before), ("new", after)))


def _said(one: DraftDifference, value: Any, new: Choosable) -> str:
    """A value as an author knows it."""
    words, key = new.words, str(one.path[-1])
    if one.group == "logic" and isinstance(value, Mapping) and key in ("show_if", "when"):
        return condition_text(value, new)
    if isinstance(value, bool):
        return words("yes") if value else words("no")
    if isinstance(value, Mapping):
        languages = new.document.get("languages")
        if isinstance(languages, list) and value and set(value) <= set(map(str, languages)):
            return " / ".join(str(text) for text in value.values())[:LONGEST]
        text = text_in(value.get("title") or value.get("text"), new.language)
        return text or author_name(value) or ", ".join(key_name(str(name), words) for name in value)[:LONGEST]
    if isinstance(value, list):
        return ", ".join(_said(one, item, new) for item in value)[:LONGEST]
    if key == "type" and value in REGISTRY:
        return type_name(str(value), words)
    options = dict(new.options(one.path, _criterion(one, new)) or ()) if one.code != "removed" else {}
    return str(options.get(str(value), value))[:LONGEST]


def _criterion(one: DraftDifference, new: Choosable) -> str:
    for depth in range(len(one.path), 0, -1):
        above = one.path[:depth]
        value = find(new.document, above) if has(new.document, above) else None
        if isinstance(value, Mapping) and value.get("criterion"):
            return str(value["criterion"])
    return ""


def _by_word(old: str, new: str) -> Iterator[tuple[str, str]]:
    before, after = old.split(" "), new.split(" ")
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "same", " ".join(before[a:b])
            continue
        if a < b:
            yield "old", " ".join(before[a:b])
        if c < d:
            yield "new", " ".join(after[c:d])
