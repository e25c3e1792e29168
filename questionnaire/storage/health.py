"""Is the database fit to take answers? For /health/ready, which tells strangers yes or no and nothing else."""

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
    """`problems` are words for the log: level, write, disk, jobs. Ready to take answers when only jobs are late."""

    problems: tuple[str, ...]

    @property
    def ready(self) -> bool:
        return not set(self.problems) - {"jobs"}


def probe(database: Database, now: datetime) -> Health:
    """Writes a row, takes it back and looks round; never raises for a database that is busy, full or away.

    Whoever asks does so with a GET, which must leave no trace: the row is never committed.
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
