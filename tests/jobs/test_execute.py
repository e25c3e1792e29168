from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from questionnaire.actions.delivery import delivery
from questionnaire.actions.delivery.failed_jobs import KINDS
from questionnaire.actions.delivery.job_errors import JobFailed, JobPostponed
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.brand.theme import Theme
from questionnaire.documents.renderer import RendererUnavailable
from questionnaire.jobs.execute import perform
from questionnaire.jobs.registry import JOB_TYPES, QUEUES, JobType
from questionnaire.notify.compose import report_ready
from questionnaire.storage.db.engine import Database
from questionnaire.storage.db.errors import DatabaseUnavailable
from questionnaire.storage.delivery import job_queue
from questionnaire.storage.tables import DeliveryRow, JobRow
from tests.rows import FRIDAY
from tests.toolboxes import Clock, still_toolbox


class Desk:
    """One running job, with an action that the test supplies."""

    def __init__(self, database: Database) -> None:
        self.clock, self.database = Clock(), database
        self.toolbox = still_toolbox(database, self.clock)
        with database.writing() as session:
            self.toolbox.queue.enqueue(session, "job", "k", {"n": 1})
        self.done: list[str] = []

    def perform(self, error: Exception | None = None, turn: int | None = None) -> JobRow:
        def do(toolbox: Toolbox, args: Mapping[str, Any], by: str) -> None:
            self.done.append(by)
            if error is not None:
                raise error

        with self.database.writing() as session:
            for job in job_queue.due_jobs(session, ("job",), self.clock.at, 1):
                job_queue.claim(session, job, "worker-1")
            held = session.get_one(JobRow, "k")
        perform(self.toolbox, {"job": JobType(do, "mail")}, "k", held.turn if turn is None else turn)
        with self.database.reading() as session:
            return session.get_one(JobRow, "k")


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def test_a_job_is_done_once(desk: Desk) -> None:
    assert desk.perform().state == "done"
    assert desk.perform().state == "done"
    assert desk.done == ["k#0"]


def test_an_outdated_turn_is_not_run(desk: Desk) -> None:
    assert desk.perform(RuntimeError("no"), turn=7).state == "running"
    assert desk.done == []


@pytest.mark.parametrize("error", [RendererUnavailable(), DatabaseUnavailable("full")])
def test_errors_of_the_machine_cost_a_job_no_attempt(desk: Desk, error: Exception) -> None:
    job = desk.perform(error)
    assert (job.state, job.attempt, job.turn) == ("waiting", 0, 1)
    assert job.not_before == FRIDAY + timedelta(seconds=30)
    assert str(error) in job.last_error
    desk.clock.forward(seconds=30)
    assert desk.perform().state == "done"
    assert desk.done == ["k#0", "k#1"]


def test_a_job_that_always_fails_is_dead_after_ten_attempts_over_three_days(desk: Desk) -> None:
    job = desk.perform(ValueError("anna@nordwind.example is odd"))
    while job.state == "waiting":
        desk.clock.at = job.not_before
        job = desk.perform(ValueError("anna@nordwind.example is odd"))
    assert job.state == "dead"
    assert len(desk.done) == 10
    assert desk.clock.at - FRIDAY == timedelta(hours=75, minutes=35, seconds=5)
    with desk.database.writing() as session:
        assert job_queue.replay(session, "k", desk.clock.at)
    assert desk.perform().state == "done"


def test_a_job_that_knows_why_it_failed_says_whether_and_when_to_try_again(desk: Desk) -> None:
    job = desk.perform(JobFailed("450 busy", retryable=True, jitter=1.0))
    assert (job.state, job.attempt, job.last_error) == ("waiting", 1, "JobFailed: 450 busy")
    assert job.not_before == FRIDAY + timedelta(seconds=5.5)
    desk.clock.at = job.not_before
    job = desk.perform(JobPostponed("refused", later := FRIDAY + timedelta(hours=1)))
    assert (job.state, job.attempt, job.not_before) == ("waiting", 1, later)
    desk.clock.at = later
    job = desk.perform(JobFailed("550 no such mailbox", retryable=False))
    assert (job.state, job.attempt, job.last_error) == ("dead", 2, "JobFailed: 550 no such mailbox")


def test_answers_do_not_reach_the_log(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.perform(ValueError("anna@nordwind.example is odd"))
    printed = capsys.readouterr()
    assert "job_failed" in printed.out + printed.err
    assert "anna@" not in printed.out + printed.err


def test_every_job_type_has_a_readable_name() -> None:
    without = JOB_TYPES.keys() - KINDS.keys()
    lacking = [f"`{name}`: say in words what it does, in KINDS of actions/delivery/failed_jobs.py" for name in without]
    assert lacking == []


def test_every_job_type_has_an_existing_queue() -> None:
    assert {step.queue for step in JOB_TYPES.values()} <= set(QUEUES)


def test_a_mail_is_sent_when_its_job_was_rescheduled_during_sending(database: Database) -> None:
    toolbox = still_toolbox(database, clock := Clock())
    with database.writing() as session:
        report = report_ready(
            "anna@nordwind.example", "Anna", "https://q/r", "https://q/p", Theme(name="Nordlicht"), "en"
        )
        (mail_id,) = delivery.post(toolbox, session, delivery.render(toolbox, report), "r1")
    failures = iter((DatabaseUnavailable("full"), DatabaseUnavailable("locked")))

    def record(*args: object) -> None:
        raise next(failures)

    with pytest.MonkeyPatch.context() as broken:
        broken.setattr(delivery, "_record", record)
        for _ in range(2):
            _run_due(toolbox, clock)
            clock.forward(seconds=30)
    with database.reading() as session:
        assert session.get_one(DeliveryRow, mail_id).state == "queued"
    for _ in range(job_queue.MOST_CLAIMS):
        with database.writing() as session:
            (job,) = job_queue.due_jobs(session, tuple(JOB_TYPES), clock.at, 10)
            job_queue.claim(session, job, "worker-1")
            job_queue.hand_back(session, job.key, "worker-1", clock.at)
    with database.writing() as session:
        (dead,) = job_queue.dead(session)
        assert job_queue.replay(session, dead.key, clock.at)
    _run_due(toolbox, clock)
    with database.reading() as session:
        assert session.get_one(DeliveryRow, mail_id).state == "delivered_to_mailbox"


def _run_due(toolbox: Toolbox, clock: Clock) -> None:
    with toolbox.database.writing() as session:
        jobs = job_queue.due_jobs(session, tuple(JOB_TYPES), clock.at, 10)
        assert jobs
        for job in jobs:
            job_queue.claim(session, job, "worker-1")
    for job in jobs:
        perform(toolbox, JOB_TYPES, job.key, job.turn, job.claims)
