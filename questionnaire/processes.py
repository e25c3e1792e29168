"""Children that end with their parent, however it ended: `kill -9` of any process leaves none of its children behind.

    python -m questionnaire.processes PARENT MODULE [ARGUMENT …]

runs a module as a child of the process PARENT. On Linux the kernel kills the child (PR_SET_PDEATHSIG) as soon as the
*thread* that started it ends: children are started from threads that live as long as their process. Elsewhere a thread
of the child looks for its parent. The child sets this itself and first thing: code between fork and exec is not safe in
a program with threads.
"""

from __future__ import annotations

import ctypes
import os
import runpy
import signal
import sys
import threading
import time

PR_SET_PDEATHSIG = 1
LOOK_SECONDS = 0.2
ORPHANED = 1
"""Exit status of a child whose parent is gone."""


def command(module: str, *arguments: str) -> list[str]:
    """What starts `python -m module` as a child of this process that ends with it."""
    return [sys.executable, "-m", __name__, str(os.getpid()), module, *arguments]


def end_with_parent(parent: int) -> None:
    """From here on this process ends when the process `parent` does; at once when that is gone already."""
    if not _kernel_ends_it():
        threading.Thread(target=_look_for, args=(parent,), name="parent", daemon=True).start()
    if os.getppid() != parent:
        # It ended before the kernel was asked.
        os._exit(ORPHANED)


def end_with_spawner() -> None:
    """The same for a process that multiprocessing made: where it spawns instead of forking, nothing was inherited."""
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None and parent.pid is not None:
        end_with_parent(parent.pid)


def _kernel_ends_it() -> bool:
    if not sys.platform.startswith("linux"):
        return False
    return bool(ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0) == 0)


def _look_for(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    os._exit(ORPHANED)


def _end_forks_with_this_process() -> None:
    """A fork does not inherit the wish: web workers are forked by the process that listens."""
    mine = os.getpid()

    def forked() -> None:
        nonlocal mine
        parent, mine = mine, os.getpid()
        end_with_parent(parent)

    os.register_at_fork(after_in_child=forked)


def main() -> None:
    parent, module, *arguments = sys.argv[1:]
    end_with_parent(int(parent))
    _end_forks_with_this_process()
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
