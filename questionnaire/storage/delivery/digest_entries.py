"""What waits to be told to a person together with others of its kind, and what they were mailed lately."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import changed, insert_unless_there, insert_values
from questionnaire.storage.tables import DigestEntryRow, DigestRow


def digest(session: Session, staff_id: str, kind: str) -> DigestRow | None:
    """As it is; nobody is kept from changing it."""
    return session.get(DigestRow, (staff_id, kind))


def locked_digest(session: Session, staff_id: str, kind: str) -> DigestRow:
    """Ours until the transaction ends; made when it is not there yet."""
    insert_values(session, DigestRow, {"staff_id": staff_id, "kind": kind, "sent": 0}, ("staff_id", "kind"))
    mine = select(DigestRow).where(col(DigestRow.staff_id) == staff_id, col(DigestRow.kind) == kind).with_for_update()
    return session.exec(mine.execution_options(populate_existing=True)).one()


def add(session: Session, notice: DigestEntryRow) -> bool:
    """False when the same was added before, told or not."""
    return insert_unless_there(session, notice, ("staff_id", "kind", "response_id"))


def waiting(session: Session, staff_id: str, kind: str, limit: int) -> tuple[DigestEntryRow, ...]:
    """Not told yet, the oldest first."""
    mine = select(DigestEntryRow).where(
        col(DigestEntryRow.staff_id) == staff_id,
        col(DigestEntryRow.kind) == kind,
        col(DigestEntryRow.mail_id).is_(None),
    )
    return tuple(
        session.exec(mine.order_by(col(DigestEntryRow.created_at), col(DigestEntryRow.response_id)).limit(limit)).all()
    )


def is_waiting(session: Session, staff_id: str, kind: str) -> bool:
    mine = select(func.count()).where(
        col(DigestEntryRow.staff_id) == staff_id,
        col(DigestEntryRow.kind) == kind,
        col(DigestEntryRow.mail_id).is_(None),
    )
    return bool(session.execute(mine).scalar_one())


def mark_sent(session: Session, staff_id: str, kind: str, response_ids: Sequence[str], mail_id: str) -> None:
    """These were in the digest `mail_id`; "" when there was nothing left to say of them."""
    changed(
        session,
        update(DigestEntryRow)
        .where(
            col(DigestEntryRow.staff_id) == staff_id,
            col(DigestEntryRow.kind) == kind,
            col(DigestEntryRow.response_id).in_(response_ids),
        )
        .values(mail_id=mail_id)
        .execution_options(synchronize_session=False),
    )


def delete_sent(session: Session, before: datetime) -> int:
    return changed(
        session,
        delete(DigestEntryRow).where(col(DigestEntryRow.mail_id).is_not(None), col(DigestEntryRow.created_at) < before),
    )
