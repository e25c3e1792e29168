from __future__ import annotations

from datetime import timedelta

import pytest

from questionnaire.storage.db.engine import Database
from questionnaire.storage.delivery import job_queue
from questionnaire.storage.delivery.job_queue import JobTable
from questionnaire.storage.tables import JobRow
from tests.rows import FRIDAY

ROOM = JobTable(lambda: FRIDAY)
LATER = FRIDAY + timedelta(hours=5)
NAMES = ("send_mail", "render_report")


def test_a_job_exists_if_and_only_if_its_cause_was_committed(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.writing() as session:  # noqa: PT012
        ROOM.enqueue(session, "send_mail", "k1", {"mail": "m1"})
        _ = 1 / 0
    with database.writing() as session:
        assert ROOM.enqueue(session, "send_mail", "k2", {"mail": "m2"})
    with database.writing() as session:
        assert [(job.key, job.args) for job in job_queue.due_jobs(session, NAMES, FRIDAY, 10)] == [
            ("k2", {"mail": "m2"})
        ]


def test_the_same_key_is_enqueued_once(database: Database) -> None:
    with database.writing() as session:
        assert ROOM.enqueue(session, "send_mail", "k", {"n": 1})
        assert not ROOM.enqueue(session, "send_mail", "k", {"n": 2})
        (job,) = job_queue.due_jobs(session, NAMES, FRIDAY, 10)
        job_queue.claim(session, job, "worker-1")
        assert job_queue.finish(session, "k", 0, FRIDAY)
        assert not ROOM.enqueue(session, "send_mail", "k", {"n": 3})
        assert job_queue.due_jobs(session, NAMES, LATER, 10) == ()


def test_a_job_waits_for_its_time_and_for_a_worker_with_its_type(database: Database) -> None:
    with database.writing() as session:
        ROOM.enqueue(session, "send_mail", "later", {}, LATER)
        ROOM.enqueue(session, "unheard_of", "strange", {})
        assert job_queue.due_jobs(session, NAMES, FRIDAY, 10) == ()
        assert [job.key for job in job_queue.due_jobs(session, NAMES, LATER, 10)] == ["later"]
        assert job_queue.oldest_due_at(session, LATER) == FRIDAY


def test_a_result_of_a_late_worker_is_ignored(database: Database) -> None:
    with database.writing() as session:
        ROOM.enqueue(session, "send_mail", "k", {})
        (job,) = job_queue.due_jobs(session, NAMES, FRIDAY, 10)
        job_queue.claim(session, job, "worker-1")
        assert job_queue.current(session, "k", 0) is not None
        assert job_queue.fail(session, "k", 0, "boom", LATER, FRIDAY)
        assert not job_queue.finish(session, "k", 0, FRIDAY)
        assert not job_queue.fail(session, "k", 0, "boom", LATER, FRIDAY)
        assert job_queue.current(session, "k", 0) is None
        assert job_queue.current(session, "k", 1) is None
        (again,) = job_queue.due_jobs(session, NAMES, LATER, 10)
        assert (again.attempt, again.turn, again.last_error) == (1, 1, "boom")


def test_a_dead_job_is_listed_and_can_be_replayed(database: Database) -> None:
    with database.writing() as session:
        ROOM.enqueue(session, "send_mail", "k", {})
        assert not job_queue.replay(session, "k", FRIDAY)
        (job,) = job_queue.due_jobs(session, NAMES, FRIDAY, 10)
        job_queue.claim(session, job, "worker-1")
        job_queue.fail(session, "k", 0, "boom", None, FRIDAY)
        assert [row.key for row in job_queue.dead(session)] == ["k"]
        assert job_queue.replay(session, "k", LATER)
        (again,) = job_queue.due_jobs(session, NAMES, LATER, 10)
        assert (again.attempt, again.turn) == (0, 2)


def test_old_finished_jobs_are_deleted(database: Database) -> None:
    with database.writing() as session:
        ROOM.enqueue(session, "send_mail", "old", {})
        ROOM.enqueue(session, "send_mail", "waiting", {})
        for job in job_queue.due_jobs(session, NAMES, FRIDAY, 1):
            job_queue.claim(session, job, "worker-1")
            job_queue.finish(session, job.key, 0, FRIDAY)
        assert job_queue.delete_finished(session, FRIDAY) == 0
        assert job_queue.delete_finished(session, LATER) == 1
        assert len(job_queue.due_jobs(session, NAMES, LATER, 10)) == 1


def test_a_result_of_a_lost_claim_is_ignored(database: Database) -> None:
    with database.writing() as session:
        ROOM.enqueue(session, "send_mail", "k", {})
        (job,) = job_queue.due_jobs(session, NAMES, FRIDAY, 10)
        job_queue.claim(session, job, "worker-1")
        assert job_queue.running_jobs(session) == (("k", "worker-1"),)
        assert not job_queue.hand_back(session, "k", "worker-2", FRIDAY)
        assert job_queue.hand_back(session, "k", "worker-1", FRIDAY)
        (again,) = job_queue.due_jobs(session, NAMES, FRIDAY, 10)
        job_queue.claim(session, again, "worker-2")
        # The same turn, so that the effects keep their names; another claim, so that one of the two counts.
        assert (again.turn, again.claims) == (0, 2)
        assert job_queue.current(session, "k", 0, claims=1) is None
        assert not job_queue.finish(session, "k", 0, FRIDAY, claims=1)
        assert not job_queue.fail(session, "k", 0, "boom", LATER, FRIDAY, claims=1)
        assert not job_queue.postpone(session, "k", 0, "boom", LATER, claims=1)
        assert job_queue.finish(session, "k", 0, FRIDAY, claims=2)


def test_a_job_claimed_five_times_is_dead_and_can_be_replayed(database: Database) -> None:
    with database.writing() as session:
        ROOM.enqueue(session, "send_mail", "k", {})
        for _ in range(5):
            (job,) = job_queue.due_jobs(session, NAMES, FRIDAY, 10)
            job_queue.claim(session, job, "worker-1")
            assert job_queue.hand_back(session, "k", "worker-1", LATER)
        (dead,) = job_queue.dead(session)
        assert (dead.last_error, dead.finished_at, dead.claimed_by) == (job_queue.WORKER_DIED, LATER, None)
        assert job_queue.count_dead(session, 5) == 1
        assert job_queue.counts(session) == (("send_mail", "dead", 1),)
        assert job_queue.replay(session, "k", LATER)
        (again,) = job_queue.due_jobs(session, NAMES, LATER, 10)
        assert (again.turn, again.claims) == (1, 0)


def test_handed_back_jobs_are_listed_separately_fewest_claims_first(database: Database) -> None:
    with database.writing() as session:
        for key, claims in (("a", 3), ("b", 1), ("c", 0)):
            ROOM.enqueue(session, "send_mail", key, {})
            for _ in range(claims):
                job_queue.claim(session, session.get_one(JobRow, key), "worker-1")
                job_queue.hand_back(session, key, "worker-1", FRIDAY)
        assert [job.key for job in job_queue.due_jobs(session, NAMES, FRIDAY, 10, handed_back=True)] == ["b", "a"]
        assert [job.key for job in job_queue.due_jobs(session, NAMES, FRIDAY, 10, handed_back=False)] == ["c"]
        assert [job.key for job in job_queue.due_jobs(session, NAMES, FRIDAY, 10)] == ["a", "b", "c"]


def test_the_next_due_time_is_known_in_advance(database: Database) -> None:
    with database.writing() as session:
        assert job_queue.next_due(session, NAMES) is None
        ROOM.enqueue(session, "send_mail", "later", {}, LATER)
        ROOM.enqueue(session, "unheard_of", "strange", {})
        assert job_queue.next_due(session, NAMES) == LATER
        assert job_queue.next_due(session, ("unheard_of",)) == FRIDAY
