"""Heartbeats of the worker processes.

A heartbeat is a count, so that the clocks of two machines are never compared: an observer sees whether it grows.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import insert_if_absent, lock_row
from questionnaire.storage.tables import HeartbeatRow


def beat(session: Session, name: str, now: datetime) -> None:
    """Increments the heartbeat of this worker."""
    if insert_if_absent(session, HeartbeatRow(name=name, beat=1, beat_at=now), "name"):
        return
    row = lock_row(session, HeartbeatRow, name)
    if row is not None:
        row.beat, row.beat_at = row.beat + 1, now
        session.flush()


def ensure(session: Session, name: str, now: datetime) -> None:
    """Adds this worker to the table if it is missing, for example because another worker took it for dead.

    What it claims is then never without an owner.
    """
    insert_if_absent(session, HeartbeatRow(name=name, beat=1, beat_at=now), "name")


def beats(session: Session) -> dict[str, int]:
    """Returns worker -> heartbeat count.

    Read it twice: a count that did not grow belongs to a worker that is not running.
    """
    return {row.name: row.beat for row in session.exec(select(HeartbeatRow).order_by(col(HeartbeatRow.name)))}


def forget(session: Session, name: str) -> None:
    """Removes a worker that stopped, or whose jobs were taken over."""
    row = session.get(HeartbeatRow, name)
    if row is not None:
        session.delete(row)
        session.flush()
