"""What a search found wrong with drafts, one row for each draft."""

from __future__ import annotations

from sqlmodel import Session

from questionnaire.storage.db.statements import upsert
from questionnaire.storage.tables import DraftProofRow


def find(session: Session, draft_id: str) -> DraftProofRow | None:
    return session.get(DraftProofRow, draft_id)


def keep(session: Session, row: DraftProofRow) -> None:
    """Replaces what was found of an earlier revision; a later one stays."""
    kept = find(session, row.draft_id)
    if kept is None or kept.revision <= row.revision:
        upsert(session, row)
