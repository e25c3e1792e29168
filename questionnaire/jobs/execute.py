"""Doing one job, once, and writing down how it went."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import timedelta

import structlog

from questionnaire.actions.delivery.job_errors import JobFailed, JobPostponed
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.delivery.retry import next_attempt
from questionnaire.documents.renderer import PaperUnavailable
from questionnaire.jobs.registry import JobType
from questionnaire.storage import Session
from questionnaire.storage.db.errors import DatabaseUnavailable
from questionnaire.storage.delivery import job_queue
from questionnaire.storage.tables import JobRow

# What is missing is not the job's fault: it waits for it without losing an attempt.
UNFIT = (PaperUnavailable, DatabaseUnavailable)
UNFIT_WAIT = timedelta(seconds=30)
_log = structlog.get_logger("questionnaire.jobs")


def perform(toolbox: Toolbox, steps: Mapping[str, JobType], key: str, turn: int, claims: int | None = None) -> None:
    """Runs the verb if this turn of the job, and this claim of it if named, still counts.

    Errors are written down, not raised. So is nothing of a worker that comes late: the job is another one's by then.
    """
    job = _current(toolbox, key, turn, claims)
    if job is None:
        return
    mine = job.claims
    try:
        steps[job.name].do(toolbox, job.args, f"{key}#{turn}")
    except (*UNFIT, JobPostponed) as error:
        said, later = f"{type(error).__name__}: {error}", toolbox.now() + UNFIT_WAIT
        shown = said
        if isinstance(error, JobPostponed):
            # Its text may hold what a person wrote: it stays in the database.
            shown, later = type(error).__name__, error.not_before
        _log.warning("job_put_off", name=job.name, key=key, error=shown)
        written(toolbox, lambda session: job_queue.postpone(session, key, turn, said, later, mine))
    except Exception as error:  # noqa: BLE001 (whatever a verb raises is the job's failure, not the worker's)
        failed(toolbox, job.name, key, turn, job.attempt, error, mine)
    else:
        written(toolbox, lambda session: job_queue.finish(session, key, turn, toolbox.now(), mine))


def _current(toolbox: Toolbox, key: str, turn: int, claims: int | None) -> JobRow | None:
    while True:
        try:
            with toolbox.database.reading() as session:
                return job_queue.current(session, key, turn, claims)
        except DatabaseUnavailable:
            time.sleep(1)


def failed(
    toolbox: Toolbox,
    name: str,
    key: str,
    turn: int,
    attempt: int,
    error: BaseException | str,
    claims: int | None = None,
) -> None:
    """Notes a failure: another attempt later, or the end of them."""
    now = toolbox.now()
    known = error if isinstance(error, JobFailed) else None
    due = next_attempt(attempt + 1, now, known.jitter if known else 0.0)
    if known is not None and not known.retryable:
        due = None
    said = error if isinstance(error, str) else f"{type(error).__name__}: {error}"
    told = _log.warning if due else _log.error
    # The text of an exception may hold what a person wrote: it stays in the database.
    told("job_failed" if due else "job_dead", name=name, key=key, attempt=attempt + 1, error=said.partition(":")[0])
    written(toolbox, lambda session: job_queue.fail(session, key, turn, said, due, now, claims))


def written(toolbox: Toolbox, write: Callable[[Session], object]) -> None:
    """Writes, however long the database is away: what was done must be known, and nothing else can be done meanwhile.

    The thread ends with its process at the latest; then the job is handed back.
    """
    while True:
        try:
            with toolbox.database.writing() as session:
                write(session)
            return
        except DatabaseUnavailable:
            time.sleep(1)
