from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from questionnaire.core.delivery.retry import Breaker
from questionnaire.storage.db.engine import Database
from questionnaire.storage.delivery import circuit_breakers, heartbeats, job_queue, outbox
from questionnaire.storage.delivery.job_queue import JobTable
from questionnaire.storage.tables import DeliveryRow, JobRow
from tests.rows import FRIDAY, delivery

LATER = FRIDAY + timedelta(minutes=5)
MUCH_LATER = FRIDAY + timedelta(hours=5)


def put(session: Session, name: str, **more: object) -> DeliveryRow:
    """A message with its job, which is due much later."""
    row = delivery(name, **more)
    assert outbox.add(session, row)
    JobTable(lambda: FRIDAY).enqueue(session, "deliver", row.job_key, {"delivery": name}, MUCH_LATER)
    return row


def test_a_message_is_written_once_for_what_caused_it(database: Database) -> None:
    with database.writing() as session:
        assert outbox.add(session, delivery("m1"))
    with database.writing() as session:
        assert not outbox.add(session, delivery("m1", payload={"subject": "Again"}))
        assert outbox.count(session, 5) == 1
        row = outbox.get(session, "m1")
        assert row is not None
        assert row.payload["subject"] == "Your report"


def test_what_its_destination_said_is_kept_until_it_accepts_the_message(database: Database) -> None:
    with database.writing() as session:
        put(session, "m1")
        outbox.set_error(session, "m1", "b:25", "x" * 900)
        row = session.get_one(DeliveryRow, "m1")
        assert (row.state, row.destination, len(row.last_error), row.finished_at) == ("queued", "b:25", 500, None)
        outbox.finish(session, "m1", "c:25", "sent", LATER)
        # A worker that comes late changes nothing.
        outbox.set_error(session, "m1", "b:25", "no")
        outbox.finish(session, "m404", "c:25", "sent", LATER)
    with database.reading() as session:
        row = session.get_one(DeliveryRow, "m1")
        assert (row.state, row.destination, row.last_error, row.finished_at) == ("sent", "c:25", "", LATER)


def test_a_message_is_dead_when_its_job_is(database: Database) -> None:
    with database.writing() as session:
        row = put(session, "m1")
        assert outbox.is_dead(session, "m1") is False
        assert outbox.is_dead(session, "m404") is None
        assert job_queue.stop(session, row.job_key, "DeliveryFailed: 550 no such mailbox", FRIDAY)
        assert not job_queue.stop(session, row.job_key, "again", FRIDAY)
        assert outbox.is_dead(session, "m1")
        ((found, job),) = outbox.dead(session)
        assert (found.id, job.last_error) == ("m1", "DeliveryFailed: 550 no such mailbox")
        assert job_queue.replay(session, row.job_key, LATER)
        assert outbox.dead(session) == ()
        assert outbox.is_dead(session, "m1") is False


def test_jobs_that_wait_for_a_destination_are_due_when_it_is_back(database: Database) -> None:
    with database.writing() as session:
        for name, to in (("m1", "a:25"), ("m2", "a:25"), ("m3", "b:25"), ("m4", "a:25"), ("m5", "a:25")):
            put(session, name, destination=to)
        outbox.finish(session, "m4", "a:25", "sent", FRIDAY)
        job_queue.stop(session, "deliver:m5", "no", FRIDAY)
        assert outbox.waiting_jobs(session, "a:25", 1) == ("deliver:m1",)
        keys = outbox.waiting_jobs(session, "a:25")
        assert keys == ("deliver:m1", "deliver:m2")
        assert job_queue.bring_forward(session, keys, LATER) == dict.fromkeys(keys, MUCH_LATER)
    with database.reading() as session:
        due = {job.key for job in session.exec(select(JobRow)) if job.not_before == LATER}
        assert due == set(keys)


def test_a_job_that_was_due_before_is_not_put_off_by_being_brought_forward(database: Database) -> None:
    with database.writing() as session:
        put(session, "m1")
        job_queue.bring_forward(session, ["deliver:m1"], FRIDAY)
        assert job_queue.bring_forward(session, ["deliver:m1", "unknown"], LATER) == {"deliver:m1": FRIDAY}
        assert session.get_one(JobRow, "deliver:m1").not_before == FRIDAY


def test_whether_anything_is_left_for_a_destination(database: Database) -> None:
    with database.writing() as session:
        row = put(session, "m1", destination="a:25")
        assert outbox.is_queued(session, "a:25")
        assert not outbox.is_queued(session, "b:25")
        job_queue.stop(session, row.job_key, "no", FRIDAY)
        assert not outbox.is_queued(session, "a:25")


def test_the_outbox_shows_the_newest_first_with_its_job_as_long_as_there_is_one(database: Database) -> None:
    with database.writing() as session:
        put(session, "m1")
        outbox.add(session, delivery("m2", created_at=LATER))
        assert [(row.id, job.key if job else None) for row, job in outbox.newest(session)] == [
            ("m2", None), ("m1", "deliver:m1")
        ]  # fmt: skip
        assert [row.id for row, _ in outbox.newest(session, 1, (LATER, "m2"))] == ["m1"]
        assert [row.id for row, _ in outbox.newest(session, 1, (FRIDAY, "m1"), before=True)] == ["m2"]
        assert outbox.newest(session, 1, (FRIDAY, "m1")) == ()
        assert outbox.count(session, 1) == 2
        found = outbox.get_with_job(session, "m1")
        assert found is not None
        assert found[1] is not None
        assert outbox.get_with_job(session, "m404") is None


def test_a_breaker_is_remembered(database: Database) -> None:
    with database.writing() as session:
        assert circuit_breakers.breaker(session, "a:25") == Breaker()
        assert circuit_breakers.lock(session, "a:25") == Breaker()
        circuit_breakers.keep(session, "a:25", Breaker(3, LATER), "refused")
    with database.reading() as session:
        assert circuit_breakers.breaker(session, "a:25") == Breaker(3, LATER)
        assert circuit_breakers.to_probe(session, FRIDAY) == ()
        assert circuit_breakers.to_probe(session, LATER) == ("a:25",)
    with pytest.raises(LookupError), database.writing() as session:
        circuit_breakers.keep(session, "b:25", Breaker())


def test_one_job_probes_a_destination_until_something_is_known_of_it(database: Database) -> None:
    with database.writing() as session:
        circuit_breakers.lock(session, "a:25")
        circuit_breakers.keep(session, "a:25", Breaker(3, FRIDAY), "refused")
        circuit_breakers.start_probe(session, "a:25", "deliver:m1", MUCH_LATER, LATER)
        assert circuit_breakers.breaker(session, "a:25") == Breaker(3, LATER)
        assert circuit_breakers.probe_planned_at(session, "a:25", "deliver:m1") == MUCH_LATER
        assert circuit_breakers.probe_planned_at(session, "a:25", "deliver:m2") is None
        assert circuit_breakers.probe_planned_at(session, "b:25", "deliver:m1") is None
        circuit_breakers.keep(session, "a:25", Breaker(4, LATER), "refused")
        assert circuit_breakers.probe_planned_at(session, "a:25", "deliver:m1") is None


def test_a_worker_beats_until_it_leaves(database: Database) -> None:
    with database.writing() as session:
        heartbeats.beat(session, "w1", FRIDAY)
        heartbeats.beat(session, "w1", LATER)
        heartbeats.beat(session, "w2", LATER)
        assert heartbeats.beats(session) == {"w1": 2, "w2": 1}
        heartbeats.forget(session, "w1")
        heartbeats.forget(session, "w404")
        assert heartbeats.beats(session) == {"w2": 1}
