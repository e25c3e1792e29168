"""The data folder: created and writable, private to its owner, and locked by one `run` at a time."""

from __future__ import annotations

import contextlib
import fcntl
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDER_MODE, FILE_MODE = 0o700, 0o600
RUN_LOCK = "run.lock"
# Suffix of the folder next to an SQLite file, with the named pipes of its workers (job_signals.py).
WORKERS_SUFFIX = ".workers"
# File names of the product, in a folder that may contain other files.
_PRODUCT_FILES = ("*.sqlite", "*.sqlite-*", "*.sqlite3", "*.sqlite3-*", "*.workers", "*.lock", "demo-secret-key")


class FolderInUse(Exception):
    """Another `questionnaire run` uses this folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(f"another `questionnaire run` uses the data folder {folder}")


def make_folder(folder: Path) -> None:
    """Creates the folder if needed. Raises OSError when it cannot be created, is a file or is not writable."""
    folder.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    trial = folder / f".trial.{os.getpid()}.lock"
    try:
        # Not an empty file: a full disk often still creates those.
        trial.write_bytes(bytes(4096))
    finally:
        with contextlib.suppress(OSError):
            trial.unlink()


@contextmanager
def lock_folder(folder: Path, purpose: str = "") -> Iterator[None]:
    """Locks the folder while the block runs. Raises FolderInUse when another process has the lock.

    The lock ends with its process. The demo and a production may share a folder, because they share no file: each has a
    `purpose` with its own lock.
    """
    with (folder / (f"{purpose}.{RUN_LOCK}" if purpose else RUN_LOCK)).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise FolderInUse(folder) from error
        # A child that outlives this process for a moment must not keep the lock.
        os.register_at_fork(after_in_child=file.close)
        yield


def restrict_permissions(folder: Path, database: Path | None) -> None:
    """Removes other users' permissions on the product's files, and on the folder if it contains no other files.

    `database` is the SQLite file, which may be in another folder. SQLite creates its side files with the mode of the
    database file.
    """
    files = {path for pattern in _PRODUCT_FILES for path in folder.glob(pattern)}
    if database is not None:
        files |= {database, *database.parent.glob(f"{database.name}-*"), *database.parent.glob(f"{database.name}.*")}
    for path in files:
        _restrict(path, stat.S_ISREG, FILE_MODE)
        if path.suffix == WORKERS_SUFFIX:
            _restrict(path, stat.S_ISDIR, FOLDER_MODE)
            for entry_path in path.glob("*"):
                _restrict(entry_path, lambda mode: stat.S_ISREG(mode) or stat.S_ISFIFO(mode), FILE_MODE)
    # An operator may have chosen a folder that other programs need, such as /var/lib.
    if all(entry in files for entry in folder.iterdir()):
        _restrict(folder, stat.S_ISDIR, FOLDER_MODE)


def _restrict(path: Path, is_kind: Callable[[int], bool], mode: int) -> None:
    with contextlib.suppress(OSError):
        status = path.lstat()
        if is_kind(status.st_mode) and status.st_uid == os.geteuid():
            path.chmod(stat.S_IMODE(status.st_mode) & mode)
