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

from questionnaire.storage.db.engine import Database
from questionnaire.storage.delivery import job_queue
from questionnaire.storage.delivery.heartbeats import beats
from questionnaire.storage.delivery.job_queue import JobTable
from questionnaire.storage.people import settings_store
from questionnaire.storage.tables import JobRow

ROOT = Path(__file__).resolve().parents[2]
# Far beyond what a busy machine needs: a wait ends when what it waits for has happened.
PATIENCE = 600


class Workers:
    """Starts workers on one database and reads their ledger."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database, self.ledger = database, folder / "ledger"
        self.running: list[subprocess.Popen[bytes]] = []
        self.errors = folder / "errors"
        self.ledger.touch()

    def start(self, name: str = "worker-1") -> subprocess.Popen[bytes]:
        before = self.lines().count(f"ready {name}")
        url = self.database.url.render_as_string(hide_password=False).replace("+psycopg", "")
        with self.errors.open("ab") as errors:
            process = subprocess.Popen(
                [sys.executable, str(ROOT / "tests/jobs/worker_process.py"), url, str(self.ledger), name],
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdout=subprocess.DEVNULL,
                stderr=errors,
            )
        self.running.append(process)
        wait_for(lambda: self.lines().count(f"ready {name}") > before or process.poll() is not None)
        return process

    def lines(self) -> list[str]:
        return self.ledger.read_text().splitlines()

    def said(self) -> str:
        """What the workers wrote on standard error."""
        return self.errors.read_text()

    def is_over(self) -> bool:
        return {job.state for job in self.jobs().values()} <= {"done", "dead"}

    def jobs(self) -> dict[str, JobRow]:
        from sqlmodel import select

        with self.database.reading() as session:
            return {job.key: job for job in session.exec(select(JobRow))}

    def enqueue(self, name: str, *keys: str, seconds: float = 0.0, after: timedelta = timedelta()) -> None:
        at = datetime.now(UTC) + after  # noqa: TID251 (other processes look at the real clock)
        with self.database.writing() as session:
            for key in keys:
                JobTable(lambda: at).enqueue(session, name, key, {"n": key, "seconds": seconds})


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
        process.send_signal(signal.SIGCONT)
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
        assert all(settings_store.find(session, f"effect {key}") for key in keys)


def test_a_worker_that_never_comes_back_is_taken_over_by_another(workers: Workers) -> None:
    first = workers.start("worker-1")
    workers.enqueue("effect", "slow", seconds=2)
    wait_for(lambda: any(line.startswith("begin slow") for line in workers.lines()))
    first.send_signal(signal.SIGKILL)
    first.wait()
    workers.start("worker-2")
    wait_for(lambda: workers.jobs()["slow"].state == "done")
    assert workers.lines().count("end slow slow#0") == 1
    assert (workers.jobs()["slow"].claims, workers.jobs()["slow"].claimed_by) == (2, "worker-2")
    with workers.database.reading() as session:
        assert set(beats(session)) == {"worker-2"}


def test_a_frozen_worker_that_wakes_up_late_is_not_believed_and_goes_on_with_other_jobs(workers: Workers) -> None:
    frozen = workers.start("worker-1")
    workers.enqueue("effect", "slow", seconds=1)
    wait_for(lambda: any(line.startswith("begin slow") for line in workers.lines()))
    frozen.send_signal(signal.SIGSTOP)
    workers.start("worker-2")
    wait_for(lambda: workers.jobs()["slow"].state == "done")
    done = workers.jobs()["slow"]
    frozen.send_signal(signal.SIGCONT)
    # It ends what it was doing, after the other one did, and its word changes nothing.
    wait_for(lambda: workers.lines().count("end slow slow#0") == 2)
    workers.enqueue("effect", *(f"more{number}" for number in range(12)), seconds=0.2)
    wait_for(lambda: {job.state for job in workers.jobs().values()} == {"done"})
    after = workers.jobs()
    assert (after["slow"].claimed_by, after["slow"].finished_at) == ("worker-2", done.finished_at)
    assert {job.claims for key, job in after.items() if key != "slow"} == {1}
    assert {job.claimed_by for job in after.values()} == {"worker-1", "worker-2"}


def test_a_worker_that_is_asked_to_stop_ends_what_it_has_begun(workers: Workers) -> None:
    process = workers.start()
    workers.enqueue("effect", "last", seconds=1)
    wait_for(lambda: any(line.startswith("begin last") for line in workers.lines()))
    process.terminate()
    assert process.wait(timeout=PATIENCE) == 0
    assert workers.lines()[-2:] == ["end last last#0", "stopped worker-1"]
    assert workers.jobs()["last"].state == "done"


def test_a_worker_that_is_asked_to_stop_takes_nothing_new_and_hands_back_what_does_not_end(workers: Workers) -> None:
    process = workers.start()
    workers.enqueue("effect", "endless", seconds=3600)
    wait_for(lambda: any(line.startswith("begin endless") for line in workers.lines()))
    process.terminate()
    workers.enqueue("effect", "new")
    assert process.wait(timeout=PATIENCE) == 0
    jobs = workers.jobs()
    assert (jobs["endless"].state, jobs["endless"].turn, jobs["endless"].claims) == ("waiting", 0, 1)
    assert jobs["endless"].claimed_by is None
    assert workers.lines()[-1] == "stopped worker-1"
    assert "Traceback" not in workers.said()
    with workers.database.reading() as session:
        assert beats(session) == {}


def test_a_name_is_one_worker(workers: Workers) -> None:
    workers.start("worker-1")
    second = workers.start("worker-1")
    assert second.wait(timeout=PATIENCE) != 0
    assert "AlreadyRunning" in workers.said()


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


def test_a_job_that_kills_its_worker_five_times_is_dead_and_takes_no_other_with_it(workers: Workers) -> None:
    workers.enqueue("deadly", "poison")
    workers.enqueue("effect", *(f"bystander{number}" for number in range(8)), seconds=0.05)
    for _ in range(20):
        process = workers.start()
        wait_for(lambda: process.poll() is not None or workers.is_over())  # noqa: B023
        if process.poll() is None:
            break
    jobs = workers.jobs()
    assert {key for key, job in jobs.items() if job.state == "dead"} == {"poison"}
    assert {job.state for key, job in jobs.items() if key.startswith("bystander")} == {"done"}
    assert [line.split()[0] for line in workers.lines()].count("deadly") == job_queue.MOST_CLAIMS == 5
    with workers.database.reading() as session:
        (dead,) = job_queue.dead(session)
        assert (dead.key, dead.last_error, dead.turn) == ("poison", job_queue.WORKER_DIED, 0)


def test_several_workers_share_the_work_and_do_each_job_once(workers: Workers) -> None:
    names = ("worker-1", "worker-2")
    for name in names:
        workers.start(name)
    keys = [f"job{number}" for number in range(40)]
    workers.enqueue("effect", *keys, seconds=0.05)
    wait_for(lambda: {job.state for job in workers.jobs().values()} == {"done"})
    lines = workers.lines()
    assert [key for key in keys if lines.count(f"begin {key} {key}#0") != 1] == []
    assert {job.claimed_by for job in workers.jobs().values()} == set(names)


def test_a_lost_signal_costs_a_moment_and_no_job(workers: Workers) -> None:
    workers.start()
    at = datetime.now(UTC)  # noqa: TID251 (other processes look at the real clock)
    with workers.database.writing() as session:
        JobTable(lambda: at).enqueue(session, "effect", "unheard", {"n": "unheard"})
        # As if the byte had not arrived, or the connection had just been cut.
        session.info.clear()
        if not workers.database.is_sqlite:
            session.connection().exec_driver_sql("UNLISTEN *")
    wait_for(lambda: workers.jobs()["unheard"].state == "done")
    later = timedelta(seconds=1)
    workers.enqueue("effect", "later", after=later)
    wait_for(lambda: workers.jobs()["later"].state == "done")
    finished = workers.jobs()["later"].finished_at
    assert finished is not None
    assert finished >= at + later
