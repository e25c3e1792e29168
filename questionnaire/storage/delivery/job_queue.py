"""Jobs, written in the transaction of what caused them: a job exists if and only if its cause was committed.

A worker claims what is due, does it, and writes down how it went. Its word counts only while the job is still the one
it claimed: `turn` is the number of the run, `claims` how often this run was taken up. When a worker dies, what it had
claimed is handed back: the same turn, one claim more. A job that took its worker with it MOST_CLAIMS times is dead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, cast

from sqlalchemy import bindparam, delete, func, text
from sqlmodel import Session, col, select

from questionnaire.storage.db.job_signals import announce
from questionnaire.storage.db.statements import changed, execute_core, insert_values, lock_row
from questionnaire.storage.tables import JobRow
from questionnaire.storage.tables.delivery import JOB_WAS_HANDED_BACK

# How often one run of a job may be taken up before it is called dead.
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
_IN_HAND = select(col(JobRow.key), func.coalesce(col(JobRow.claimed_by), "")).where(col(JobRow.state) == "running")


class JobQueue(Protocol):
    """What verbs may ask: to have something done later."""

    def enqueue(
        self, session: Session, name: str, key: str, args: Mapping[str, Any], not_before: datetime | None = None
    ) -> bool:
        """Writes a job into the session's transaction. `args` is JSON. False when `key` was enqueued before."""
        ...


@dataclass(frozen=True, slots=True)
class JobTable:
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
    """Jobs whose time has come, the longest waiting first; on PostgreSQL locked, past those others hold.

    `handed_back`: only those whose worker died or was stopped (True), or only the others (False).
    """
    rows = select(JobRow).where(
        col(JobRow.state) == "waiting", col(JobRow.not_before) <= now, col(JobRow.name).in_(names)
    )
    if handed_back:
        # Of those, the least suspect first.
        rows = rows.where(_WAS_HANDED_BACK).order_by(col(JobRow.claims))
    elif handed_back is False:
        rows = rows.where(col(JobRow.claims) == 0)
    rows = rows.order_by(col(JobRow.not_before), col(JobRow.key)).limit(limit).with_for_update(skip_locked=True)
    return tuple(session.exec(rows).all())


def claim(session: Session, job: JobRow, worker: str = "") -> None:
    """`worker` does this job, which `due` gave in the same transaction."""
    job.state, job.claimed_by = "running", worker
    job.claims += 1
    session.flush()


def in_hand(session: Session) -> tuple[tuple[str, str], ...]:
    """(key, worker) of the jobs that are being done."""
    return tuple(session.exec(_IN_HAND).all())


def hand_back(session: Session, key: str, worker: str, now: datetime) -> bool:
    """What `worker` was doing waits again, or is dead when it was claimed MOST_CLAIMS times; False when it was done.

    The turn stays, so that the effects of the job keep their names.
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
    """The job, if this turn of it, and this claim if one is named, is the one that counts."""
    row = session.get(JobRow, key)
    return row if row is not None and _counts(row, turn, claims) else None


def _locked_current(session: Session, key: str, turn: int, claims: int | None) -> JobRow | None:
    row = lock_row(session, JobRow, key)
    return row if row is not None and _counts(row, turn, claims) else None


def _counts(row: JobRow, turn: int, claims: int | None) -> bool:
    return row.state == "running" and row.turn == turn and claims in (None, row.claims)


def finish(session: Session, key: str, turn: int, now: datetime, claims: int | None = None) -> bool:
    """Done. False for a late worker, whose turn or claim is over."""
    row = _locked_current(session, key, turn, claims)
    if row is None:
        return False
    row.state, row.finished_at, row.last_error = "done", now, ""
    session.flush()
    return True


def postpone(
    session: Session, key: str, turn: int, error: str, not_before: datetime, claims: int | None = None
) -> bool:
    """It could not even be tried: waits, and no attempt is counted. False for a late worker."""
    row = _locked_current(session, key, turn, claims)
    if row is None:
        return False
    _wait(row, not_before, error)
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
    """It went wrong: waits until `not_before`, or is dead when that is None. False for a late worker."""
    row = _locked_current(session, key, turn, claims)
    if row is None:
        return False
    _wait(row, not_before or row.not_before, error)
    row.attempt += 1
    if not_before is None:
        row.state, row.finished_at = "dead", now
    session.flush()
    return True


def _wait(row: JobRow, not_before: datetime, error: str) -> None:
    """For its next turn."""
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
    """Jobs nobody tries any more, the newest first."""
    rows = select(JobRow).where(col(JobRow.state) == "dead").order_by(col(JobRow.finished_at).desc(), col(JobRow.key))
    return tuple(session.exec(rows.limit(limit)).all())


def count_dead(session: Session) -> int:
    return int(session.execute(select(func.count()).where(col(JobRow.state) == "dead")).scalar_one())


def replay(session: Session, key: str, now: datetime) -> bool:
    """A dead job gets all its attempts again; False when it is not dead."""
    row = lock_row(session, JobRow, key)
    if row is None or row.state != "dead":
        return False
    _wait(row, now, row.last_error)
    row.attempt = 0
    session.flush()
    announce(session)
    return True


def oldest_due_at(session: Session, now: datetime, names: tuple[str, ...] = ()) -> datetime | None:
    """Since when the longest waiting job could have been done, None when none could: the health of the workers."""
    rows = select(func.min(col(JobRow.not_before))).where(col(JobRow.state) == "waiting", col(JobRow.not_before) <= now)
    if names:
        rows = rows.where(col(JobRow.name).in_(names))
    return session.exec(rows).one()


def next_due(session: Session, names: tuple[str, ...]) -> datetime | None:
    """The moment from which the next job with one of these names can be done, past or future; None: none waits."""
    return cast("datetime | None", execute_core(session, _NEXT_DUE, {"names": names}).scalar())


def counts(session: Session) -> tuple[tuple[str, str, int], ...]:
    """(name, state, how many) of all jobs that are kept, in order of name and state."""
    rows = select(col(JobRow.name), col(JobRow.state), func.count()).group_by(col(JobRow.name), col(JobRow.state))
    return tuple(session.exec(rows.order_by(col(JobRow.name), col(JobRow.state))).all())


def delete_finished(session: Session, before: datetime) -> int:
    """Removes what was done before this moment. Until then its key still refuses a second one."""
    return changed(session, delete(JobRow).where(col(JobRow.state) == "done", col(JobRow.finished_at) < before))
