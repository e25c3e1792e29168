"""The pictures published surveys show, by the name the survey calls them. They are only ever added."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from questionnaire.storage.db.statements import insert_unless_there
from questionnaire.storage.tables import ImageRow


def keep(session: Session, name: str, content: bytes, now: datetime) -> None:
    """Writes it unless it is there: the same file of an author has the same name."""
    insert_unless_there(session, ImageRow(name=name, content=content, stored_at=now))


def find(session: Session, name: str) -> bytes | None:
    found = session.get(ImageRow, name)
    return None if found is None else found.content
