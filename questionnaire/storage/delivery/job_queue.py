"""Job queue: rows written in the transaction of their cause.

A job therefore exists if and only if its cause was committed. A worker claims a due job, runs it and records the
result. The result counts only while the claim is current: `turn` is the number of the run, `claims` is how often this
run was claimed. When a worker dies, its jobs are handed back: same turn, one claim more. A job whose workers died
MOST_CLAIMS times is dead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, cast

from sqlalchemy import bindparam, func, text
from sqlmodel import Session, col, select

from questionnaire.storage.db.job_signals import announce
from questionnaire.storage.db.statements import count_up_to, delete_some, execute_core, insert_values, lock_row
from questionnaire.storage.tables import JobRow
from questionnaire.storage.tables.delivery import JOB_WAS_HANDED_BACK

# A run claimed this often is ended as dead.
MOST_CLAIMS = 5
WORKER_DIED = f"WorkerDied: {MOST_CLAIMS} workers ended while they did this job"
# SQLite takes no more than 999 values in one statement, in older versions.
_KEYS_AT_ONCE = 500
_WAS_HANDED_BACK = text(JOB_WAS_HANDED_BACK)
_NEXT_DUE = (
    select(col(JobRow.not_before))
    .where(col(JobRow.state) == "waiting", col(JobRow.name).in_(bindparam("names", expanding=True)))
    .order_by(col(JobRow.not_before))
    .limit(1)
)
_RUNNING = select(col(JobRow.key), func.coalesce(col(JobRow.claimed_by), "")).where(col(JobRow.state) == "running")


class JobQueue(Protocol):
    """What actions may do: enqueue a job."""

    def enqueue(
        self, session: Session, name: str, key: str, args: Mapping[str, Any], not_before: datetime | None = None
    ) -> bool:
        """Adds a job in the session's transaction. `args` is JSON. False when `key` was enqueued before."""
        ...


@dataclass(frozen=True, slots=True)
class JobTable:
    """The queue in the database; `clock` returns the current time."""

    clock: Callable[[], datetime]

    def enqueue(
        self, session: Session, name: str, key: str, args: Mapping[str, Any], not_before: datetime | None = None
    ) -> bool:
        now = self.clock()
        # Runs several times per accepted response: plain values, because a row object would cost more than the insert.
        values = {
            "key": key,
            "name": name,
            "args": dict(args),
            "state": "waiting",
            "attempt": 0,
            "turn": 0,
            "claims": 0,
            "not_before": not_before or now,
            "created_at": now,
            "last_error": "",
        }
        added = insert_values(session, JobRow, values, ("key",))
        if added:
            announce(session)
        return added


def due_jobs(
    session: Session, names: tuple[str, ...], now: datetime, limit: int, *, handed_back: bool | None = None
) -> tuple[JobRow, ...]:
    """Returns due jobs, the longest waiting first.

    On PostgreSQL they are locked, and jobs locked by others are skipped. `handed_back`: True for jobs whose worker died
    or was stopped, False for the others.
    """
    rows = select(JobRow).where(
        col(JobRow.state) == "waiting", col(JobRow.not_before) <= now, col(JobRow.name).in_(names)
    )
    if handed_back:
        # Jobs with the fewest claims first: they are the least likely to have killed their worker.
        rows = rows.where(_WAS_HANDED_BACK).order_by(col(JobRow.claims))
    elif handed_back is False:
        rows = rows.where(col(JobRow.claims) == 0)
    rows = rows.order_by(col(JobRow.not_before), col(JobRow.key)).limit(limit).with_for_update(skip_locked=True)
    return tuple(session.exec(rows).all())


def claim(session: Session, job: JobRow, worker: str = "") -> None:
    """Assigns this job to `worker`. `due_jobs` returned the job in the same transaction."""
    job.state, job.claimed_by = "running", worker
    job.claims += 1
    session.flush()


def running_jobs(session: Session) -> tuple[tuple[str, str], ...]:
    """Returns (key, worker) of the running jobs."""
    return tuple(session.exec(_RUNNING).all())


def hand_back(session: Session, key: str, worker: str, now: datetime) -> bool:
    """Returns a running job of `worker` to the queue, or ends it as dead after MOST_CLAIMS claims.

    The turn stays the same, so that the effects of the job keep their keys. False when `worker` no longer runs the job.
    """
    row = lock_row(session, JobRow, key)
    if row is None or row.state != "running" or row.claimed_by != worker:
        return False
    row.state, row.claimed_by = "waiting", None
    if row.claims >= MOST_CLAIMS:
        row.state, row.finished_at, row.last_error = "dead", now, WORKER_DIED
    session.flush()
    announce(session)
    return True


def current(session: Session, key: str, turn: int, claims: int | None = None) -> JobRow | None:
    """Returns the job if this turn, and this claim if given, is current."""
    row = session.get(JobRow, key)
    return row if row is not None and _is_current(row, turn, claims) else None


def _locked_current(session: Session, key: str, turn: int, claims: int | None) -> JobRow | None:
    row = lock_row(session, JobRow, key)
    return row if row is not None and _is_current(row, turn, claims) else None


def _is_current(row: JobRow, turn: int, claims: int | None) -> bool:
    return row.state == "running" and row.turn == turn and claims in (None, row.claims)


def finish(session: Session, key: str, turn: int, now: datetime, claims: int | None = None) -> bool:
    """Marks the job as done. False for a late worker, whose turn or claim is no longer current."""
    row = _locked_current(session, key, turn, claims)
    if row is None:
        return False
    row.state, row.finished_at, row.last_error = "done", now, ""
    session.flush()
    return True


def postpone(
    session: Session, key: str, turn: int, error: str, not_before: datetime, claims: int | None = None
) -> bool:
    """Reschedules a job that could not be tried, without counting an attempt. False for a late worker."""
    row = _locked_current(session, key, turn, claims)
    if row is None:
        return False
    _reschedule(row, not_before, error)
    session.flush()
    return True


def fail(
    session: Session,
    key: str,
    turn: int,
    error: str,
    not_before: datetime | None,
    now: datetime,
    claims: int | None = None,
) -> bool:
    """Records a failed attempt: reschedules the job, or ends it as dead when `not_before` is None.

    False for a late worker.
    """
    row = _locked_current(session, key, turn, claims)
    if row is None:
        return False
    _reschedule(row, not_before or row.not_before, error)
    row.attempt += 1
    if not_before is None:
        row.state, row.finished_at = "dead", now
    session.flush()
    return True


def _reschedule(row: JobRow, not_before: datetime, error: str) -> None:
    """Sets the row to wait for its next turn."""
    row.state, row.not_before, row.last_error, row.finished_at = "waiting", not_before, error[:500], None
    row.turn += 1
    row.claims, row.claimed_by = 0, None


def bring_forward(session: Session, keys: Sequence[str], now: datetime) -> dict[str, datetime]:
    """Those of these jobs that wait are due now: key -> when they would have been. Past those that others hold."""
    planned: dict[str, datetime] = {}
    for start in range(0, len(keys), _KEYS_AT_ONCE):
        some = keys[start : start + _KEYS_AT_ONCE]
        rows = select(JobRow).where(col(JobRow.state) == "waiting", col(JobRow.key).in_(some)).order_by(col(JobRow.key))
        locking = rows.with_for_update(skip_locked=True).execution_options(populate_existing=True)
        for row in session.exec(locking).all():
            planned[row.key] = row.not_before
            row.not_before = min(row.not_before, now)
    session.flush()
    if planned:
        announce(session)
    return planned


def stop(session: Session, key: str, error: str, now: datetime) -> bool:
    """A waiting job is dead without having been tried; False when it does not wait."""
    row = lock_row(session, JobRow, key)
    if row is None or row.state != "waiting":
        return False
    row.state, row.finished_at, row.last_error = "dead", now, error[:500]
    session.flush()
    return True


def dead(session: Session, limit: int = 200) -> tuple[JobRow, ...]:
    """Returns dead jobs, newest first."""
    rows = select(JobRow).where(col(JobRow.state) == "dead").order_by(col(JobRow.finished_at).desc(), col(JobRow.key))
    return tuple(session.exec(rows.limit(limit)).all())


def count_dead(session: Session, most: int) -> int:
    """Returns the number of dead jobs; `most` + 1 when there are more than that."""
    return count_up_to(session, JobRow, col(JobRow.state) == "dead", most=most)


def replay(session: Session, key: str, now: datetime) -> bool:
    """Gives a dead job all its attempts again. False when the job is not dead."""
    row = lock_row(session, JobRow, key)
    if row is None or row.state != "dead":
        return False
    _reschedule(row, now, row.last_error)
    row.attempt = 0
    session.flush()
    announce(session)
    return True


def oldest_due_at(session: Session, now: datetime, names: tuple[str, ...] = ()) -> datetime | None:
    """Returns since when the longest waiting job is due; None when none is. Shows whether the workers keep up."""
    rows = select(func.min(col(JobRow.not_before))).where(col(JobRow.state) == "waiting", col(JobRow.not_before) <= now)
    if names:
        rows = rows.where(col(JobRow.name).in_(names))
    return session.exec(rows).one()


def next_due(session: Session, names: tuple[str, ...]) -> datetime | None:
    """Returns the due time, past or future, of the next job with one of these names; None when none waits."""
    return cast("datetime | None", execute_core(session, _NEXT_DUE, {"names": names}).scalar())


def counts(session: Session) -> tuple[tuple[str, str, int], ...]:
    """Returns (name, state, number) of all stored jobs, by name and state."""
    rows = select(col(JobRow.name), col(JobRow.state), func.count()).group_by(col(JobRow.name), col(JobRow.state))
    return tuple(session.exec(rows.order_by(col(JobRow.name), col(JobRow.state))).all())


def delete_finished(session: Session, before: datetime, limit: int | None = None) -> int:
    """Deletes jobs done before this time. Until then, a done job's key still refuses a second job."""
    return delete_some(session, JobRow, col(JobRow.state) == "done", col(JobRow.finished_at) < before, limit=limit)
