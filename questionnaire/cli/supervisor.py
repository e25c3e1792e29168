"""Processes that live and die together: started with one command, restarted when one falls over, stopped as one."""

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

from questionnaire.cli.terminal import DONE, PROBLEMS, UNFIT

# The whole family is gone ten seconds after a stop was asked for; the children's own limits are below this.
PATIENCE = 9.0
PAUSE = 0.1
LONGEST_PAUSE = 10.0
# Who has lived this long did not fall over its own start.
STEADY_AFTER = 60.0
# Who leaves by itself within so many seconds of its start, so often in a row, will not do better next time.
AT_ONCE = 10.0
MOST_STARTS = 5
GROUP_SECONDS = 2.0
_log = structlog.get_logger("questionnaire.run")


@dataclass(slots=True)
class Child:
    """`since` and `again_at` are monotonic seconds; `falls` counts ends without a steady time between them, `failures`
    those of them that came by itself right after the start."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    since: float = 0.0
    again_at: float = 0.0
    falls: int = 0
    failures: int = 0


class ProcessGroup:
    """`start()` starts everybody, `watch()` waits for a stop signal and keeps everybody alive until then.

    Both belong to the main thread: a child ends with the thread that started it.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = dict(environment)
        self._children: list[Child] = []
        self._stopping = False

    def add(self, name: str, command: Sequence[str]) -> None:
        self._children.append(Child(name, list(command)))

    def start(self) -> None:
        for wanted in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(wanted, self._stop)
        for child in self._children:
            self._spawn(child)

    def watch(self) -> int:
        """DONE after a stop that was asked for, PROBLEMS when somebody cannot be started.

        Somebody who falls comes back, each time a little later.
        """
        status = DONE
        while not self._stopping and status == DONE:
            for child in self._children:
                if child.process is not None and _has_ended(child.process):
                    status = status or self._fell(child)
                elif child.process is None and time.monotonic() >= child.again_at:
                    self._spawn(child)
            time.sleep(PAUSE)
        self.close()
        return status

    def close(self) -> None:
        """Asks everybody to leave; after nine seconds nobody is asked."""
        processes = [child.process for child in self._children if child.process is not None]
        for process in processes:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up and not all(map(_has_ended, processes)):
            time.sleep(0.02)
        for process in processes:
            _end_group(process)

    def _spawn(self, child: Child) -> None:
        # A session of its own: an interrupt typed at the terminal reaches the parent alone, which then stops
        # everybody in order; and a child's own children are ended with it.
        child.since = time.monotonic()
        child.process = subprocess.Popen(  # noqa: S603 (our own program)
            child.command, env=self._environment, start_new_session=True
        )

    def _fell(self, child: Child) -> int:
        """PROBLEMS when starting it again is of no use."""
        assert child.process is not None
        # Its children go first: two generations must not answer side by side.
        code = _end_group(child.process)
        lived = time.monotonic() - child.since
        child.process = None
        child.falls = 1 if lived > STEADY_AFTER else child.falls + 1
        child.failures = child.failures + 1 if code > 0 and lived < AT_ONCE else 0
        if code == UNFIT or child.failures >= MOST_STARTS:
            last = "" if code == UNFIT else f" {MOST_STARTS} times right after its start (exit status {code})"
            print(f"The {child.name} process ended{last}; the reason is above. Everything stops.", file=sys.stderr)
            return PROBLEMS
        pause = min(LONGEST_PAUSE, 0.5 * child.falls)
        _log.warning("process_ended", process=child.name, status=code, again_in_seconds=pause)
        child.again_at = time.monotonic() + pause
        return DONE

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Looks without reaping: as long as it is not reaped, its number and that of its group belong to nobody else."""
    if process.returncode is not None:
        return True
    with contextlib.suppress(ChildProcessError):
        return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    return True


def _end_group(process: subprocess.Popen[bytes]) -> int:
    """Kills what is left of a child and of its children, and waits for them; the child's exit status."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    status = process.wait()
    give_up = time.monotonic() + GROUP_SECONDS
    with contextlib.suppress(ProcessLookupError, PermissionError):
        while time.monotonic() < give_up:
            os.killpg(process.pid, 0)
            time.sleep(0.01)
    return status
