"""Waits for jobs: a worker locks its name and sleeps here until a job is committed.

Two processes with one name would each take over the running jobs of the other. A name is therefore locked, by a lock
that ends with its process: a locked file next to an SQLite file, an advisory lock on PostgreSQL. The connection with
the advisory lock also listens for NOTIFY. After a restart of the server, both are set up again.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TextIO

from sqlalchemy.exc import SQLAlchemyError

from questionnaire.storage.db.engine import Database
from questionnaire.storage.db.errors import UNREACHABLE, DatabaseUnavailable
from questionnaire.storage.db.job_signals import CHANNEL, pipe_path

_READ_BYTES = 4096
# After a worker dies, PostgreSQL holds its name until it notices the lost connection.
LEAVING_SECONDS = 5.0


class AlreadyRunning(Exception):
    """Another process works under this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"a worker named {name} is running already")


class Listener(Protocol):
    def wait(self, seconds: float) -> None:
        """Returns when a job was committed, when `wake` was called, or after so many seconds."""
        ...

    def wake(self) -> None:
        """Ends a `wait`, the running one or the next; from any thread."""
        ...


@contextmanager
def listening(database: Database, name: str) -> Iterator[Listener]:
    """Locks the name while the block runs.

    Raises AlreadyRunning when another process has the name and does not release it within LEAVING_SECONDS,
    DatabaseUnavailable when PostgreSQL cannot be reached.
    """
    if database.file is None:
        listener = PostgresListener(database, name)
        try:
            _retry(listener.connect)
            yield listener
        finally:
            listener.close()
        return
    path = pipe_path(database.file, name)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with path.with_suffix(".lock").open("w") as file:
        _retry(partial(_lock, file, name))
        pipe = PipeListener(*_named_pipe(path))
        try:
            yield pipe
        finally:
            pipe.close()
            path.unlink(missing_ok=True)


def _lock(file: TextIO, name: str) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise AlreadyRunning(name) from error


def _retry(acquire: Callable[[], None]) -> None:
    """Takes a name, and retries while a stopping process may still release it."""
    deadline = time.monotonic() + LEAVING_SECONDS
    while True:
        try:
            return acquire()
        except AlreadyRunning:
            if time.monotonic() >= deadline:
                raise
            time.sleep(0.1)


def _named_pipe(path: Path) -> tuple[int, int]:
    """Returns both ends of a worker's named pipe.

    On a disk without named pipes, returns an unnamed pipe, which no other process can signal.
    """
    try:
        with contextlib.suppress(FileExistsError):
            os.mkfifo(path, 0o600)
        # The process also opens the writing end, so that the pipe never reports end of file.
        reading = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        return reading, os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return _unnamed_pipe()


def _unnamed_pipe() -> tuple[int, int]:
    reading, writing = os.pipe()
    for end in (reading, writing):
        os.set_blocking(end, False)
    return reading, writing


class PipeListener:
    """Waits for bytes in a pipe. `reading` and `writing` are its non-blocking ends; `close` closes them."""

    def __init__(self, reading: int, writing: int) -> None:
        self._reading, self._writing = reading, writing
        # Threads may call `wake` during `close`, when the descriptor numbers may already belong to other files.
        self._open, self._guard = True, threading.Lock()

    def wake(self) -> None:
        with self._guard, contextlib.suppress(BlockingIOError):
            if self._open:
                os.write(self._writing, b"w")

    def wait(self, seconds: float) -> None:
        self._wait_for((), seconds)

    def _wait_for(self, others: tuple[int, ...], seconds: float) -> list[int]:
        """Returns those of the descriptors that are readable, and empties the pipe."""
        ready, _, _ = select.select([self._reading, *others], [], [], max(0.0, seconds))
        if self._reading in ready:
            with contextlib.suppress(BlockingIOError):
                while len(os.read(self._reading, _READ_BYTES)) == _READ_BYTES:
                    continue
        return ready

    def close(self) -> None:
        with self._guard:
            self._open = False
            os.close(self._reading)
            os.close(self._writing)


class PostgresListener(PipeListener):
    """LISTEN and the advisory lock of the name, on one connection outside the pool."""

    def __init__(self, database: Database, name: str) -> None:
        super().__init__(*_unnamed_pipe())
        self._engine, self._name = database.write_engine, name
        self._connection: Any = None

    def connect(self) -> None:
        """Connects, listens and locks the name.

        Raises AlreadyRunning when another process has the name, DatabaseUnavailable when the server cannot be reached.
        """
        try:
            pooled: Any = self._engine.raw_connection()
            connection = pooled.driver_connection
            # The connection leaves the pool: the lock lives as long as the connection.
            pooled.detach()
        except (SQLAlchemyError, self._error) as error:
            raise DatabaseUnavailable(UNREACHABLE) from error
        try:
            connection.autocommit = True
            connection.execute(f"LISTEN {CHANNEL}")
            lock_query = "SELECT pg_try_advisory_lock(hashtext(%s))"
            is_locked = connection.execute(lock_query, (f"questionnaire worker {self._name}",)).fetchone()[0]
        except self._error as error:
            connection.close()
            raise DatabaseUnavailable(UNREACHABLE) from error
        if not is_locked:
            connection.close()
            raise AlreadyRunning(self._name)
        self._connection = connection

    def wait(self, seconds: float) -> None:
        """Also raises AlreadyRunning: after a restart of the server, another process may have taken the name."""
        if self._connection is None:
            with contextlib.suppress(DatabaseUnavailable):
                self.connect()
                # Jobs may have been announced while the connection was down.
                return
        descriptor = None if self._connection is None else self._connection.fileno()
        ready = self._wait_for(() if descriptor is None else (descriptor,), seconds)
        if descriptor in ready:
            self._receive()

    def _receive(self) -> None:
        try:
            for _ in self._connection.notifies(timeout=0):
                continue
        except self._error:
            self._disconnect()

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(self._error):
                connection.close()

    def close(self) -> None:
        self._disconnect()
        super().close()

    @property
    def _error(self) -> type[Exception]:
        """The base class of the driver's exceptions."""
        error_class: type[Exception] = self._engine.dialect.loaded_dbapi.Error
        return error_class
