"""Signals to workers that a job was committed, so that they need not poll the database all the time.

PostgreSQL: NOTIFY in the job's transaction, which the server delivers at commit. SQLite: after the commit, one byte
into the named pipe of each worker. A signal may get lost, so that workers also poll every two seconds.
"""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import text
from sqlmodel import Session

from questionnaire.storage.db.statements import execute_core, is_postgres

CHANNEL = "questionnaire_job"
_ANNOUNCED = "a job was enqueued"
_NOTIFY = text(f"NOTIFY {CHANNEL}")


def announce(session: Session) -> None:
    """Signals the workers once this transaction is committed."""
    if _ANNOUNCED in session.info:
        return
    session.info[_ANNOUNCED] = True
    if is_postgres(session):
        execute_core(session, _NOTIFY)


def is_announced(session: Session) -> bool:
    return _ANNOUNCED in session.info


def pipe_folder(database_file: Path) -> Path:
    """Returns the folder of the named pipes of the workers on this SQLite file."""
    return database_file.with_name(f"{database_file.name}.workers")


def pipe_path(database_file: Path, worker: str) -> Path:
    return pipe_folder(database_file) / f"{quote(worker, safe='')}.pipe"


def signal_workers(database_file: Path) -> None:
    """Sends one byte to each worker of this SQLite file. Never blocks and never fails.

    The pipe of a dead worker has no reader (ENXIO); a full pipe is signal enough (EAGAIN).
    """
    with contextlib.suppress(OSError), os.scandir(pipe_folder(database_file)) as entries:
        for entry in entries:
            if entry.name.endswith(".pipe"):
                with contextlib.suppress(OSError):
                    _write(entry.path)


def _write(path: str) -> None:
    pipe = os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        if stat.S_ISFIFO(os.fstat(pipe).st_mode):
            os.write(pipe, b"j")
    finally:
        os.close(pipe)
