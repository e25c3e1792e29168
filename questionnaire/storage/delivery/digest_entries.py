"""Digest entries: what a person will be notified of in one mail, and the digests recently mailed to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import changed, delete_some, insert_or_ignore, insert_values
from questionnaire.storage.tables import DigestEntryRow, DigestRow


def digest(session: Session, staff_id: str, kind: str) -> DigestRow | None:
    """Returns the row without a lock."""
    return session.get(DigestRow, (staff_id, kind))


def locked_digest(session: Session, staff_id: str, kind: str) -> DigestRow:
    """Returns the row, locked until the transaction ends; creates it if needed."""
    insert_values(session, DigestRow, {"staff_id": staff_id, "kind": kind, "sent": 0}, ("staff_id", "kind"))
    query = select(DigestRow).where(col(DigestRow.staff_id) == staff_id, col(DigestRow.kind) == kind).with_for_update()
    return session.exec(query.execution_options(populate_existing=True)).one()


def add(session: Session, notice: DigestEntryRow) -> bool:
    """Adds an entry. False when the same one was added before, sent or not."""
    return insert_or_ignore(session, notice, ("staff_id", "kind", "cause"))


def waiting(session: Session, staff_id: str, kind: str, limit: int) -> tuple[DigestEntryRow, ...]:
    """Returns the entries not sent yet, oldest first."""
    query = select(DigestEntryRow).where(
        col(DigestEntryRow.staff_id) == staff_id,
        col(DigestEntryRow.kind) == kind,
        col(DigestEntryRow.mail_id).is_(None),
    )
    return tuple(
        session.exec(query.order_by(col(DigestEntryRow.created_at), col(DigestEntryRow.cause)).limit(limit)).all()
    )


def is_waiting(session: Session, staff_id: str, kind: str) -> bool:
    return bool(waiting(session, staff_id, kind, 1))


def mark_sent(session: Session, staff_id: str, kind: str, causes: Sequence[str], mail_id: str) -> None:
    """Assigns these entries to the digest `mail_id`; "" when they no longer need a mail."""
    changed(
        session,
        update(DigestEntryRow)
        .where(
            col(DigestEntryRow.staff_id) == staff_id,
            col(DigestEntryRow.kind) == kind,
            col(DigestEntryRow.cause).in_(causes),
        )
        .values(mail_id=mail_id)
        .execution_options(synchronize_session=False),
    )


def delete_sent(session: Session, before: datetime, limit: int | None = None) -> int:
    sent = (col(DigestEntryRow.mail_id).is_not(None), col(DigestEntryRow.created_at) < before)
    return delete_some(session, DigestEntryRow, *sent, limit=limit)
