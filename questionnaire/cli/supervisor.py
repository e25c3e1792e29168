"""Supervisor of the child processes: starts them, restarts one that ends, stops all of them together."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import FrameType

import structlog

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
    """A supervised process.

    `started_at` and `restart_at` are monotonic seconds. `exits` counts ends without a steady run between them;
    `failures` counts those of them with an error status right after the start.
    """

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
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

    def add(self, name: str, command: Sequence[str]) -> None:
        self._children.append(Child(name, list(command)))

    def start(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop)
        for child in self._children:
            self._spawn(child)

    def watch(self) -> int:
        """Returns DONE after a stop signal, PROBLEMS when a child cannot be started.

        A child that ends is restarted, each time after a slightly longer pause.
        """
        status = DONE
        while not self._stopping and status == DONE:
            for child in self._children:
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
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while time.monotonic() < deadline and not all(map(_has_ended, processes)):
            time.sleep(0.02)
        for process in processes:
            _end_group(process)

    def _spawn(self, child: Child) -> None:
        # In a session of its own: Ctrl-C reaches the parent only, which then stops all children in order; and a child's
        # own children are ended with it.
        child.started_at = time.monotonic()
        child.process = subprocess.Popen(  # noqa: S603 (our own program)
            child.command, env=self._environment, start_new_session=True
        )

    def _handle_exit(self, child: Child) -> int:
        """Handles the end of a child. Returns PROBLEMS when a restart would not help."""
        assert child.process is not None
        # The children of the old process end first: two generations must not serve side by side.
        code = _end_group(child.process)
        run_seconds = time.monotonic() - child.started_at
        child.process = None
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


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether the process has ended, without reaping it.

    Until it is reaped, its pid and its process group id cannot be reused.
    """
    if process.returncode is not None:
        return True
    with contextlib.suppress(ChildProcessError):
        return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    return True


def _end_group(process: subprocess.Popen[bytes]) -> int:
    """Kills the rest of a child's process group, waits for it and returns the child's exit status."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    status = process.wait()
    deadline = time.monotonic() + GROUP_SECONDS
    with contextlib.suppress(ProcessLookupError, PermissionError):
        while time.monotonic() < deadline:
            os.killpg(process.pid, 0)
            time.sleep(0.01)
    return status
