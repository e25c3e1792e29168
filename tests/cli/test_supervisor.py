"""Supervised child processes: start, restart and stop."""

from __future__ import annotations

import os
import signal
import sys
import threading
from functools import partial
from pathlib import Path

import pytest

from questionnaire.cli import supervisor
from questionnaire.cli.supervisor import ProcessGroup
from questionnaire.cli.terminal import CANNOT_START, DONE, PROBLEMS


@pytest.fixture(autouse=True)
def _signals() -> object:
    """ProcessGroup replaces the signal handlers of its process."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def _family(*codes: str) -> ProcessGroup:
    made = ProcessGroup(dict(os.environ))
    for number, code in enumerate(codes):
        made.add(f"child-{number}", partial(os.execv, sys.executable, [sys.executable, "-c", code]))
    return made


def test_an_unfit_child_is_started_once(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    tally = f"open({str(tmp_path / 'starts')!r}, 'a').write('x')"
    made = _family(f"{tally}; raise SystemExit({CANNOT_START})", "import time; time.sleep(600)")
    made.start()
    assert made.watch() == PROBLEMS
    assert (tmp_path / "starts").read_text() == "x"
    assert capfd.readouterr().err == "The child-0 process ended; the reason is above. Everything stops.\n"


def test_a_child_that_fails_at_each_start_is_not_restarted_forever(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "MAX_RESTART_PAUSE", 0.01)
    made = _family(f"open({str(tmp_path / 'starts')!r}, 'a').write('x'); raise SystemExit(3)")
    made.start()
    assert made.watch() == PROBLEMS
    assert (tmp_path / "starts").read_text() == "x" * supervisor.MOST_STARTS
    assert "child-0 process ended 5 times right after its start (exit status 3)" in capfd.readouterr().err


def test_a_killed_child_is_always_restarted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "MAX_RESTART_PAUSE", 0.01)
    starts = tmp_path / "starts"
    code = (
        f"import os, signal, time; from pathlib import Path; starts = Path({str(starts)!r});"
        "starts.write_text((starts.read_text() if starts.exists() else '') + 'x');"
        f"os.kill(os.getpid(), signal.SIGKILL) if len(starts.read_text()) < {supervisor.MOST_STARTS + 3} "
        "else os.kill(os.getppid(), signal.SIGTERM); time.sleep(600)"
    )
    made = _family(code)
    made.start()
    assert made.watch() == DONE
    assert starts.read_text() == "x" * (supervisor.MOST_STARTS + 3)


def test_grandchildren_end_before_their_parent_is_restarted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first child leaves a child of its own behind; the second checks whether it still runs."""
    monkeypatch.setattr(supervisor, "MAX_RESTART_PAUSE", 0.01)
    pid, seen = tmp_path / "pid", tmp_path / "seen"
    code = (
        "import os, signal, subprocess, sys, time; from pathlib import Path\n"
        f"pid, seen = Path({str(pid)!r}), Path({str(seen)!r})\n"
        "if not pid.exists():\n"
        "    left = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "    pid.write_text(str(left.pid)); os._exit(0)\n"
        "stat = Path('/proc', pid.read_text(), 'stat')\n"
        "seen.write_text(stat.read_text().split()[2] if stat.exists() else 'gone')\n"
        "os.kill(os.getppid(), signal.SIGTERM); time.sleep(600)\n"
    )
    made = _family(code)
    made.start()
    assert made.watch() == DONE
    assert seen.read_text() in ("gone", "Z")


def test_a_child_that_ignores_sigterm_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "STOP_SECONDS", 0.5)
    made = _family("import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)")
    made.start()
    threading.Timer(1, os.kill, (os.getpid(), signal.SIGTERM)).start()
    assert made.watch() == DONE
