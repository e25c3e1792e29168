"""Images of published surveys, by the name that the survey uses. Append-only."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from questionnaire.storage.db.statements import insert_or_ignore
from questionnaire.storage.tables import ImageRow


def keep(session: Session, name: str, content: bytes, now: datetime) -> None:
    """Stores the image unless it exists: the same file always has the same name."""
    insert_or_ignore(session, ImageRow(name=name, content=content, stored_at=now))


def find(session: Session, name: str) -> bytes | None:
    row = session.get(ImageRow, name)
    return None if row is None else row.content
