"""Codes with which people sign in from a link in a mail, under hashes."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col

from questionnaire.storage.db.statements import delete_some, lock_row
from questionnaire.storage.tables import SignInCodeRow


def add(session: Session, row: SignInCodeRow) -> None:
    session.add(row)
    session.flush()


def locked(session: Session, code_id: str) -> SignInCodeRow | None:
    """Returns the code, locked until the transaction ends: two tries at once are two tries."""
    return lock_row(session, SignInCodeRow, code_id)


def remove(session: Session, row: SignInCodeRow) -> None:
    session.delete(row)
    session.flush()


def forget_expired(session: Session, now: datetime, limit: int | None = None) -> int:
    return delete_some(session, SignInCodeRow, col(SignInCodeRow.expires_at) <= now, limit=limit)
