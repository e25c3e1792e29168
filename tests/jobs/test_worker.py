"""Workers in real processes, killed for real. The ledger is a file the jobs write; the database is asked afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from questionnaire.storage import notes, queue
from questionnaire.storage.engine import Database
from questionnaire.storage.queue import WaitingRoom
from questionnaire.storage.tables import Job

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30


class Workers:
    """Starts workers on one database and reads their ledger."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database, self.ledger = database, folder / "ledger"
        self.running: list[subprocess.Popen[bytes]] = []
        self.ledger.touch()

    def start(self, name: str = "worker-1") -> subprocess.Popen[bytes]:
        before = self.lines().count(f"ready {name}")
        url = self.database.url.render_as_string(hide_password=False).replace("+psycopg", "")
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "tests/jobs/working.py"), url, str(self.ledger), name],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
        )
        self.running.append(process)
        wait_for(lambda: self.lines().count(f"ready {name}") > before or process.poll() is not None)
        return process

    def lines(self) -> list[str]:
        return self.ledger.read_text().splitlines()

    def jobs(self) -> dict[str, Job]:
        from sqlmodel import select

        with self.database.reading() as session:
            return {job.key: job for job in session.exec(select(Job))}

    def enqueue(self, name: str, *keys: str, seconds: float = 0.0, after: timedelta = timedelta()) -> None:
        at = datetime.now(UTC) + after  # noqa: TID251 (other processes look at the real clock)
        with self.database.writing() as session:
            for key in keys:
                WaitingRoom(lambda: at).enqueue(session, name, key, {"n": key, "seconds": seconds})


def wait_for(condition: Callable[[], bool]) -> None:
    give_up = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < give_up, "it did not happen in time"
        time.sleep(0.05)


@pytest.fixture
def workers(database: Database, tmp_path: Path) -> Iterator[Workers]:
    made = Workers(database, tmp_path)
    yield made
    for process in made.running:
        process.kill()
        process.wait()


def test_a_worker_killed_between_taking_a_job_and_ending_it_loses_and_doubles_nothing(workers: Workers) -> None:
    process = workers.start()
    keys = [f"job{number}" for number in range(12)]
    workers.enqueue("effect", *keys, seconds=0.2)
    wait_for(lambda: any(line.startswith("end") for line in workers.lines()))
    process.kill()
    process.wait()
    ended = {line.split()[1] for line in workers.lines() if line.startswith("end")}
    assert len(ended) < len(keys)
    workers.start()
    wait_for(lambda: {job.state for job in workers.jobs().values()} == {"done"})
    lines = workers.lines()
    for key in keys:
        turns = {line.split()[2] for line in lines if line.split()[:2] in (["begin", key], ["end", key])}
        assert turns == {f"{key}#0"}
        # Killed after its effect and before it was written down, a job runs again, under the same name.
        assert lines.count(f"end {key} {key}#0") in ((1, 2) if key in ended else (1,))
    with workers.database.reading() as session:
        assert all(notes.find(session, f"effect {key}") for key in keys)


def test_a_worker_that_never_comes_back_is_taken_over_by_another(workers: Workers) -> None:
    first = workers.start("worker-1")
    workers.enqueue("effect", "slow", seconds=3)
    wait_for(lambda: any(line.startswith("begin slow") for line in workers.lines()))
    # It beats at least once, so that the other one sees it stand still.
    time.sleep(0.7)
    first.send_signal(signal.SIGKILL)
    first.wait()
    workers.start("worker-2")
    wait_for(lambda: workers.jobs()["slow"].state == "done")
    assert workers.lines().count("end slow slow#0") == 1


def test_a_worker_that_is_asked_to_stop_ends_what_it_has_begun(workers: Workers) -> None:
    process = workers.start()
    workers.enqueue("effect", "last", seconds=1)
    wait_for(lambda: any(line.startswith("begin last") for line in workers.lines()))
    process.terminate()
    assert process.wait(timeout=PATIENCE) == 0
    assert workers.lines()[-2:] == ["end last last#0", "stopped worker-1"]
    assert workers.jobs()["last"].state == "done"


def test_a_name_is_one_worker(workers: Workers) -> None:
    workers.start("worker-1")
    second = workers.start("worker-1")
    assert second.wait(timeout=PATIENCE) != 0


def test_a_job_that_fails_waits_for_its_next_attempt_and_the_others_go_on(workers: Workers) -> None:
    workers.enqueue("boom", "bad")
    workers.enqueue("effect", "good")
    workers.enqueue("effect", "tomorrow", after=timedelta(days=1))
    workers.start()
    wait_for(lambda: workers.jobs()["good"].state == "done" and workers.jobs()["bad"].attempt == 1)
    bad, tomorrow = workers.jobs()["bad"], workers.jobs()["tomorrow"]
    assert (bad.state, bad.last_error) == ("waiting", "RuntimeError: boom")
    assert timedelta(seconds=4) < bad.not_before - datetime.now(UTC) + timedelta(seconds=5) < timedelta(seconds=11)  # noqa: TID251
    assert tomorrow.state == "waiting"
    assert not any("tomorrow" in line for line in workers.lines())


def test_a_job_that_kills_its_worker_each_time_is_given_up_after_a_while(workers: Workers) -> None:
    workers.enqueue("deadly", "poison")
    for _ in range(9):
        process = workers.start()
        wait_for(lambda: process.poll() is not None or workers.jobs()["poison"].attempt > 0)  # noqa: B023
        if process.poll() is None:
            break
    assert workers.jobs()["poison"].attempt == 1
    assert "RunnerGaveUp" in workers.jobs()["poison"].last_error
    with workers.database.writing() as session:
        assert queue.dead(session) == ()
