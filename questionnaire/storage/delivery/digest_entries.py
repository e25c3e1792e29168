"""What waits to be told to a person together with others of its kind, and what they were mailed lately."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import changed, insert_unless_there, insert_values
from questionnaire.storage.tables import Digest, Notice


def digest(session: Session, staff_id: str, kind: str) -> Digest | None:
    """As it is; nobody is kept from changing it."""
    return session.get(Digest, (staff_id, kind))


def locked_digest(session: Session, staff_id: str, kind: str) -> Digest:
    """Ours until the transaction ends; made when it is not there yet."""
    insert_values(session, Digest, {"staff_id": staff_id, "kind": kind, "sent": 0}, ("staff_id", "kind"))
    mine = select(Digest).where(col(Digest.staff_id) == staff_id, col(Digest.kind) == kind).with_for_update()
    return session.exec(mine.execution_options(populate_existing=True)).one()


def add(session: Session, notice: Notice) -> bool:
    """False when the same was added before, told or not."""
    return insert_unless_there(session, notice, ("staff_id", "kind", "response_id"))


def waiting(session: Session, staff_id: str, kind: str, limit: int) -> tuple[Notice, ...]:
    """Not told yet, the oldest first."""
    mine = select(Notice).where(
        col(Notice.staff_id) == staff_id, col(Notice.kind) == kind, col(Notice.mail_id).is_(None)
    )
    return tuple(session.exec(mine.order_by(col(Notice.created_at), col(Notice.response_id)).limit(limit)).all())


def is_waiting(session: Session, staff_id: str, kind: str) -> bool:
    mine = select(func.count()).where(
        col(Notice.staff_id) == staff_id, col(Notice.kind) == kind, col(Notice.mail_id).is_(None)
    )
    return bool(session.execute(mine).scalar_one())


def told(session: Session, staff_id: str, kind: str, response_ids: Sequence[str], mail_id: str) -> None:
    """These were in the digest `mail_id`; "" when there was nothing left to say of them."""
    changed(
        session,
        update(Notice)
        .where(col(Notice.staff_id) == staff_id, col(Notice.kind) == kind, col(Notice.response_id).in_(response_ids))
        .values(mail_id=mail_id)
        .execution_options(synchronize_session=False),
    )


def forget_told(session: Session, before: datetime) -> int:
    return changed(session, delete(Notice).where(col(Notice.mail_id).is_not(None), col(Notice.created_at) < before))
