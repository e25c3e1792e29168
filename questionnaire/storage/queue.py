"""Jobs, written in the transaction of what caused them: a job exists if and only if its cause was committed.

This is the waiting room. The runner (questionnaire/jobs) takes from it what is due and says how it went. Writing a
job is one plain INSERT, so the web process never loads the runner (docs/decisions/0006).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from questionnaire.storage.rows import changed, insert_values, locked
from questionnaire.storage.tables import Job


class Queue(Protocol):
    """What verbs may ask: to have something done later."""

    def enqueue(
        self, session: Session, name: str, key: str, args: Mapping[str, Any], not_before: datetime | None = None
    ) -> bool:
        """Writes a job into the session's transaction. `args` is JSON. False when `key` was enqueued before."""
        ...


@dataclass(frozen=True, slots=True)
class WaitingRoom:
    """The queue in the database; `clock` says what is due now."""

    clock: Callable[[], datetime]

    def enqueue(
        self, session: Session, name: str, key: str, args: Mapping[str, Any], not_before: datetime | None = None
    ) -> bool:
        now = self.clock()
        # Every accepted answer does this a few times: values alone, for a row object would cost more than the insert.
        values = {
            "key": key,
            "name": name,
            "args": dict(args),
            "state": "waiting",
            "attempt": 0,
            "turn": 0,
            "not_before": not_before or now,
            "created_at": now,
            "last_error": "",
        }
        return insert_values(session, Job, values, ("key",))


def due(session: Session, names: tuple[str, ...], now: datetime, limit: int) -> tuple[Job, ...]:
    """Jobs whose time has come, the longest waiting first; on PostgreSQL locked, past those others hold."""
    rows = (
        select(Job)
        .where(col(Job.state) == "waiting", col(Job.not_before) <= now, col(Job.name).in_(names))
        .order_by(col(Job.not_before), col(Job.key))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return tuple(session.exec(rows).all())


def handed(session: Session, job: Job) -> None:
    """The runner has it, by the same transaction."""
    job.state = "handed"
    session.flush()


def current(session: Session, key: str, turn: int) -> Job | None:
    """The job, if this turn of it is the one that counts."""
    row = session.get(Job, key)
    return row if row is not None and row.state == "handed" and row.turn == turn else None


def _locked_current(session: Session, key: str, turn: int) -> Job | None:
    row = locked(session, Job, key)
    return row if row is not None and row.state == "handed" and row.turn == turn else None


def in_hand(session: Session, limit: int) -> tuple[Job, ...]:
    """Jobs the runner has, the oldest first."""
    rows = select(Job).where(col(Job.state) == "handed").order_by(col(Job.not_before), col(Job.key)).limit(limit)
    return tuple(session.exec(rows).all())


def finish(session: Session, key: str, turn: int, now: datetime) -> bool:
    """Done. False for a late worker, whose turn is over."""
    row = _locked_current(session, key, turn)
    if row is None:
        return False
    row.state, row.finished_at, row.last_error = "done", now, ""
    session.flush()
    return True


def put_off(session: Session, key: str, turn: int, error: str, not_before: datetime) -> bool:
    """It could not even be tried: waits, and no attempt is counted. False for a late worker."""
    row = _locked_current(session, key, turn)
    if row is None:
        return False
    row.state, row.not_before, row.last_error = "waiting", not_before, error[:500]
    row.turn += 1
    session.flush()
    return True


def fail(session: Session, key: str, turn: int, error: str, not_before: datetime | None, now: datetime) -> bool:
    """It went wrong: waits until `not_before`, or is dead when that is None. False for a late worker."""
    row = _locked_current(session, key, turn)
    if row is None:
        return False
    row.state = "waiting" if not_before else "dead"
    row.finished_at = None if not_before else now
    row.not_before = not_before or row.not_before
    row.last_error = error[:500]
    row.attempt += 1
    row.turn += 1
    session.flush()
    return True


def dead(session: Session, limit: int = 200) -> tuple[Job, ...]:
    """Jobs nobody tries any more, the newest first."""
    rows = select(Job).where(col(Job.state) == "dead").order_by(col(Job.finished_at).desc(), col(Job.key))
    return tuple(session.exec(rows.limit(limit)).all())


def replay(session: Session, key: str, now: datetime) -> bool:
    """A dead job gets all its attempts again; False when it is not dead."""
    row = locked(session, Job, key)
    if row is None or row.state != "dead":
        return False
    row.state, row.attempt, row.not_before, row.finished_at = "waiting", 0, now, None
    row.turn += 1
    session.flush()
    return True


def oldest_due(session: Session, now: datetime, names: tuple[str, ...] = ()) -> datetime | None:
    """Since when the longest waiting job could have been done, None when none could: the health of the workers."""
    rows = select(func.min(col(Job.not_before))).where(col(Job.state) == "waiting", col(Job.not_before) <= now)
    if names:
        rows = rows.where(col(Job.name).in_(names))
    return session.exec(rows).one()


def forget_done(session: Session, before: datetime) -> int:
    """Removes what was done before this moment. Until then its key still refuses a second one."""
    return changed(session, delete(Job).where(col(Job.state) == "done", col(Job.finished_at) < before))
