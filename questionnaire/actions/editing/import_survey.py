"""Surveys from other products: a draft, and a list of what was not understood. Files are read in a limited process."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import BoundedSemaphore
from typing import Any

from questionnaire.actions.editing import drafts
from questionnaire.actions.editing.drafts import DraftResult
from questionnaire.actions.editing.new_survey import free_name, policies
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.problems import Problem
from questionnaire.core.base.text_cleaning import clean_text
from questionnaire.core.editing.outline import languages_of, text_in
from questionnaire.core.importing.note import ImportNote
from questionnaire.library.imports.formats import FORMATS, FormatName, guess
from questionnaire.library.imports.limited_process import MAX_FILE_BYTES, import_file
from questionnaire.storage.publishing import draft_imports
from questionnaire.storage.tables import DraftImportRow

WAIT_SECONDS = 10
LONGEST_FILE_NAME = 200
_one_at_a_time = BoundedSemaphore(1)
"""A file may take 512 MB and 20 seconds of a processor: a web process reads one after the other."""


@dataclass(frozen=True, slots=True)
class DraftImport:
    """What an import made of a file. `source` is the format, `is_dismissed`: someone has read the notes."""

    source: str
    file: str
    notes: tuple[ImportNote, ...]
    at: datetime
    is_dismissed: bool


def import_survey(toolbox: Toolbox, content: bytes, file: str, source: str, actor: str, now: datetime) -> DraftResult:
    """A draft under a name of its own. `source`: one of the formats, else it is guessed from the content."""
    if not content:
        return DraftResult(None, problems=(Problem("import_missing", (), "no file was sent", "choose a file"),))
    if len(content) > MAX_FILE_BYTES:
        hint = "export the survey without its pictures and answers"
        return DraftResult(None, problems=(Problem("import_large", (), "this file has more than 10 MB", hint),))
    wanted = next((known for known in FORMATS if known == source), None) or guess(content)
    with _turn() as is_ours:
        if not is_ours:
            problem = Problem("import_busy", (), "another file is being read", "try again in a moment")
            return DraftResult(None, problems=(problem,))
        imported = import_file(content, wanted)
    if imported.document is None:
        return DraftResult(None, problems=imported.problems)
    document: dict[str, Any] = json.loads(json.dumps(imported.document))
    title = text_in(document.get("title"), languages_of(document)[0])
    known = policies(toolbox)
    document["id"] = free_name(toolbox, title or str(document.get("id") or ""))
    if known and document.get("policy") not in known:
        document["policy"] = known[0]
    result = drafts.open_content(toolbox, document, None, actor, now)
    if result.draft is not None and imported.notes:
        _keep(toolbox, result.draft.id, wanted, file, imported.notes, actor, now)
    return result


@contextmanager
def _turn() -> Iterator[bool]:
    is_ours = _one_at_a_time.acquire(timeout=WAIT_SECONDS)
    try:
        yield is_ours
    finally:
        if is_ours:
            _one_at_a_time.release()


def _keep(
    toolbox: Toolbox, draft_id: str, source: FormatName | None, file: str, notes: tuple[ImportNote, ...], actor: str,
    now: datetime,
) -> None:  # fmt: skip
    row = DraftImportRow(
        draft_id=draft_id, source=source or "", file=clean_text(file, LONGEST_FILE_NAME) or "",
        notes=[[note.code, note.place, dict(note.params)] for note in notes], at=now, by=actor,
    )  # fmt: skip
    with toolbox.database.writing() as session:
        draft_imports.add(session, row)


def find_import(toolbox: Toolbox, draft_id: str) -> DraftImport | None:
    """None for a draft that was not imported, or of which everything was understood."""
    with toolbox.database.reading() as session:
        row = draft_imports.find(session, draft_id)
        if row is None:
            return None
        notes = tuple(ImportNote(code, place, params) for code, place, params in row.notes)
        return DraftImport(row.source, row.file, notes, row.at, row.dismissed_at is not None)


def dismiss(toolbox: Toolbox, draft_id: str, actor: str, now: datetime) -> None:
    with toolbox.database.writing() as session:
        draft_imports.dismiss(session, draft_id, actor, now)
