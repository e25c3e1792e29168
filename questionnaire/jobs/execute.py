"""Running one claimed job, and recording its result."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import timedelta

import structlog

from questionnaire.actions.delivery.job_errors import JobFailed, JobPostponed
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.delivery.retry import next_attempt
from questionnaire.documents.renderer import RendererUnavailable
from questionnaire.jobs.registry import JobType
from questionnaire.storage import Session
from questionnaire.storage.db.errors import DatabaseUnavailable
from questionnaire.storage.delivery import job_queue
from questionnaire.storage.tables import JobRow

# Errors of the machine, not of the job: the job waits without losing an attempt.
UNAVAILABLE = (RendererUnavailable, DatabaseUnavailable)
UNAVAILABLE_WAIT = timedelta(seconds=30)
_log = structlog.get_logger("questionnaire.jobs")


def perform(toolbox: Toolbox, job_types: Mapping[str, JobType], key: str, turn: int, claims: int | None = None) -> None:
    """Runs the action of a job if this turn, and this claim if given, is still current.

    Errors are recorded, not raised. A worker that comes too late changes nothing: its job belongs to another worker.
    """
    job = _current(toolbox, key, turn, claims)
    if job is None:
        return
    own_claims = job.claims
    try:
        job_types[job.name].do(toolbox, job.args, f"{key}#{turn}")
    except (*UNAVAILABLE, JobPostponed) as error:
        message, retry_at = f"{type(error).__name__}: {error}", toolbox.now() + UNAVAILABLE_WAIT
        logged = message
        if isinstance(error, JobPostponed):
            # The message may contain what a person typed: it stays in the database.
            logged, retry_at = type(error).__name__, error.not_before
        _log.warning("job_put_off", name=job.name, key=key, error=logged)
        write_until_done(toolbox, lambda session: job_queue.postpone(session, key, turn, message, retry_at, own_claims))
    except Exception as error:  # noqa: BLE001 (whatever a verb raises is the job's failure, not the worker's)
        record_failure(toolbox, job.name, key, turn, job.attempt, error, own_claims)
    else:
        write_until_done(toolbox, lambda session: job_queue.finish(session, key, turn, toolbox.now(), own_claims))


def _current(toolbox: Toolbox, key: str, turn: int, claims: int | None) -> JobRow | None:
    while True:
        try:
            with toolbox.database.reading() as session:
                return job_queue.current(session, key, turn, claims)
        except DatabaseUnavailable:
            time.sleep(1)


def record_failure(
    toolbox: Toolbox,
    name: str,
    key: str,
    turn: int,
    attempt: int,
    error: BaseException | str,
    claims: int | None = None,
) -> None:
    """Records a failure: schedules another attempt, or ends the job."""
    now = toolbox.now()
    known = error if isinstance(error, JobFailed) else None
    retry_at = next_attempt(attempt + 1, now, known.jitter if known else 0.0)
    if known is not None:
        retry_at = max(retry_at, now + known.wait) if retry_at is not None and known.retryable else None
    message = error if isinstance(error, str) else f"{type(error).__name__}: {error}"
    log = _log.warning if retry_at else _log.error
    # The message of an exception may contain what a person typed: it stays in the database.
    log(
        "job_failed" if retry_at else "job_dead",
        name=name,
        key=key,
        attempt=attempt + 1,
        error=message.partition(":")[0],
    )
    write_until_done(toolbox, lambda session: job_queue.fail(session, key, turn, message, retry_at, now, claims))


def write_until_done(toolbox: Toolbox, write: Callable[[Session], object]) -> None:
    """Runs `write` in a transaction, and retries as long as the database is unavailable.

    The result of the job must be recorded, and this thread has nothing else to do. It ends with its process at the
    latest; then the job is handed back.
    """
    while True:
        try:
            with toolbox.database.writing() as session:
                write(session)
            return
        except DatabaseUnavailable:
            time.sleep(1)
