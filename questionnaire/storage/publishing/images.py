"""Images of surveys and drafts, by the name that a survey uses. An image never changes; that of a version stays."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from questionnaire.storage.db.statements import insert_or_ignore, upsert
from questionnaire.storage.tables import ImageRow, UnpublishedPictureRow


def keep(session: Session, name: str, content: bytes, now: datetime) -> None:
    """Stores the image of a version unless it exists: the same file always has the same name."""
    insert_or_ignore(session, ImageRow(name=name, content=content, stored_at=now))


def keep_unpublished(session: Session, name: str, content: bytes, now: datetime) -> None:
    """Does the same for a draft. The image goes once nothing names it (unused_images)."""
    # First, so that who deletes this image at the same moment is waited for, or waits and then leaves it.
    upsert(session, UnpublishedPictureRow(name=name, named_at=now))
    keep(session, name, content, now)


def find(session: Session, name: str) -> bytes | None:
    row = session.get(ImageRow, name)
    return None if row is None else row.content
