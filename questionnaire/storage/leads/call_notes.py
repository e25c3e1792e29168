"""Notes from calls: the newest version, by question."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from questionnaire.storage.db.statements import upsert
from questionnaire.storage.tables import CallNoteRow


def notes_of(session: Session, lead_id: str) -> dict[str, str]:
    row = session.get(CallNoteRow, lead_id)
    return {str(name): str(text) for name, text in row.notes.items()} if row is not None else {}


def write(session: Session, lead_id: str, notes: Mapping[str, str], by: str, at: datetime) -> None:
    upsert(session, CallNoteRow(lead_id=lead_id, notes=dict(notes), written_by=by, written_at=at))
