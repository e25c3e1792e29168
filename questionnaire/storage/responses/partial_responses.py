"""Partial responses: answers stored until the prospect comes back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, func
from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import delete_some, execute_core, upsert
from questionnaire.storage.tables import PartialResponseRow

_FORGET = delete(PartialResponseRow).where(col(PartialResponseRow.id) == bindparam("draft"))


def find(session: Session, draft_id: str, now: datetime) -> PartialResponseRow | None:
    """Returns a draft that has not expired."""
    row = session.get(PartialResponseRow, draft_id)
    return None if row is None or row.expires_at <= now else row


def keep(session: Session, draft: PartialResponseRow) -> None:
    """Stores a new draft, or replaces its answers; `created_at` stays."""
    upsert(session, draft, insert_only=("created_at",))


def forget(session: Session, draft_id: str) -> None:
    execute_core(session, _FORGET, {"draft": draft_id})


def forget_expired(session: Session, now: datetime, limit: int | None = None) -> int:
    return delete_some(session, PartialResponseRow, col(PartialResponseRow.expires_at) <= now, limit=limit)


def count_kept_until(session: Session, survey_id: str, version: int, expires: datetime) -> int:
    """How many answers of a version expire after a moment: those that were saved last."""
    places = (col(PartialResponseRow.survey_id) == survey_id, col(PartialResponseRow.survey_version) == version)
    statement = select(func.count()).where(*places, col(PartialResponseRow.expires_at) > expires)
    return int(session.exec(statement).one())
