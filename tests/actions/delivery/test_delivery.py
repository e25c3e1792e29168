from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest

from questionnaire.actions.delivery import delivery
from questionnaire.actions.toolbox import Toolbox
from questionnaire.notify.mail import Mail
from questionnaire.storage.db.engine import Database
from questionnaire.storage.delivery import circuit_breakers, job_queue, outbox
from questionnaire.storage.tables import MailRow as Row
from tests.rows import FRIDAY
from tests.smtp_server import PostOffice, free_port, open_post_office
from tests.toolboxes import Clock, still_toolbox


class Post:
    """The waiting room worked off by hand, at the hour the test says; everything else is real."""

    def __init__(self, database: Database, smtp_port: int | None = None) -> None:
        self.clock = Clock()
        env = {"SMTP_URL": f"smtp://127.0.0.1:{smtp_port}"} if smtp_port else {}
        self.toolbox: Toolbox = still_toolbox(database, self.clock, **env)
        self.database = database

    def post(self, number: int, kind: str = "lead_assigned", to: str = "") -> str:
        mail = Mail(kind, to or f"rep{number}@n.example", f"Lead {number}", "Hello\n", "<p>Hello</p>\n")
        with self.database.writing() as session:
            mail_id = delivery.post(self.toolbox, session, mail, f"cause {number}")
        assert mail_id is not None
        return mail_id

    def work(self) -> int:
        """Does all jobs that are due; how many they were."""
        done = 0
        while True:
            with self.database.writing() as session:
                found = job_queue.due_jobs(session, ("send_mail",), self.clock.at, 100)
                calls: list[tuple[str, int, Mapping[str, Any]]] = [(job.key, job.turn, job.args) for job in found]
                for job in found:
                    job_queue.claim(session, job)
            for key, turn, args in calls:
                delivery.send_mail(self.toolbox, args, f"{key}#{turn}")
                with self.database.writing() as session:
                    assert job_queue.finish(session, key, turn, self.clock.at)
            if not calls:
                return done
            done += len(calls)

    def mail(self, mail_id: str) -> Row:
        with self.database.reading() as session:
            row = outbox.get(session, mail_id)
        assert row is not None
        return row


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with open_post_office() as opened:
        yield opened


def test_a_mail_goes_out_once_with_a_name_of_its_own(database: Database, office: PostOffice) -> None:
    post = Post(database, office.port)
    mail_id = post.post(1)
    assert post.work() == 1
    assert post.work() == 0
    row = post.mail(mail_id)
    assert (row.state, row.attempts, row.finished_at) == ("sent", 1, FRIDAY)
    (letter,) = office.letters
    read = message_from_bytes(letter.content, policy=policy.default)
    assert read["Message-ID"] == row.message_id
    assert read["Message-ID"].endswith("@q.example>")
    assert letter.sender == "hello@nordlicht.example"


def test_the_same_cause_is_one_mail(database: Database, office: PostOffice) -> None:
    post = Post(database, office.port)
    mail = Mail("lead_assigned", "lena@n.example", "Lead", "Hello\n", "<p>Hello</p>\n")
    with database.writing() as session:
        assert delivery.post(post.toolbox, session, mail, "r1")
        assert delivery.post(post.toolbox, session, mail, "r1") is None
        assert delivery.post(post.toolbox, session, mail, "r2")
    assert post.work() == 2


def test_without_a_server_a_mail_is_in_the_mailbox_at_once(database: Database) -> None:
    post = Post(database)
    mail_id = post.post(1)
    post.work()
    assert post.mail(mail_id).state == "delivered_to_mailbox"


def test_a_mailbox_that_is_busy_is_asked_again_and_the_others_go_on(database: Database, office: PostOffice) -> None:
    post = Post(database, office.port)
    office.answers["rep1@n.example"] = "450 busy"
    busy, fine = post.post(1), post.post(2)
    post.work()
    assert post.mail(fine).state == "sent"
    row = post.mail(busy)
    assert (row.state, row.attempts, row.last_error) == ("queued", 1, "450 busy")
    assert row.due_at is not None
    assert timedelta(seconds=5) <= row.due_at - FRIDAY <= timedelta(seconds=6)
    office.answers.clear()
    post.clock.forward(seconds=6)
    post.work()
    assert post.mail(busy).state == "sent"


def test_a_mail_that_is_refused_for_good_is_dead_at_once_and_can_be_sent_again(
    database: Database, office: PostOffice
) -> None:
    post = Post(database, office.port)
    office.answers["rep1@n.example"] = "550 no such mailbox"
    mail_id = post.post(1)
    post.work()
    with database.reading() as session:
        assert [row.id for row in outbox.dead(session)] == [mail_id]
    office.answers.clear()
    with database.writing() as session:
        assert delivery.replay(post.toolbox, session, mail_id)
        assert not delivery.replay(post.toolbox, session, mail_id)
    post.work()
    assert post.mail(mail_id).state == "sent"


def test_ten_refusals_over_three_days_make_a_dead_letter(database: Database, office: PostOffice) -> None:
    post = Post(database, office.port)
    office.answers["rep1@n.example"] = "450 busy"
    mail_id = post.post(1)
    while post.mail(mail_id).state == "queued":
        post.clock.at = post.mail(mail_id).due_at or post.clock.at
        assert post.work() == 1
    assert post.mail(mail_id).attempts == 10
    assert timedelta(hours=75) < post.clock.at - FRIDAY < timedelta(hours=84)


def test_a_worker_killed_while_sending_goes_on_under_the_same_name(database: Database, office: PostOffice) -> None:
    post = Post(database, office.port)
    mail_id = post.post(1)
    with database.writing() as session:
        (job,) = job_queue.due_jobs(session, ("send_mail",), FRIDAY, 10)
        job_queue.claim(session, job)
        assert outbox.claim(session, mail_id, 0, f"{job.key}#0")
    delivery.send_mail(post.toolbox, job.args, "another job#0")
    assert office.letters == []
    delivery.send_mail(post.toolbox, job.args, f"{job.key}#0")
    delivery.send_mail(post.toolbox, job.args, f"{job.key}#0")
    assert len(office.letters) == 1


def test_a_mail_that_cannot_be_written_is_dead_and_says_why(database: Database, office: PostOffice) -> None:
    post = Post(database, office.port)
    mail_id = post.post(1, to="lena@n.example\nBcc: all@evil.example")
    post.work()
    assert post.mail(mail_id).state == "dead"
    assert "cannot be written" in post.mail(mail_id).last_error
    assert office.letters == []


def test_nobody_is_flooded_through_a_public_form(database: Database, office: PostOffice) -> None:
    post = Post(database, office.port)
    sent = [post.post(number, "report_ready", "victim@b.example") for number in range(12)]
    post.work()
    assert [post.mail(mail_id).state for mail_id in sent] == ["sent"] * 10 + ["dead"] * 2
    post.clock.forward(days=1, minutes=1)
    assert post.mail(post.post(99, "report_ready", "victim@b.example")).state == "queued"


def test_an_outage_of_three_days_loses_and_doubles_nothing_and_drains_within_ten_minutes(database: Database) -> None:
    port = free_port()
    post = Post(database, port)
    sent = [post.post(number) for number in range(10)]
    ends = FRIDAY + timedelta(hours=72)
    knocks = 0
    while post.clock.at < ends:
        post.work()
        delivery.probe_destinations(post.toolbox)
        knocks += post.work()
        post.clock.forward(hours=1)
    with database.reading() as session:
        assert circuit_breakers.breaker(session, f"smtp 127.0.0.1:{port}").is_open
        assert len(outbox.waiting(session, f"smtp 127.0.0.1:{port}", 100)) == 10
    # One mail knocks at a time; the others keep their attempts for when somebody answers.
    assert 70 <= knocks <= 80
    with open_post_office(port) as office:
        back = post.clock.at
        while {post.mail(mail_id).state for mail_id in sent} != {"sent"}:
            delivery.probe_destinations(post.toolbox)
            post.work()
            post.clock.forward(seconds=30)
            assert post.clock.at - back <= timedelta(minutes=10)
        ids = [message_from_bytes(letter.content)["Message-ID"] for letter in office.letters]
    assert len(ids) == 10
    assert len(set(ids)) == 10
    with database.reading() as session:
        assert not circuit_breakers.breaker(session, f"smtp 127.0.0.1:{port}").is_open
