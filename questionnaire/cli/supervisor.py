"""Supervisor of the child processes: starts them, restarts one that ends, stops all of them together."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from types import FrameType

import structlog

from questionnaire import processes
from questionnaire.cli.terminal import CANNOT_START, DONE, PROBLEMS

# All processes have ended ten seconds after a stop signal; the children's own limits are shorter.
STOP_SECONDS = 9.0
POLL_SECONDS = 0.1
MAX_RESTART_PAUSE = 10.0
# A child that has run this long did not fail at its start.
STEADY_SECONDS = 60.0
# A child that fails within this many seconds of its start, this many times in a row, is not restarted.
FAILED_START_SECONDS = 10.0
MOST_STARTS = 5
GROUP_SECONDS = 2.0
_log = structlog.get_logger("questionnaire.run")


@dataclass(slots=True)
class Child:
    """A supervised process, which calls `target`. One that `ends` is not restarted, whatever its exit status.

    `started_at` and `restart_at` are monotonic seconds. `exits` counts ends without a steady run between them;
    `failures` counts those of them with an error status right after the start.
    """

    name: str
    target: Callable[[], int]
    ends: bool = False
    process: BaseProcess | None = None
    started_at: float = 0.0
    restart_at: float = 0.0
    exits: int = 0
    failures: int = 0


class ProcessGroup:
    """`start()` starts all children; `watch()` keeps them running until a stop signal.

    Call both on the main thread: a child ends with the thread that started it.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = dict(environment)
        self._children: list[Child] = []
        self._stopping = False

    def add(self, name: str, target: Callable[[], int], *, ends: bool = False) -> None:
        self._children.append(Child(name, target, ends))

    def start(self) -> None:
        for number in processes.STOP_SIGNALS:
            signal.signal(number, self._stop)
        for child in self._children:
            self._spawn(child)

    def watch(self) -> int:
        """Returns DONE after a stop signal, PROBLEMS when a child cannot be started.

        A child that ends is restarted, each time after a slightly longer pause.
        """
        status = DONE
        while not self._stopping and status == DONE:
            for child in tuple(self._children):
                if child.process is not None and _has_ended(child.process):
                    status = status or self._handle_exit(child)
                elif child.process is None and time.monotonic() >= child.restart_at:
                    self._spawn(child)
            time.sleep(POLL_SECONDS)
        self.close()
        return status

    def close(self) -> None:
        """Sends SIGTERM to all children, and kills those that still run after nine seconds."""
        processes = [child.process for child in self._children if child.process is not None]
        for process in processes:
            if not _has_ended(process) and process.pid is not None:
                os.kill(process.pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while time.monotonic() < deadline and not all(map(_has_ended, processes)):
            time.sleep(0.02)
        for process in processes:
            _end_group(process)

    def _spawn(self, child: Child) -> None:
        child.started_at = time.monotonic()
        child.process = processes.start(child.name, child.target, self._environment)

    def _handle_exit(self, child: Child) -> int:
        """Handles the end of a child. Returns PROBLEMS when a restart would not help."""
        assert child.process is not None
        # The children of the old process end first: two generations must not serve side by side.
        code = _end_group(child.process)
        run_seconds = time.monotonic() - child.started_at
        child.process = None
        if child.ends:
            self._children.remove(child)
            return DONE
        child.exits = 1 if run_seconds > STEADY_SECONDS else child.exits + 1
        child.failures = child.failures + 1 if code > 0 and run_seconds < FAILED_START_SECONDS else 0
        if code == CANNOT_START or child.failures >= MOST_STARTS:
            detail = "" if code == CANNOT_START else f" {MOST_STARTS} times right after its start (exit status {code})"
            print(f"The {child.name} process ended{detail}; the reason is above. Everything stops.", file=sys.stderr)
            return PROBLEMS
        pause = min(MAX_RESTART_PAUSE, 0.5 * child.exits)
        _log.warning("process_ended", process=child.name, status=code, again_in_seconds=pause)
        child.restart_at = time.monotonic() + pause
        return DONE

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True


def _has_ended(process: BaseProcess) -> bool:
    """Whether the process has ended, without reaping it.

    Until it is reaped, its pid and its process group id cannot be reused.
    """
    with contextlib.suppress(ChildProcessError):
        return os.waitid(os.P_PID, process.pid or 0, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    return True


def _is_reaped(process: BaseProcess) -> bool:
    """Whether the process is gone for the system too. The start of a sibling reaps one that has ended."""
    with contextlib.suppress(ChildProcessError):
        os.waitid(os.P_PID, process.pid or 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        return False
    return True


def _end_group(process: BaseProcess) -> int:
    """Kills the rest of a child's process group, waits for it and returns the child's exit status."""
    group = process.pid or 0
    if not _is_reaped(process):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)
    process.join()
    deadline = time.monotonic() + GROUP_SECONDS
    with contextlib.suppress(ProcessLookupError, PermissionError):
        while time.monotonic() < deadline:
            os.killpg(group, 0)
            time.sleep(0.01)
    return process.exitcode or 0
