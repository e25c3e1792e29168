"""The outbox: every message that left or is to leave, by whatever channel. When one is tried is its job's affair."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func
from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import execute_core, insert_if_absent, lock_row
from questionnaire.storage.tables import DeliveryRow, JobRow

_JOB = col(JobRow.key) == col(DeliveryRow.job_key)
_STATE: Any = (
    select(col(DeliveryRow.state), col(JobRow.state).label("job_state"))
    .outerjoin(JobRow, _JOB)
    .where(col(DeliveryRow.id) == bindparam("delivery"))
)


def add(session: Session, delivery: DeliveryRow) -> bool:
    """Puts a message into the outbox; False when what caused it put it there before. The caller enqueues its job."""
    return insert_if_absent(session, delivery, "id")


def get(session: Session, delivery_id: str) -> DeliveryRow | None:
    return session.get(DeliveryRow, delivery_id)


def get_with_job(session: Session, delivery_id: str) -> tuple[DeliveryRow, JobRow | None] | None:
    """With its job, which is None once it was done long ago."""
    row = session.get(DeliveryRow, delivery_id)
    return None if row is None else (row, session.get(JobRow, row.job_key))


def is_dead(session: Session, delivery_id: str) -> bool | None:
    """Whether it was given up; None when there is no such message."""
    found = execute_core(session, _STATE, {"delivery": delivery_id}).first()
    return None if found is None else found.state == "queued" and found.job_state == "dead"


def finish(session: Session, delivery_id: str, destination: str, state: str, now: datetime) -> None:
    """The destination accepted it."""
    row = lock_row(session, DeliveryRow, delivery_id)
    if row is not None:
        row.state, row.destination, row.finished_at, row.last_error = state, destination, now, ""
        session.flush()


def set_error(session: Session, delivery_id: str, destination: str, error: str) -> None:
    """The destination did not accept it, and said why."""
    row = lock_row(session, DeliveryRow, delivery_id)
    if row is not None and row.state == "queued":
        row.destination, row.last_error = destination, error[:500]
        session.flush()


def is_queued(session: Session, destination: str) -> bool:
    """Whether any message for this destination is not accepted yet and not given up."""
    rows = (
        select(col(DeliveryRow.id)).join(JobRow, _JOB).where(*_for(destination), col(JobRow.state) != "dead").limit(1)
    )
    return session.exec(rows).first() is not None


def waiting_jobs(session: Session, destination: str, limit: int | None = None) -> tuple[str, ...]:
    """The keys of the jobs of messages that wait for one destination, the oldest first."""
    rows = select(col(DeliveryRow.job_key)).join(JobRow, _JOB).where(*_for(destination), col(JobRow.state) == "waiting")
    return tuple(session.exec(rows.order_by(col(DeliveryRow.created_at), col(DeliveryRow.id)).limit(limit)).all())


def _for(destination: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(DeliveryRow.state) == "queued", col(DeliveryRow.destination) == destination


def dead(session: Session, limit: int = 200) -> tuple[tuple[DeliveryRow, JobRow], ...]:
    """Messages nobody tries any more, the newest first: somebody should look at them."""
    rows = select(DeliveryRow, JobRow).join(JobRow, _JOB)
    rows = rows.where(col(JobRow.state) == "dead", col(DeliveryRow.state) == "queued")
    return tuple(session.exec(rows.order_by(col(JobRow.finished_at).desc(), col(DeliveryRow.id)).limit(limit)).all())


def newest(session: Session, limit: int = 50, offset: int = 0) -> tuple[tuple[DeliveryRow, JobRow | None], ...]:
    """What was written, the newest first, each with its job, which is None once it was done long ago."""
    rows = select(DeliveryRow, JobRow).outerjoin(JobRow, _JOB)
    rows = rows.order_by(col(DeliveryRow.created_at).desc(), col(DeliveryRow.id)).offset(offset).limit(limit)
    return tuple(session.exec(rows).all())


def count(session: Session) -> int:
    return int(session.execute(select(func.count()).select_from(DeliveryRow)).scalar_one())
