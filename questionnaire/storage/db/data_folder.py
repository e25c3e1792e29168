"""The data folder: it is there and takes files, nobody else reads what is in it, and one `run` at a time has it."""

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
# The folder beside an SQLite file in which its workers are woken (signals.py).
WORKERS = ".workers"
# Names of files that are ours, in a folder that may hold others.
_OURS = ("*.sqlite", "*.sqlite-*", "*.sqlite3", "*.sqlite3-*", "*.workers", "*.lock", "demo-secret-key")


class FolderTaken(Exception):
    """Another `questionnaire run` uses this folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(f"another `questionnaire run` uses the data folder {folder}")


def make_folder(folder: Path) -> None:
    """Makes the folder if need be. OSError when it cannot be made, is a file, or takes no files."""
    folder.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    trial = folder / f".trial.{os.getpid()}.lock"
    try:
        # A full disk often still makes empty files.
        trial.write_bytes(bytes(4096))
    finally:
        with contextlib.suppress(OSError):
            trial.unlink()


@contextmanager
def claim(folder: Path, purpose: str = "") -> Iterator[None]:
    """Holds the folder while the block runs; FolderTaken when somebody has it. The dead hold nothing.

    The demo and a production may share a folder, as they share no file: each has a `purpose` of its own.
    """
    with (folder / (f"{purpose}.{RUN_LOCK}" if purpose else RUN_LOCK)).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise FolderTaken(folder) from error
        yield


def close_to_others(folder: Path, database: Path | None) -> None:
    """Takes from others what they may do with our files, and with the folder when it holds ours alone.

    `database` is the SQLite file, which may lie elsewhere; SQLite makes the files beside it with the mode it has.
    """
    files = {path for pattern in _OURS for path in folder.glob(pattern)}
    if database is not None:
        files |= {database, *database.parent.glob(f"{database.name}-*"), *database.parent.glob(f"{database.name}.*")}
    for path in files:
        _restrict(path, stat.S_ISREG, FILE_MODE)
        if path.suffix == WORKERS:
            _restrict(path, stat.S_ISDIR, FOLDER_MODE)
            for inside in path.glob("*"):
                _restrict(inside, lambda mode: stat.S_ISREG(mode) or stat.S_ISFIFO(mode), FILE_MODE)
    # Somebody may have named a folder that others need, such as /var/lib.
    if all(entry in files for entry in folder.iterdir()):
        _restrict(folder, stat.S_ISDIR, FOLDER_MODE)


def _restrict(path: Path, is_kind: Callable[[int], bool], mode: int) -> None:
    with contextlib.suppress(OSError):
        found = path.lstat()
        if is_kind(found.st_mode) and found.st_uid == os.geteuid():
            path.chmod(stat.S_IMODE(found.st_mode) & mode)
