"""Workers in real processes that are really killed.

The ledger is a file that the jobs write; the database is checked afterwards.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from questionnaire.storage.db.engine import Database
from questionnaire.storage.delivery import job_queue
from questionnaire.storage.delivery.heartbeats import beats
from questionnaire.storage.delivery.job_queue import JobTable
from questionnaire.storage.people import settings_store
from questionnaire.storage.tables import JobRow
from tests.forks import fork
from tests.jobs import worker_process

# Far beyond what a busy machine needs: a wait ends when what it waits for has happened.
PATIENCE = 600


class Workers:
    """Starts workers on one database and reads their ledger."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database, self.ledger = database, folder / "ledger"
        self.running: list[BaseProcess] = []
        self.errors = folder / "errors"
        self.ledger.touch()

    def start(self, name: str = "worker-1") -> BaseProcess:
        before = self.lines().count(f"ready {name}")
        url = self.database.url.render_as_string(hide_password=False).replace("+psycopg", "")
        kept = {key: os.environ[key] for key in ("PATH", "HOME", "TMPDIR") if key in os.environ}
        process = fork(worker_process.main, url, str(self.ledger), name, out=Path(os.devnull), err=self.errors, **kept)
        self.running.append(process)
        wait_for(lambda: self.lines().count(f"ready {name}") > before or has_ended(process))
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


def has_ended(process: BaseProcess) -> bool:
    return process.exitcode is not None


def send(process: BaseProcess, number: signal.Signals) -> None:
    assert process.pid is not None
    with contextlib.suppress(ProcessLookupError):
        os.kill(process.pid, number)


def status_of(process: BaseProcess) -> int | None:
    """Its exit status, when it has ended."""
    process.join(PATIENCE)
    return process.exitcode


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
        send(process, signal.SIGCONT)
        process.kill()
        process.join()


def test_a_worker_killed_during_a_job_loses_and_repeats_no_effect(workers: Workers) -> None:
    process = workers.start()
    keys = [f"job{number}" for number in range(12)]
    workers.enqueue("effect", *keys, seconds=0.2)
    wait_for(lambda: any(line.startswith("end") for line in workers.lines()))
    process.kill()
    process.join()
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


def test_another_worker_takes_over_the_jobs_of_a_dead_worker(workers: Workers) -> None:
    first = workers.start("worker-1")
    workers.enqueue("effect", "slow", seconds=2)
    wait_for(lambda: any(line.startswith("begin slow") for line in workers.lines()))
    first.kill()
    first.join()
    workers.start("worker-2")
    wait_for(lambda: workers.jobs()["slow"].state == "done")
    assert workers.lines().count("end slow slow#0") == 1
    assert (workers.jobs()["slow"].claims, workers.jobs()["slow"].claimed_by) == (2, "worker-2")
    with workers.database.reading() as session:
        assert set(beats(session)) == {"worker-2"}


def test_a_suspended_worker_is_ignored_and_then_runs_other_jobs(workers: Workers) -> None:
    frozen = workers.start("worker-1")
    workers.enqueue("effect", "slow", seconds=1)
    wait_for(lambda: any(line.startswith("begin slow") for line in workers.lines()))
    send(frozen, signal.SIGSTOP)
    workers.start("worker-2")
    wait_for(lambda: workers.jobs()["slow"].state == "done")
    done = workers.jobs()["slow"]
    send(frozen, signal.SIGCONT)
    # It ends what it was doing, after the other one did, and its word changes nothing.
    wait_for(lambda: workers.lines().count("end slow slow#0") == 2)
    workers.enqueue("effect", *(f"more{number}" for number in range(12)), seconds=0.2)
    wait_for(lambda: {job.state for job in workers.jobs().values()} == {"done"})
    after = workers.jobs()
    assert (after["slow"].claimed_by, after["slow"].finished_at) == ("worker-2", done.finished_at)
    assert {job.claims for key, job in after.items() if key != "slow"} == {1}
    assert {job.claimed_by for job in after.values()} == {"worker-1", "worker-2"}


def test_a_stopping_worker_finishes_its_running_jobs(workers: Workers) -> None:
    process = workers.start()
    workers.enqueue("effect", "last", seconds=1)
    wait_for(lambda: any(line.startswith("begin last") for line in workers.lines()))
    process.terminate()
    assert status_of(process) == 0
    assert workers.lines()[-2:] == ["end last last#0", "stopped worker-1"]
    assert workers.jobs()["last"].state == "done"


def test_a_stopping_worker_claims_nothing_and_hands_back_stuck_jobs(workers: Workers) -> None:
    process = workers.start()
    workers.enqueue("effect", "endless", seconds=3600)
    wait_for(lambda: any(line.startswith("begin endless") for line in workers.lines()))
    process.terminate()
    workers.enqueue("effect", "new")
    assert status_of(process) == 0
    jobs = workers.jobs()
    assert (jobs["endless"].state, jobs["endless"].turn, jobs["endless"].claims) == ("waiting", 0, 1)
    assert jobs["endless"].claimed_by is None
    assert workers.lines()[-1] == "stopped worker-1"
    assert "Traceback" not in workers.said()
    with workers.database.reading() as session:
        assert beats(session) == {}


def test_a_second_worker_with_the_same_name_is_refused(workers: Workers) -> None:
    workers.start("worker-1")
    second = workers.start("worker-1")
    assert status_of(second) != 0
    assert "AlreadyRunning" in workers.said()


def test_a_failed_job_waits_while_other_jobs_run(workers: Workers) -> None:
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


def test_a_job_that_kills_five_workers_is_dead_alone(workers: Workers) -> None:
    workers.enqueue("deadly", "poison")
    workers.enqueue("effect", *(f"bystander{number}" for number in range(8)), seconds=0.05)
    for _ in range(20):
        process = workers.start()
        wait_for(lambda: has_ended(process) or workers.is_over())  # noqa: B023 (waited for before the next turn)
        if not has_ended(process):
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


def test_a_lost_signal_delays_a_job_but_does_not_lose_it(workers: Workers) -> None:
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
