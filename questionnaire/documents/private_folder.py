"""Private temporary folder of a render process, and the removal of folders whose owner was killed.

The owner locks a file in the folder. The lock ends with the owner's process, however it ends.
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
# Between its creation and its lock, a folder looks abandoned.
YOUNG_SECONDS = 60.0


class PrivateFolder:
    """A temporary folder for this process only; call `remove()` at the end."""

    def __init__(self) -> None:
        while True:
            self.path = tempfile.mkdtemp(prefix=PREFIX)
            self._lock = os.open(Path(self.path) / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._lock, fcntl.LOCK_SH)
            if os.fstat(self._lock).st_nlink:
                return
            # Another process removed the folder as abandoned before it was locked.
            os.close(self._lock)

    def remove(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._lock)


def remove_abandoned() -> int:
    """Removes folders of killed owners from the system's temporary folder. Returns their number."""
    count = 0
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            count += _remove_if_abandoned(folder)
    return count


def _remove_if_abandoned(folder: Path) -> bool:
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
        return False
    try:
        lock = os.open(folder / LOCK, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        if time.time() - status.st_mtime > YOUNG_SECONDS:
            shutil.rmtree(folder)
            return True
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder)
    finally:
        os.close(lock)
    return True
