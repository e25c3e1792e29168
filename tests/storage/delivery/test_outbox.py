from __future__ import annotations

from datetime import timedelta

import pytest

from questionnaire.core.delivery.retry import Breaker
from questionnaire.storage.db.engine import Database
from questionnaire.storage.delivery import circuit_breakers, heartbeats, outbox
from tests.rows import FRIDAY, mail

LATER = FRIDAY + timedelta(minutes=5)


def test_a_mail_is_composed_once_for_what_caused_it(database: Database) -> None:
    with database.writing() as session:
        assert outbox.add(session, mail("m1"))
    with database.writing() as session:
        assert not outbox.add(session, mail("m1", subject="Again"))
        assert outbox.count(session) == 1
        row = outbox.get(session, "m1")
        assert row is not None
        assert row.subject == "Your report"


def test_one_job_sends_a_mail_and_its_word_counts(database: Database) -> None:
    with database.writing() as session:
        outbox.add(session, mail("m1"))
    with database.writing() as session:
        assert outbox.claim(session, "m1", 0, "job-a") is not None
    with database.writing() as session:
        assert outbox.claim(session, "m1", 0, "job-b") is None
        assert not outbox.delivered(session, "m1", "job-b", "sent", FRIDAY)
        assert outbox.failed(session, "m1", "job-b", "no", LATER, FRIDAY) is None
    with database.writing() as session:
        again = outbox.claim(session, "m1", 0, "job-a")
        assert again is not None
        assert outbox.delivered(session, "m1", "job-a", "sent", FRIDAY)
        assert not outbox.delivered(session, "m1", "job-a", "sent", FRIDAY)
        assert outbox.claim(session, "m1", 0, "job-a") is None


def test_a_mail_that_did_not_go_waits_for_its_next_turn(database: Database) -> None:
    with database.writing() as session:
        outbox.add(session, mail("m1"))
        outbox.claim(session, "m1", 0, "job-a")
        row = outbox.failed(session, "m1", "job-a", "x" * 900, LATER, FRIDAY)
        assert row is not None
        assert (row.state, row.attempts, row.turn, row.due_at, len(row.last_error)) == ("queued", 1, 1, LATER, 500)
        assert outbox.claim(session, "m1", 0, "job-a") is None
        assert outbox.claim(session, "m1", 1, "job-b") is not None


def test_a_dead_mail_is_seen_and_can_be_sent_again(database: Database) -> None:
    with database.writing() as session:
        outbox.add(session, mail("m1"))
        assert outbox.replay(session, "m1", FRIDAY) is None
        outbox.claim(session, "m1", 0, "job-a")
        outbox.failed(session, "m1", "job-a", "no such mailbox", None, FRIDAY)
        assert [row.last_error for row in outbox.dead(session)] == ["no such mailbox"]
        back = outbox.replay(session, "m1", LATER)
        assert back is not None
        assert (back.state, back.attempts, back.turn, back.due_at) == ("queued", 0, 2, LATER)
        assert outbox.dead(session) == ()


def test_a_probe_leaves_no_trace(database: Database) -> None:
    with database.writing() as session:
        outbox.add(session, mail("m1", due_at=LATER))
        outbox.claim(session, "m1", 0, "probe")
        outbox.put_back(session, "m1", "probe", "still away")
        row = outbox.get(session, "m1")
        assert row is not None
        assert (row.state, row.attempts, row.turn, row.due_at) == ("queued", 0, 0, LATER)


def test_what_waited_for_a_destination_goes_when_it_is_back(database: Database) -> None:
    with database.writing() as session:
        for name, to, tried in (("m1", "a:25", 1), ("m2", "a:25", 0), ("m3", "b:25", 1)):
            outbox.add(session, mail(name, destination=to, attempts=tried))
        assert [row.id for row in outbox.waiting(session, "a:25", 5)] == ["m1", "m2"]
        assert [(row.id, row.turn) for row in outbox.release(session, "a:25", LATER)] == [("m1", 1), ("m2", 1)]


def test_the_mailbox_shows_the_newest_first(database: Database) -> None:
    with database.writing() as session:
        outbox.add(session, mail("m1"))
        outbox.add(session, mail("m2", created_at=LATER))
        assert [row.id for row in outbox.newest(session)] == ["m2", "m1"]
        assert [row.id for row in outbox.newest(session, limit=1, offset=1)] == ["m1"]
        assert outbox.of_lead(session, "lead-anna") == ()


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


def test_a_worker_beats_until_it_leaves(database: Database) -> None:
    with database.writing() as session:
        heartbeats.beat(session, "w1", FRIDAY)
        heartbeats.beat(session, "w1", LATER)
        heartbeats.beat(session, "w2", LATER)
        assert heartbeats.beats(session) == {"w1": 2, "w2": 1}
        heartbeats.forget(session, "w1")
        heartbeats.forget(session, "w404")
        assert heartbeats.beats(session) == {"w2": 1}
