"""Processes that live and die together: started with one command, restarted when one falls over, stopped as one."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from types import FrameType

PATIENCE = 10.0
PAUSE = 0.2
LONGEST_PAUSE = 10.0
# Who has lived this long did not fall over its own start.
STEADY_AFTER = 60.0


class Family:
    """`start()` starts everybody, `watch()` waits for a stop signal and keeps everybody alive until then."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = dict(environment)
        self._commands: dict[str, list[str]] = {}
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._falls: dict[str, int] = {}
        self._since: dict[str, float] = {}
        self._again_at: dict[str, float] = {}
        self._stopping = False

    def add(self, name: str, command: Sequence[str]) -> None:
        self._commands[name] = list(command)

    def start(self) -> None:
        for wanted in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(wanted, self._stop)
        for name in self._commands:
            self._spawn(name)

    def watch(self) -> int:
        """0 after a stop that was asked for. Somebody who falls comes back, each time a little later."""
        while not self._stopping:
            for name, process in list(self._running.items()):
                if process.poll() is not None:
                    self._fell(name, process.returncode)
            for name, moment in list(self._again_at.items()):
                if time.monotonic() >= moment:
                    del self._again_at[name]
                    self._spawn(name)
            time.sleep(PAUSE)
        self.close()
        return 0

    def close(self) -> None:
        for process in self._running.values():
            _signal(process, signal.SIGTERM)
        give_up = time.monotonic() + PATIENCE
        for process in self._running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, give_up - time.monotonic()))
        for process in self._running.values():
            _signal(process, signal.SIGKILL)

    def _spawn(self, name: str) -> None:
        # A session of its own: an interrupt typed at the terminal reaches the parent alone, which then stops
        # everybody in order; and a child's own children die with it.
        self._since[name] = time.monotonic()
        self._running[name] = subprocess.Popen(  # noqa: S603 (our own program)
            self._commands[name], env=self._environment, start_new_session=True
        )

    def _fell(self, name: str, code: int) -> None:
        del self._running[name]
        steady = time.monotonic() - self._since[name] > STEADY_AFTER
        falls = self._falls[name] = 1 if steady else self._falls.get(name, 0) + 1
        pause = min(LONGEST_PAUSE, 0.5 * falls)
        print(f"the {name} process ended ({code}); starting it again in {pause:g} s", file=sys.stderr)
        self._again_at[name] = time.monotonic() + pause

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """To the whole session of the child, so that nobody stays behind."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if number is signal.SIGTERM:
            process.send_signal(number)
        else:
            os.killpg(process.pid, number)
