"""Readiness check of the database, for /health/ready, which answers only yes or no."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta

from questionnaire.storage.db.engine import Database
from questionnaire.storage.db.errors import DatabaseUnavailable
from questionnaire.storage.delivery import job_queue
from questionnaire.storage.people import settings_store
from questionnaire.storage.schema.migrations import HEAD
from questionnaire.storage.schema.versions import level

LEAST_FREE_BYTES = 200 * 1024 * 1024
OLDEST_JOB = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Health:
    """`problems` are words for the log: level, write, disk, jobs. If only jobs are late, the product is ready."""

    problems: tuple[str, ...]

    @property
    def ready(self) -> bool:
        return not set(self.problems) - {"jobs"}


def probe(database: Database, now: datetime) -> Health:
    """Writes a row, rolls it back and checks jobs and disk. Never raises for a busy, full or unreachable database.

    The request is a GET, which must have no effect: the row is never committed.
    """
    problems: list[str] = []
    try:
        if level(database) != HEAD:
            return Health(("level",))
        with database.writing() as session:
            settings_store.keep(session, "health", {}, now)
            oldest = job_queue.oldest_due_at(session, now)
            session.rollback()
    except DatabaseUnavailable:
        return Health(("write",))
    if oldest is not None and now - oldest > OLDEST_JOB:
        problems.append("jobs")
    if database.file is not None and shutil.disk_usage(database.file.parent).free < LEAST_FREE_BYTES:
        problems.append("disk")
    return Health(tuple(problems))
