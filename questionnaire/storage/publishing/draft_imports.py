"""What an import from another product left out or changed, kept with its draft until someone has read it."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from questionnaire.storage.db.statements import insert_or_ignore, lock_row
from questionnaire.storage.tables import DraftImportRow


def add(session: Session, row: DraftImportRow) -> None:
    insert_or_ignore(session, row, ("draft_id",))


def find(session: Session, draft_id: str) -> DraftImportRow | None:
    return session.get(DraftImportRow, draft_id)


def dismiss(session: Session, draft_id: str, actor: str, now: datetime) -> None:
    row = lock_row(session, DraftImportRow, draft_id)
    if row is not None and row.dismissed_at is None:
        row.dismissed_at, row.dismissed_by = now, actor
        session.flush()
