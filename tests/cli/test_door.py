"""What holds for every command: quick help, statuses, and no traceback for what a person can get wrong."""

from __future__ import annotations

import os
import resource
import subprocess
import sys

import pytest

from questionnaire.cli import COMMANDS, main, make_parser
from tests.conventions.checkout import ROOT

HEAVY = ("weasyprint", "flask", "sqlalchemy", "sqlmodel", "pydantic", "ruamel", "holidays", "phonenumbers")


def _python(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from questionnaire.cli import make_parser; make_parser().format_help();"
        f"print(sorted(set({HEAVY}) & set(sys.modules)))"
    )
    done = _python("-c", code)
    assert (done.returncode, done.stdout.strip()) == (0, "[]")


def test_help_is_there_at_once() -> None:
    before = _worked()
    done = _python("-m", "questionnaire", "--help")
    assert done.returncode == 0
    # Four tenths on a quiet machine. What counts is the work, not how long other processes keep it waiting.
    assert _worked() - before < 3


def _worked() -> float:
    """Seconds of processor time of the processes that ended below this one."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_every_command_says_what_it_is_for() -> None:
    told = make_parser().format_help()
    assert [name for name in COMMANDS if name not in told] == []


@pytest.mark.parametrize("typed", [[], ["nonsense"], ["assess"], ["due", "--policy", "x"]])
def test_wrong_usage_is_told_with_status_two(typed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(typed)
    assert left.value.code == 2
    assert "usage: questionnaire" in capsys.readouterr().err


def test_a_reader_that_leaves_early_is_no_mistake() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "questionnaire", "schema"],
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    told = process.stderr.read()
    process.stderr.close()
    assert process.wait(600) == 141
    assert told == b""


def test_a_command_that_is_interrupted_stops_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(arguments: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("questionnaire.cli.schema.run", interrupted)
    assert main(["schema"]) == 130
