"""The languages of a draft: added and removed, written out for a translator and read back. Each is one step to undo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from questionnaire.actions.editing import drafts, history
from questionnaire.actions.editing.drafts import Draft, DraftResult, read_change
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.problems import Problem
from questionnaire.core.editing.document_texts import DocumentText, document_texts
from questionnaire.core.editing.edit import Change
from questionnaire.core.editing.paths import EditError, Path
from questionnaire.core.editing.translation_sheet import SheetPlan, SheetRow, header_revision, sheet_plan
from questionnaire.core.editing.translations import add_language, outdated, remove_language
from questionnaire.library.imports.limited_process import read_sheet
from questionnaire.spreadsheet.sheets import write_csv, write_xlsx
from questionnaire.storage.publishing import drafts as stored

MOST_TEXTS = 8000
"""Edits in one step that concerns every text."""
STEPS_BACK = 400
"""How many of the newest changes are looked at for originals that changed after their translation."""
WIDTHS = (34, 34, 60, 60)

SheetKind = Literal["xlsx", "csv"]


def outdated_texts(
    toolbox: Toolbox, draft: Draft, texts: Iterable[DocumentText], first: str, language: str
) -> frozenset[Path]:
    """The texts whose original changed, within the last STEPS_BACK changes, after they were translated."""
    with toolbox.database.reading() as session:
        rows = stored.history(session, draft.id, None, STEPS_BACK)
        inverses = [read_change(row.inverse) for row in rows if row.revision <= draft.revision]
    return outdated(texts, inverses, first, language)


def add(toolbox: Toolbox, draft: Draft, tag: str, actor: str, now: datetime, key: str | None) -> DraftResult:
    return _whole(toolbox, draft, add_language(draft.document, document_texts(draft.document), tag), actor, now, key)


def remove(toolbox: Toolbox, draft: Draft, tag: str, actor: str, now: datetime, key: str | None) -> DraftResult:
    try:
        change = remove_language(draft.document, document_texts(draft.document), tag)
    except EditError as error:
        return DraftResult(draft, problems=(error.problem,))
    return _whole(toolbox, draft, change, actor, now, key)


def _whole(
    toolbox: Toolbox, draft: Draft, change: Change, actor: str, now: datetime, key: str | None
) -> DraftResult:  # fmt: skip
    """A step that was made of the draft as it is."""
    if not change:
        return DraftResult(draft)
    edits = [edit.as_json for edit in change]
    return drafts.edit(toolbox, draft.id, draft.revision, edits, actor, now, key, most=MOST_TEXTS)


def write_sheet(rows: Iterable[Sequence[str]], kind: SheetKind, title: str) -> bytes:
    return write_xlsx(rows, title, WIDTHS) if kind == "xlsx" else write_csv(rows)


@dataclass(frozen=True, slots=True)
class SheetResult:
    """`draft` after the step. `problems` say why the sheet could not be read, or not be written into the draft."""

    draft: Draft
    plan: SheetPlan | None = None
    problems: tuple[Problem, ...] = ()


def take_sheet(
    toolbox: Toolbox, draft: Draft, content: bytes, language: str, actor: str, now: datetime, key: str | None
) -> SheetResult:  # fmt: skip
    """Reads a sheet back in a process with limits and takes what is up to date, as one step."""
    raw, problems = read_sheet(content)
    if problems:
        return SheetResult(draft, problems=problems)
    if not raw or len(raw[0]["cells"]) < 4:
        hint = "keep the columns Path, Place, original and translation of the file that you downloaded"
        return SheetResult(draft, problems=(Problem("import_unreadable", (), "this sheet has no texts", hint),))
    revision = header_revision(raw[0]["cells"])
    base = history.draft_at(toolbox, draft.id, revision) if revision is not None else None
    rows = [_row(one) for one in raw[1:]]
    plan = sheet_plan(rows, base.document if base is not None else None, draft.document, language)
    result = _whole(toolbox, draft, plan.change, actor, now, key)
    return SheetResult(result.draft or draft, plan, result.problems)


def _row(raw: Mapping[str, Any]) -> SheetRow:
    path, _place, original, translation = [*raw["cells"], "", "", "", ""][:4]
    return SheetRow(raw["number"], path.strip(), original, translation, is_formula=3 in raw["formulas"])
