"""Child processes that end with their parent, however it ends: `kill -9` of a process leaves no orphans.

`start` runs a function as a child. On Linux it is forked: what the parent has loaded is loaded once for all, and
a child is there at once. So the parent must have no threads and never open a database. A child sets itself up before
anything else: on Linux the kernel kills it (PR_SET_PDEATHSIG) as soon as the *thread* that started it ends: start it on
a thread that lives as long as its process. On other systems a thread of the child polls for its parent.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from multiprocessing.process import BaseProcess

from setproctitle import getproctitle, setproctitle

PR_SET_PDEATHSIG = 1
POLL_SECONDS = 0.2
ORPHANED = 1
"""Exit status of a child whose parent is gone."""
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
# glibc keeps one heap per thread that ever allocated, and returns little of it to the system.
M_ARENA_MAX, ARENAS = -8, 2
_IS_LINUX = sys.platform.startswith("linux")
# Finds where the title is written, which it cannot once the environment has changed.
getproctitle()
_METHOD = "fork" if _IS_LINUX else "spawn"


def start(name: str, target: Callable[[], int], environment: Mapping[str, str]) -> BaseProcess:
    """Starts a function of a module as a child with this environment. `name` is shown by `ps`, after the product's.

    The child has a session of its own: Ctrl-C reaches the parent only, which then stops its children in order.
    """
    # Objects loaded so far stay: garbage collection would write to the memory that the children share.
    gc.freeze()
    process: BaseProcess = multiprocessing.get_context(_METHOD).Process(  # type: ignore[attr-defined]  # typed for literal names only
        target=_enter, args=(name, target, dict(environment), os.getpid())
    )
    # A signal that came between fork and `_enter` would run the parent's handler in the child, and be lost.
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
    return process


def _enter(name: str, target: Callable[[], int], environment: Mapping[str, str], parent: int) -> None:
    os.setsid()
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
    end_with_parent(parent)
    _end_forks_with_this_process()
    setproctitle(f"questionnaire {name}")
    os.environ.clear()
    os.environ.update(environment)
    if _IS_LINUX and "MALLOC_ARENA_MAX" not in environment:
        # Not every C library of Linux has it.
        with contextlib.suppress(AttributeError):
            ctypes.CDLL(None).mallopt(M_ARENA_MAX, ARENAS)
    sys.exit(target())


def end_with_parent(parent: int) -> None:
    """Makes this process end when the process `parent` ends; at once when it has already ended."""
    if not _set_death_signal():
        threading.Thread(target=_poll_parent, args=(parent,), name="parent", daemon=True).start()
    if os.getppid() != parent:
        # The parent ended before prctl was called.
        os._exit(ORPHANED)


def end_with_spawner() -> None:
    """Does the same for a multiprocessing child: where it spawns instead of forking, nothing is inherited."""
    parent = multiprocessing.parent_process()
    if parent is not None and parent.pid is not None:
        end_with_parent(parent.pid)


def _set_death_signal() -> bool:
    if not _IS_LINUX:
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
