"""Form states: what was typed into a form without JavaScript, between two of its pages."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete
from sqlmodel import Session, col

from questionnaire.storage.db.statements import delete_some, execute_core, upsert
from questionnaire.storage.tables import FormStateRow

_FORGET = delete(FormStateRow).where(col(FormStateRow.id) == bindparam("state"))


def find(session: Session, state_id: str, now: datetime) -> FormStateRow | None:
    """Returns a state that has not expired."""
    row = session.get(FormStateRow, state_id)
    return None if row is None or row.expires_at <= now else row


def keep(session: Session, state: FormStateRow) -> None:
    upsert(session, state)


def forget(session: Session, state_id: str) -> None:
    execute_core(session, _FORGET, {"state": state_id})


def forget_expired(session: Session, now: datetime, limit: int | None = None) -> int:
    return delete_some(session, FormStateRow, col(FormStateRow.expires_at) <= now, limit=limit)
