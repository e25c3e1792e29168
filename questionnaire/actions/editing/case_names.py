"""Cases follow their survey: what is renamed in its draft is renamed in them, in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from questionnaire.core.editing.apply import apply_all
from questionnaire.core.editing.edit import Change, set_
from questionnaire.core.editing.paths import EditError
from questionnaire.core.editing.rename import rename_beside
from questionnaire.storage import Session
from questionnaire.storage.publishing import drafts
from questionnaire.storage.publishing.drafts import DraftRevision
from questionnaire.storage.tables import DraftRow


def follow_renames(
    session: Session, survey: DraftRow, before: Mapping[str, Any], change: Change, new: DraftRevision
) -> None:  # fmt: skip
    """`before`: the survey's document before the change."""
    if not any(edit.kind == "rename" for edit in change):
        return
    row = drafts.of_name(session, "cases", survey.name)
    cases = drafts.lock(session, row.id) if row is not None else None
    if cases is None:
        return
    document: Mapping[str, Any] = before
    found: Mapping[str, Any] = cases.content
    for edit in change:
        if edit.kind == "rename":
            found = _renamed(document, edit.path, str(edit.value), found)
        document = apply_all(document, (edit,)).document
    if found is not cases.content:
        edits = (set_(("cases",), found["cases"]),)
        applied = apply_all(cases.content, edits)
        written, inverse = ([one.as_json for one in part] for part in (edits, applied.inverse))
        drafts.append(session, cases, DraftRevision(applied.document, written, inverse, new.author, new.at))


def _renamed(document: Mapping[str, Any], path: Any, name: str, cases: Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        after: Mapping[str, Any] = rename_beside(document, path, name, {"cases": cases}).get("cases", cases)
    except EditError:  # what has no name that others could mention
        return cases
    return after
