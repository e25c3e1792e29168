"""Answers that are not given yet, kept for who comes back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col

from questionnaire.storage.rows import changed
from questionnaire.storage.tables import Draft


def find(session: Session, draft_id: str, now: datetime) -> Draft | None:
    """A draft whose time is not over."""
    row = session.get(Draft, draft_id)
    return None if row is None or row.expires_at <= now else row


def keep(session: Session, draft: Draft) -> None:
    """Writes a new draft or puts these answers in the place of the older ones."""
    session.merge(draft)
    session.flush()


def write(session: Session, draft_id: str, fields: Mapping[str, Any], now: datetime) -> bool:
    """New answers for a draft that is there; False when it is not, or its time is over."""
    row = find(session, draft_id, now)
    if row is None:
        return False
    row.fields, row.updated_at = dict(fields), now
    session.flush()
    return True


def forget(session: Session, draft_id: str) -> None:
    changed(session, delete(Draft).where(col(Draft.id) == draft_id))


def forget_expired(session: Session, now: datetime) -> int:
    return changed(session, delete(Draft).where(col(Draft.expires_at) <= now))
