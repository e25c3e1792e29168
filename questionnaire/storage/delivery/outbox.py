"""The outbox: every message that left or is to leave, by whatever channel. When one is tried is its job's affair."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, literal, tuple_, update
from sqlmodel import Session, col, select

from questionnaire.storage.db.column_types import UTCDateTime
from questionnaire.storage.db.statements import changed, count_up_to, execute_core, insert_if_absent, lock_row
from questionnaire.storage.tables import DeliveryRow, JobRow
from questionnaire.storage.tables.delivery import HAS_TEXT as _HAS_TEXT

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


def newest(
    session: Session, limit: int = 50, place: tuple[datetime, str] | None = None, *, before: bool = False
) -> tuple[tuple[DeliveryRow, JobRow | None], ...]:
    """What was written, the newest first, each with its job, which is None once it was done long ago.

    `place`: creation time and id of a message; the messages after it, or those before it, the nearest first.
    """
    columns = DeliveryRow.__table__.c  # type: ignore[attr-defined]  # SQLModel types no tables
    here = tuple_(columns.created_at, columns.id)
    rows = select(DeliveryRow, JobRow).outerjoin(JobRow, _JOB)
    if place is not None:
        there = tuple_(literal(place[0], UTCDateTime), literal(place[1]))
        rows = rows.where(here > there if before else here < there)
    order = (columns.created_at, columns.id) if before else (columns.created_at.desc(), columns.id.desc())
    return tuple(session.exec(rows.order_by(*order).limit(limit)).all())


def count(session: Session, most: int) -> int:
    """Returns the number of messages; `most` + 1 when there are more than that."""
    return count_up_to(session, DeliveryRow, most=most)


def delete_texts(session: Session, before: datetime, now: datetime, limit: int) -> int:
    """Empties messages that were accepted before this time; who got what kind of message when stays."""
    some = select(col(DeliveryRow.id)).where(_HAS_TEXT, col(DeliveryRow.finished_at) < before).limit(limit)
    emptied = update(DeliveryRow).where(col(DeliveryRow.id).in_(some)).values(payload={}, emptied_at=now)
    return changed(session, emptied.execution_options(synchronize_session=False))
