"""The database: engines and connections, and sessions of one transaction each.

    with database.writing() as session: …      commits at the end, rolls back on any exception
    with database.reading() as session: …      the database itself refuses to write in it

SQLite (the default): WAL, every commit is on disk before it is acknowledged, BEGIN IMMEDIATE for writers, one writer at
a time in the process. PostgreSQL: READ COMMITTED and row locks.
"""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from questionnaire.storage.db.errors import LOCKED, busy_reason, database_errors
from questionnaire.storage.db.job_signals import is_announced, signal_workers
from questionnaire.storage.db.network_fs import refuse_network_fs
from questionnaire.storage.db.statements import write_last_steps
from questionnaire.storage.db.writer_lock import FairLock, WriterLimit

PATIENCE_SECONDS = 10.0
GRACE_SECONDS = 1.0
BUSY_MILLISECONDS = 1000
# SQLite's busy handler sleeps up to 100 ms at a time, and others overtake it: writers retry here instead.
WRITER_BUSY_MILLISECONDS = 5
POSTGRES_LOCK_TIMEOUT = "10s"


@dataclass(frozen=True, slots=True)
class Database:
    """An open database.

    `url` includes the password. `write_engine` and `read_engine` differ on SQLite only. `limit` keeps writers from
    using every thread of a process; None where nothing else needs threads.
    """

    url: URL
    write_engine: Engine
    read_engine: Engine
    writer_lock: FairLock | None
    limit: WriterLimit | None = None

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @property
    def file(self) -> Path | None:
        return Path(self.url.database) if self.is_sqlite and self.url.database else None

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Opens a transaction that writes. Raises DatabaseUnavailable when it cannot start or commit.

        Nothing is stored then. After the commit, workers are signalled if the transaction enqueued a job
        (job_signals.py).
        """
        with database_errors(), self._writer_turn(), Session(self.write_engine, expire_on_commit=False) as session:
            session.connection()
            yield session
            write_last_steps(session)
            session.commit()
            if self.file is not None and is_announced(session):
                signal_workers(self.file)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Opens a read-only transaction on one consistent snapshot."""
        with database_errors(reading=True), Session(self.read_engine, expire_on_commit=False) as session:
            # Closing detaches the rows with their values; a rollback would expire them.
            yield session

    def close(self) -> None:
        self.write_engine.dispose()
        self.read_engine.dispose()

    @contextmanager
    def _writer_turn(self) -> Iterator[None]:
        """Takes a place in the writer limit, then the writer lock."""
        with (
            self.limit.place() if self.limit else nullcontext(),
            self.writer_lock.turn() if self.writer_lock else nullcontext(),
        ):
            yield


def open_database(url: str, *, readers: int = 16, writers: int | None = None) -> Database:
    """Opens `sqlite:///path` or `postgresql://…` without migrating it.

    `writers`: number of threads that may write or wait to write. Raises NetworkFileSystemError for an SQLite file on a
    network share, ValueError for another kind of database or one in memory.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        database = _open_sqlite(parsed, readers)
    elif parsed.get_backend_name() in ("postgresql", "postgres"):
        database = _open_postgres(parsed, readers)
    else:
        raise ValueError(f"a {parsed.get_backend_name()} database is not supported: use sqlite:///… or postgresql://…")
    return replace(database, limit=WriterLimit(writers, GRACE_SECONDS)) if writers else database


def _open_sqlite(url: URL, readers: int) -> Database:
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        raise ValueError("SQLite must be a file, as in sqlite:////var/lib/questionnaire/questionnaire.sqlite3")
    file = Path(url.database).absolute()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    refuse_network_fs(file)
    file_url = URL.create("sqlite", database=str(file))
    # Exceptions do not contain parameter values, because they end up in logs.
    options: dict[str, Any] = {"pool_timeout": PATIENCE_SECONDS, "hide_parameters": True}
    write_engine = create_engine(file_url, pool_size=2, max_overflow=2, **options)
    read_engine = create_engine(file_url, pool_size=readers, max_overflow=16, **options)
    for engine, read_only in ((write_engine, False), (read_engine, True)):
        event.listen(engine, "connect", _prepare_sqlite(read_only))
        event.listen(engine, "begin", _begin_deferred if read_only else _begin_immediate)
    return Database(file_url, write_engine, read_engine, FairLock(PATIENCE_SECONDS))


def _prepare_sqlite(read_only: bool) -> Callable[[sqlite3.Connection, Any], None]:
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        # Turns off the driver's own transactions; _begin_… starts them instead.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        connection.execute("PRAGMA journal_mode = WAL")
        # NORMAL survives a killed process, not a power cut.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        if read_only:
            connection.execute("PRAGMA query_only = ON")
        else:
            connection.execute(f"PRAGMA busy_timeout = {min(BUSY_MILLISECONDS, WRITER_BUSY_MILLISECONDS)}")

    return prepare


def _begin_deferred(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN DEFERRED")


def _begin_immediate(connection: Connection) -> None:
    """Takes the write lock at the start of the transaction.

    A transaction that upgrades from reading to writing fails half of the time.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            return
        except OperationalError as error:
            if busy_reason(error) != LOCKED or time.monotonic() > deadline:
                raise
            time.sleep(random.uniform(0.0005, 0.004))  # noqa: S311 (other processes: do not come back in step)


def _open_postgres(url: URL, readers: int) -> Database:
    options: dict[str, Any] = {
        "pool_size": readers,
        "max_overflow": 16,
        "pool_timeout": PATIENCE_SECONDS,
        "pool_pre_ping": True,
        "hide_parameters": True,
        "connect_args": {
            "application_name": "questionnaire",
            "connect_timeout": 10,
            "options": f"-c timezone=UTC -c lock_timeout={POSTGRES_LOCK_TIMEOUT}",
        },
    }
    driver_url = url.set(drivername="postgresql+psycopg")
    write_engine = create_engine(driver_url, isolation_level="READ COMMITTED", **options)
    # A snapshot, on which the server refuses writes.
    read_engine = write_engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return Database(driver_url, write_engine, read_engine, None)
