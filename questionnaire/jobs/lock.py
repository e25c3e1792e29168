"""One process per worker name, for two would each take up what the other is doing. The dead hold no lock."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from questionnaire.storage.engine import Database

# A killed worker's name may be held for a moment more: by its last breath, or by PostgreSQL that has not noticed yet.
LEAVING_SECONDS = 5.0


class AlreadyRunning(Exception):
    """Another process works under this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"a worker named {name} is running already; give this one another name with --name")


@contextmanager
def only_one(database: Database, name: str) -> Iterator[None]:
    """Holds the name while the block runs; AlreadyRunning when somebody has it."""
    if database.file is not None:
        with database.file.with_name(f"{database.file.name}.{name}.lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise AlreadyRunning(name) from error
            yield
        return
    with database.write_engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        asked = text("SELECT pg_try_advisory_lock(hashtext(:name))")
        if not connection.execute(asked, {"name": f"questionnaire worker {name}"}).scalar():
            raise AlreadyRunning(name)
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock_all()"))
