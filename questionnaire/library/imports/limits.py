"""The limits of a child process that reads a file which anyone may have made."""

from __future__ import annotations

import resource
import sys
from typing import Any

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 20
MAX_ANSWER_BYTES = 40_000_000
RECURSION = 3000


def set_limits() -> None:
    """From here on: little memory and CPU time, no files written, no process started."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.setrecursionlimit(RECURSION)
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "urllib.")):
        raise PermissionError(f"an import may not {event}")
    if event == "open" and arguments[1] is not None and any(letter in str(arguments[1]) for letter in "wax+"):
        raise PermissionError("an import may not write files")
