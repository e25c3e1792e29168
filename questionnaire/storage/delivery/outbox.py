"""The outbox, which without a mail server is the mailbox as well. A mail changes state in these functions alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, func, update
from sqlmodel import Session, and_, col, or_, select

from questionnaire.storage.db.statements import changed, execute_core, insert_if_absent, lock_row
from questionnaire.storage.tables import MailRow


def add(session: Session, mail: MailRow) -> bool:
    """Puts a mail into the outbox; False when what caused it put it there before."""
    return insert_if_absent(session, mail, "id")


def get(session: Session, mail_id: str) -> MailRow | None:
    return session.get(MailRow, mail_id)


_STATE = select(col(MailRow.state)).where(col(MailRow.id) == bindparam("mail"))


def state_of(session: Session, mail_id: str) -> str | None:
    """The state alone; None when there is no such mail."""
    found = execute_core(session, _STATE, {"mail": mail_id}).first()
    return None if found is None else str(found.state)


def claim(session: Session, mail_id: str, turn: int, by: str) -> MailRow | None:
    """Takes a mail to send it. None when it is gone already, another job has it, or this job is of an earlier turn.

    The same job may claim again: its worker was killed between claiming and telling.
    """
    free = or_(
        col(MailRow.state) == "queued",
        and_(col(MailRow.state) == "sending", col(MailRow.claimed_by) == by),
    )
    met = changed(
        session,
        update(MailRow)
        .where(col(MailRow.id) == mail_id, col(MailRow.turn) == turn, free)
        .values(state="sending", claimed_by=by)
        .execution_options(synchronize_session=False),
    )
    return session.get(MailRow, mail_id, populate_existing=True) if met else None


def _mine(session: Session, mail_id: str, by: str) -> MailRow | None:
    row = lock_row(session, MailRow, mail_id)
    return row if row is not None and row.state == "sending" and row.claimed_by == by else None


def delivered(session: Session, mail_id: str, by: str, state: str, now: datetime) -> bool:
    """It went out (`sent` or `delivered_to_mailbox`). False when the claim was lost meanwhile."""
    row = _mine(session, mail_id, by)
    if row is None:
        return False
    row.state, row.claimed_by, row.due_at, row.finished_at, row.last_error = state, None, None, now, ""
    row.attempts += 1
    session.flush()
    return True


def failed(
    session: Session, mail_id: str, by: str, error: str, due_at: datetime | None, now: datetime
) -> MailRow | None:
    """It did not go out: back into the queue until `due_at`, or dead when that is None. None: the claim was lost."""
    row = _mine(session, mail_id, by)
    if row is None:
        return None
    row.state, row.claimed_by, row.due_at = ("queued" if due_at else "dead"), None, due_at
    row.finished_at = None if due_at else now
    row.last_error = error[:500]
    row.attempts += 1
    row.turn += 1
    session.flush()
    return row


def put_back(session: Session, mail_id: str, by: str, error: str) -> None:
    """A probe that found nobody: as if it had not been tried, and what was planned for this mail still holds."""
    row = _mine(session, mail_id, by)
    if row is not None:
        row.state, row.claimed_by, row.last_error = "queued", None, error[:500]
        session.flush()


def waiting(session: Session, destination: str, limit: int) -> tuple[MailRow, ...]:
    """Mails that wait for one destination, the oldest first."""
    mine = select(MailRow).where(col(MailRow.state) == "queued", col(MailRow.destination) == destination)
    return tuple(session.exec(mine.order_by(col(MailRow.created_at), col(MailRow.id)).limit(limit)).all())


def release(session: Session, destination: str, now: datetime) -> tuple[MailRow, ...]:
    """The destination is back: all that wait for it are due now. Their earlier jobs are of an earlier turn."""
    mine = select(MailRow).where(col(MailRow.state) == "queued", col(MailRow.destination) == destination)
    rows = session.exec(mine.order_by(col(MailRow.created_at), col(MailRow.id)).with_for_update(skip_locked=True)).all()
    for row in rows:
        row.due_at = now
        row.turn += 1
    session.flush()
    return tuple(rows)


def dead(session: Session, limit: int = 200) -> tuple[MailRow, ...]:
    """Mails nobody tries any more, the newest first: somebody should look at them."""
    rows = (
        select(MailRow).where(col(MailRow.state) == "dead").order_by(col(MailRow.finished_at).desc(), col(MailRow.id))
    )
    return tuple(session.exec(rows.limit(limit)).all())


def replay(session: Session, mail_id: str, now: datetime) -> MailRow | None:
    """A dead mail gets all its attempts again; None when it is not dead. The caller enqueues its job."""
    row = lock_row(session, MailRow, mail_id)
    if row is None or row.state != "dead":
        return None
    row.state, row.attempts, row.due_at, row.finished_at = "queued", 0, now, None
    row.turn += 1
    session.flush()
    return row


def newest(session: Session, limit: int = 50, offset: int = 0) -> tuple[MailRow, ...]:
    """The mailbox: what was composed, the newest first."""
    rows = select(MailRow).order_by(col(MailRow.created_at).desc(), col(MailRow.id)).offset(offset).limit(limit)
    return tuple(session.exec(rows).all())


def of_lead(session: Session, lead_id: str) -> tuple[MailRow, ...]:
    rows = select(MailRow).where(col(MailRow.lead_id) == lead_id).order_by(col(MailRow.created_at), col(MailRow.id))
    return tuple(session.exec(rows).all())


def count(session: Session) -> int:
    return int(session.execute(select(func.count()).select_from(MailRow)).scalar_one())
