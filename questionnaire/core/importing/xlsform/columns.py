"""Rows of a sheet: their headers in every usual spelling, and texts in several languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from questionnaire.core.importing.names import language_tag
from questionnaire.core.importing.source import SourceItem

ROW = "row number"
"""The key of a row's number in the tree that a spreadsheet is read to."""
_ALIASES: Mapping[str, str] = {
    "list name": "list_name", "value": "name", "caption": "label", "relevance": "relevant", "title": "label",
    "bind::relevant": "relevant", "bind:relevant": "relevant", "bind::required": "required",
    "bind:required": "required", "bind::constraint": "constraint", "bind:constraint": "constraint",
    "bind::calculate": "calculation", "bind:calculate": "calculation", "calculate": "calculation",
    "constraint message": "constraint_message", "required message": "required_message", "default language":
    "default_language", "form title": "form_title", "form id": "form_id", "id_string": "form_id",
    "read_only": "readonly",
    "repeat count": "repeat_count", "choice filter": "choice_filter", "command": "type", "media::image": "image",
    "media:image": "image", "signal": "emits", "signals": "emits", "flag": "flags", "help": "hint",
}  # fmt: skip
_TRANSLATED = re.compile(r"([^:]+?)\s*::?\s*([^:].*)")
TEXTS = frozenset({"label", "hint", "advice", "done_when", "text", "unit", "placeholder", "description", "name_text"})


def rows(source: SourceItem, sheet: str) -> list[SourceItem]:
    """The rows of a sheet that say anything, with the usual names of their columns."""
    found = source.items(sheet)
    for item in found:
        item.place = f"{sheet}!{item.raw.get(ROW, '?')}"
        item.raw = _normal(item.raw)
    return [item for item in found if item.raw]


def _normal(raw: Mapping[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for header, value in raw.items():
        if header == ROW:
            continue
        key = " ".join(str(header).split()).lower()
        key = _ALIASES.get(key, key)
        base, tag = _translation(str(header))
        # The case of a language's name is kept for notes; the column's is not.
        result.setdefault(f"{base}::{tag}" if tag else key, value)
    return {key: value for key, value in result.items() if value is not None and str(value).strip()}


def _translation(header: str) -> tuple[str, str]:
    match = _TRANSLATED.fullmatch(header.strip())
    if match is None:
        return header, ""
    base = _ALIASES.get(match[1].lower(), match[1].lower())
    return (base, match[2].strip()) if base in TEXTS else (header, "")


def languages(items: Iterator[SourceItem]) -> list[str]:
    """The languages of all translated columns, in their order."""
    found: dict[str, None] = {}
    for item in items:
        for key in item.raw:
            base, _, tag = key.partition("::")
            known = language_tag(tag) if base in TEXTS and tag else None
            if known:
                found[known] = None
    return list(found)


def texts_of(item: SourceItem, column: str, first: str) -> Mapping[str, str]:
    """The text of a column in each language; a column without one is in the first."""
    found: dict[str, str] = {}
    for key in item.raw:
        base, _, tag = key.partition("::")
        if base != column:
            continue
        language = language_tag(tag) if tag else first
        if language and language not in found and (text := item.text(key)):
            found[language] = text
    return found
