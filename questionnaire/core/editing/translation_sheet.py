"""A sheet for a translator: one row per text. What comes back is compared with the draft before anything is taken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from questionnaire.core.base.text_cleaning import clean_text
from questionnaire.core.base.texts import LONGEST
from questionnaire.core.editing.document_texts import DocumentText, document_texts
from questionnaire.core.editing.edit import Change
from questionnaire.core.editing.form_edits import form_edits
from questionnaire.core.editing.outline import languages_of
from questionnaire.core.editing.paths import Document, write_path
from questionnaire.core.editing.translations import lost_placeholders
from questionnaire.core.editing.typed_values import FormValue

PATH, REVISION = "Path", re.compile(r"Path @(\d{1,9})")
COLUMNS = 4
"""Path, place, original, translation."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet that was read; `number` is that of the sheet. `is_formula`: its translation is one."""

    number: int
    path: str
    original: str
    translation: str
    is_formula: bool = False


@dataclass(frozen=True, slots=True)
class SheetText:
    """A row about a text of the draft. `current` is its translation in the draft, `original` the draft's original."""

    number: int
    text: DocumentText
    original: str
    current: str
    translation: str
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """What reading a sheet back would do.

    `outgrown`: the original was changed since the sheet was written. `changed`: someone translated it otherwise
    meanwhile. Neither is taken. `refused`: formulas, and texts that cannot be stored.
    """

    change: Change = ()
    taken: tuple[SheetText, ...] = ()
    outgrown: tuple[SheetText, ...] = ()
    changed: tuple[SheetText, ...] = ()
    unknown: tuple[SheetRow, ...] = ()
    refused: tuple[SheetRow, ...] = ()
    same: int = 0
    empty: int = 0

    @property
    def lost(self) -> tuple[SheetText, ...]:
        return tuple(one for one in self.taken if one.lost)


@dataclass(slots=True)
class _Sorted:
    taken: list[SheetText] = field(default_factory=list)
    outgrown: list[SheetText] = field(default_factory=list)
    changed: list[SheetText] = field(default_factory=list)
    unknown: list[SheetRow] = field(default_factory=list)
    refused: list[SheetRow] = field(default_factory=list)
    same: int = 0
    empty: int = 0


def sheet_header(revision: int, original: str, translation: str) -> tuple[str, ...]:
    """The first cell says which state of the draft the sheet shows."""
    return (f"{PATH} @{revision}", "Place", original, translation)


def header_revision(header: Iterable[str]) -> int | None:
    found = REVISION.fullmatch(next(iter(header), "").strip())
    return int(found[1]) if found else None


def sheet_plan(rows: Iterable[SheetRow], base: Document | None, document: Document, language: str) -> SheetPlan:
    """`base`: the draft as the sheet shows it; without one the sheet's own originals say whether they are up to date,
    and only what is not translated yet is taken."""
    first = languages_of(document)[0]
    now = {write_path(text.path): text for text in document_texts(document)}
    before = {write_path(text.path): text for text in document_texts(base)} if base is not None else None
    found = _Sorted()
    for row in rows:
        text = now.get(row.path)
        if text is None:
            found.unknown.append(row)
            continue
        cleaned = clean_text(row.translation, LONGEST, lines=True)
        if row.is_formula or cleaned is None:
            found.refused.append(row)
        elif not cleaned:
            found.empty += 1
        else:
            _sort(found, row, text, cleaned, before, (first, language))
    values = [FormValue(one.text.path, "text", one.translation, language) for one in found.taken]
    return SheetPlan(
        form_edits(document, values, languages_of(document)), tuple(found.taken), tuple(found.outgrown),
        tuple(found.changed), tuple(found.unknown), tuple(found.refused), found.same, found.empty,
    )  # fmt: skip


def _sort(
    found: _Sorted, row: SheetRow, text: DocumentText, cleaned: str, before: Mapping[str, DocumentText] | None,
    tags: tuple[str, str],
) -> None:  # fmt: skip
    first, language = tags
    original = text.in_language(first)
    current = "" if text.is_same_everywhere else text.in_language(language)
    lost = lost_placeholders(original, cleaned)
    one = SheetText(row.number, text, original, current, cleaned, lost)
    old = before.get(row.path) if before is not None else None
    if _words(cleaned) == _words(current) or (text.is_same_everywhere and _words(cleaned) == _words(original)):
        found.same += 1
    elif _words(old.in_language(first) if old is not None else row.original) != _words(original):
        found.outgrown.append(one)
    elif current and _words(_translation(old, language)) != _words(current):
        found.changed.append(one)
    else:
        found.taken.append(one)


def _translation(old: DocumentText | None, language: str) -> str:
    """The translation that the sheet was written with; unknown, it is taken for none."""
    return "" if old is None or old.is_same_everywhere else old.in_language(language)


def _words(text: str) -> str:
    """Spreadsheets change line ends and drop spaces at the end: that is no change."""
    return re.sub(r"[ \t]*\n", "\n", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
