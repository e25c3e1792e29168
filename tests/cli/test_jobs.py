"""`questionnaire jobs`, and what a worker says when it cannot start."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from questionnaire import bootstrap
from questionnaire.actions.toolbox import Toolbox
from questionnaire.cli import main
from questionnaire.cli.terminal import CANNOT_START
from questionnaire.storage.delivery import job_queue
from questionnaire.storage.delivery.job_listener import listening


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Toolbox:
    for name, value in {
        "QUESTIONNAIRE_SECRET_KEY": "kJ8s-not-a-secret-0123456789-abcdefghijklmnop",
        "QUESTIONNAIRE_DATA_DIR": str(tmp_path),
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return bootstrap.ready_toolbox(bootstrap.settings()[0])


def _die(box: Toolbox, *keys: str) -> None:
    now = box.now()
    with box.database.writing() as session:
        for key in keys:
            box.queue.enqueue(session, "render_report", key, {"response": "r"})
        for job in job_queue.due_jobs(session, ("render_report",), now + timedelta(minutes=1), 100):
            job_queue.claim(session, job, "worker-1")
            job_queue.fail(session, job.key, 0, "ValueError: boom", None, now)


def test_jobs_are_counted_by_kind_and_state(installation: Toolbox, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["jobs"]) == 0
    assert "nothing is due" in capsys.readouterr().out
    _die(installation, "one", "two")
    with installation.database.writing() as session:
        installation.queue.enqueue(session, "tell", "three", {})
    assert main(["jobs"]) == 0
    told = capsys.readouterr().out
    assert [line.split() for line in told.splitlines()[:3]] == [
        ["waiting", "running", "done", "dead"],
        ["render_report", "0", "0", "0", "2"],
        ["tell", "1", "0", "0", "0"],
    ]
    assert "due since" in told


def test_a_dead_job_is_listed_and_replayed_by_its_key(
    installation: Toolbox, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["jobs", "--dead"]) == 0
    assert capsys.readouterr().out == "no failed jobs\n"
    _die(installation, *(f"key{number}" for number in range(52)))
    assert main(["jobs", "--dead"]) == 0
    told = capsys.readouterr().out
    assert "key0  render_report  since" in told
    assert "ValueError: boom" in told
    assert told.endswith("and 2 more\n")
    assert main(["jobs", "--replay", "key0"]) == 0
    assert "key0 is done again" in capsys.readouterr().out
    assert main(["jobs", "--replay", "key0"]) == 1
    assert "unknown_job" in capsys.readouterr().err


def test_a_second_worker_with_the_same_name_gives_an_error_sentence(
    installation: Toolbox, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.nice", lambda by: 0)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    monkeypatch.setattr("questionnaire.storage.delivery.job_listener.LEAVING_SECONDS", 0.2)
    with listening(installation.database, "worker-1"):
        assert main(["worker"]) == CANNOT_START
    said = capsys.readouterr().err
    assert "already_running" in said
    assert "Traceback" not in said
