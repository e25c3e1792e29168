"""The private folder of a render process, and the removal of those whose owners were killed.

The owner holds a lock on a file in it, which nobody holds any more once the owner is dead, wherever it ran.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import stat
import tempfile
import time
from pathlib import Path

PREFIX = "questionnaire-paper-"
LOCK = "owner.lock"
# Between its making and its lock a folder looks abandoned.
YOUNG_SECONDS = 60.0


class PrivateFolder:
    """A folder for this process alone; `remove()` when it is no longer needed."""

    def __init__(self) -> None:
        while True:
            self.path = tempfile.mkdtemp(prefix=PREFIX)
            self._lock = os.open(Path(self.path) / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._lock, fcntl.LOCK_SH)
            if os.fstat(self._lock).st_nlink:
                return
            # Somebody took it for abandoned before it was locked.
            os.close(self._lock)

    def remove(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._lock)


def remove_abandoned() -> int:
    """Removes what killed owners left in the system's temporary folder; how many that were."""
    gone = 0
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            gone += _remove_if_abandoned(folder)
    return gone


def _remove_if_abandoned(folder: Path) -> bool:
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        return False
    try:
        lock = os.open(folder / LOCK, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        if time.time() - found.st_mtime > YOUNG_SECONDS:
            shutil.rmtree(folder)
            return True
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder)
    finally:
        os.close(lock)
    return True
