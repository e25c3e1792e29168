"""Signs of life of the worker processes. Time is that of whoever looks: a count that stands still, never two clocks."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from questionnaire.storage.db.statements import insert_if_absent, lock_row
from questionnaire.storage.tables import HeartbeatRow


def beat(session: Session, name: str, now: datetime) -> None:
    """This worker lives."""
    if insert_if_absent(session, HeartbeatRow(name=name, beat=1, beat_at=now), "name"):
        return
    row = lock_row(session, HeartbeatRow, name)
    if row is not None:
        row.beat, row.beat_at = row.beat + 1, now
        session.flush()


def ensure(session: Session, name: str, now: datetime) -> None:
    """This worker is in the table, also when others took it for dead meanwhile: what it claims is never an orphan."""
    insert_if_absent(session, HeartbeatRow(name=name, beat=1, beat_at=now), "name")


def beats(session: Session) -> dict[str, int]:
    """Worker -> how often it has beaten. Ask twice: a count that did not grow is a worker that stands still."""
    return {row.name: row.beat for row in session.exec(select(HeartbeatRow).order_by(col(HeartbeatRow.name)))}


def forget(session: Session, name: str) -> None:
    """A worker that left in good order, or whose work was taken over."""
    row = session.get(HeartbeatRow, name)
    if row is not None:
        session.delete(row)
        session.flush()
