"""Webhooks while their receiver is away for three days and workers die after sending: nothing is lost, ids stay."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import NoReturn

import pytest
from sqlmodel import select

from questionnaire.actions.delivery import announcements, delivery
from questionnaire.actions.integrations import webhook_endpoints
from questionnaire.actions.toolbox import Toolbox
from questionnaire.jobs.execute import perform
from questionnaire.jobs.registry import JOB_TYPES
from questionnaire.storage.db.engine import Database
from questionnaire.storage.delivery import job_queue
from questionnaire.storage.tables import DeliveryRow, JobRow
from tests.http_receiver import ReceivedRequest, Reply, open_receiver
from tests.proof.size import sized
from tests.toolboxes import Clock, still_toolbox

KEY = "e" * 32
EVENTS = sized(4, 400)
OUTAGE = timedelta(hours=72)
LOOKS = sized(timedelta(hours=3), timedelta(minutes=5))
"""How often the outage is looked into: a probe is due every five minutes."""


class WorkerKilled(BaseException):
    """No handler of the product sees it, as none sees `kill -9`."""


@dataclass(slots=True)
class Workers:
    """Do what is due; every third delivery kills its worker between the answer and the commit, and is taken over."""

    toolbox: Toolbox
    monkeypatch: pytest.MonkeyPatch
    claimed: int = 0
    killed: int = 0

    def work(self) -> None:
        while True:
            with self.toolbox.database.writing() as session:
                jobs = job_queue.due_jobs(session, tuple(JOB_TYPES), self.toolbox.now(), 20)
                for job in jobs:
                    job_queue.claim(session, job, "worker-1")
            for job in jobs:
                self.claimed += job.name == delivery.JOB
                if job.name == delivery.JOB and self.claimed % 3 == 0:
                    self._die(job)
                else:
                    perform(self.toolbox, JOB_TYPES, job.key, job.turn, job.claims)
            if not jobs:
                return

    def _die(self, job: JobRow) -> None:
        def die(*_: object) -> NoReturn:
            self.killed += 1
            raise WorkerKilled

        with self.monkeypatch.context() as dying:
            dying.setattr(delivery, "_record", die)
            try:
                perform(self.toolbox, JOB_TYPES, job.key, job.turn, job.claims)
            except WorkerKilled:
                with self.toolbox.database.writing() as session:
                    assert job_queue.hand_back(session, job.key, "worker-1", self.toolbox.now())


def test_a_receiver_that_comes_back_on_the_third_day_gets_every_event_under_its_one_id(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    with open_receiver() as receiver:
        toolbox = still_toolbox(database, clock, QUESTIONNAIRE_OUTBOUND_HOSTS=receiver.host)
        webhook_endpoints.add(toolbox, KEY, receiver.url(), ["survey.published"], clock.at)
        workers, began = Workers(toolbox, monkeypatch), clock.at
        with database.writing() as session:
            for number in range(EVENTS):
                facts = {"id": f"survey-{number}", "version": 1}
                announcements.announce_other(toolbox, session, "survey.published", str(number), clock.at, facts)
        receiver.reply = Reply(503)
        while clock.at - began < OUTAGE:
            workers.work()
            clock.at += LOOKS
            delivery.probe_destinations(toolbox)
        receiver.reply, before, killed = Reply(), len(receiver.requests), workers.killed
        assert killed >= 3
        for _ in range(3):
            clock.forward(minutes=5)
            delivery.probe_destinations(toolbox)
            workers.work()
        taken = Counter(request.headers["webhook-id"] for request in receiver.requests[before:])
        assert len(taken) == EVENTS, "an event was lost, or took longer than 15 minutes"
        assert sum(taken.values()) - EVENTS == workers.killed - killed, "an event was sent twice without a crash"
        assert all(len(ids) == 1 for ids in _ids(receiver.requests).values()), "an event changed its id"
        with database.reading() as session:
            assert {row.state for row in session.exec(select(DeliveryRow)).all()} == {"sent"}


def _ids(requests: list[ReceivedRequest]) -> dict[str, set[str]]:
    """Event -> every id it was sent under."""
    found: dict[str, set[str]] = defaultdict(set)
    for request in requests:
        found[json.loads(request.body)["data"]["id"]].add(request.headers["webhook-id"])
    return found
