"""Child processes that end with their parent, however it ends: `kill -9` of a process leaves no orphans.

    python -m questionnaire.processes PARENT MODULE [ARGUMENT …]

runs a module as a child of the process PARENT. On Linux the kernel kills the child (PR_SET_PDEATHSIG) as soon as the
*thread* that started it ends: start children on threads that live as long as their process. On other systems a thread
of the child polls for its parent. The child sets this up itself, before anything else: code between fork and exec is
not safe in a program with threads.
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
POLL_SECONDS = 0.2
ORPHANED = 1
"""Exit status of a child whose parent is gone."""


def command(module: str, *arguments: str) -> list[str]:
    """Returns the command that runs `python -m module` as a child of this process that ends with it."""
    return [sys.executable, "-m", __name__, str(os.getpid()), module, *arguments]


def end_with_parent(parent: int) -> None:
    """Makes this process end when the process `parent` ends; at once when it has already ended."""
    if not _set_death_signal():
        threading.Thread(target=_poll_parent, args=(parent,), name="parent", daemon=True).start()
    if os.getppid() != parent:
        # The parent ended before prctl was called.
        os._exit(ORPHANED)


def end_with_spawner() -> None:
    """Does the same for a multiprocessing child: where it spawns instead of forking, nothing is inherited."""
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None and parent.pid is not None:
        end_with_parent(parent.pid)


def _set_death_signal() -> bool:
    if not sys.platform.startswith("linux"):
        return False
    return bool(ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0) == 0)


def _poll_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(POLL_SECONDS)
    os._exit(ORPHANED)


def _end_forks_with_this_process() -> None:
    """Sets the death signal again in forks, which do not inherit it: the web server forks its workers."""
    own_pid = os.getpid()

    def after_fork() -> None:
        nonlocal own_pid
        parent, own_pid = own_pid, os.getpid()
        end_with_parent(parent)

    os.register_at_fork(after_in_child=after_fork)


def main() -> None:
    parent, module, *arguments = sys.argv[1:]
    end_with_parent(int(parent))
    _end_forks_with_this_process()
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
