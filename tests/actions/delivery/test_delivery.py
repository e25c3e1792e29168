from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from questionnaire.actions.delivery import delivery
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.delivery.retry import Breaker
from questionnaire.jobs.execute import perform
from questionnaire.jobs.registry import JOB_TYPES
from questionnaire.notify.mail.mail_channel import MailChannel, payload_of
from questionnaire.notify.mail.message import Mail
from questionnaire.notify.registry import ChannelMessage
from questionnaire.storage.db.engine import Database
from questionnaire.storage.delivery import circuit_breakers, job_queue, outbox
from questionnaire.storage.tables import DeliveryRow, JobRow
from tests.proof.size import sized
from tests.rows import FRIDAY
from tests.smtp_server import PostOffice, free_port, open_post_office
from tests.toolboxes import Clock, still_toolbox

MAILS = sized(10, 500)


class Post:
    """The waiting room worked off by hand, at the hour the test says; everything else is real."""

    def __init__(self, database: Database, smtp_port: int | None = None) -> None:
        self.clock = Clock()
        env = {"SMTP_URL": f"smtp://127.0.0.1:{smtp_port}"} if smtp_port else {}
        self.toolbox: Toolbox = still_toolbox(database, self.clock, **env)
        self.database = database

    def message(self, to: str, kind: str = "lead_assigned") -> ChannelMessage:
        channel, payload = (
            MailChannel.of(self.toolbox.settings),
            payload_of(Mail(kind, to, "A lead", "Hi\n", "<p>Hi</p>")),
        )
        return ChannelMessage(kind, "mail", to, channel.destination(to), payload)

    def post(self, number: int, kind: str = "lead_assigned", to: str = "") -> str:
        message = self.message(to or f"rep{number}@n.example", kind)
        with self.database.writing() as session:
            (mail_id,) = delivery.post(self.toolbox, session, [message], f"cause {number}")
        return mail_id

    def work(self) -> int:
        """Does all jobs that are due; how many they were."""
        done = 0
        while True:
            with self.database.writing() as session:
                found = job_queue.due_jobs(session, ("deliver",), self.clock.at, 100)
                for job in found:
                    job_queue.claim(session, job)
            for job in found:
                perform(self.toolbox, JOB_TYPES, job.key, job.turn, job.claims)
            if not found:
                return done
            done += len(found)

    def mail(self, mail_id: str) -> DeliveryRow:
        with self.database.reading() as session:
            return session.get_one(DeliveryRow, mail_id)

    def job(self, mail_id: str) -> JobRow:
        with self.database.reading() as session:
            return session.get_one(JobRow, f"deliver:{mail_id}")


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
    assert (row.state, row.finished_at) == ("sent", FRIDAY)
    assert (post.job(mail_id).state, post.job(mail_id).attempt) == ("done", 0)
    (letter,) = office.letters
    read = message_from_bytes(letter.content, policy=policy.default)
    assert read["Message-ID"] == row.message_id
    assert read["Message-ID"].endswith("@q.example>")
    assert letter.sender == "hello@nordlicht.example"


def test_the_same_cause_is_one_mail(database: Database, office: PostOffice) -> None:
    post = Post(database, office.port)
    messages = [post.message("lena@n.example")]
    with database.writing() as session:
        assert delivery.post(post.toolbox, session, messages, "r1")
        assert delivery.post(post.toolbox, session, messages, "r1") == ()
        assert delivery.post(post.toolbox, session, messages, "r2")
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
    row, job = post.mail(busy), post.job(busy)
    assert (row.state, row.last_error) == ("queued", "450 busy")
    assert (job.state, job.attempt, job.last_error) == ("waiting", 1, "DeliveryFailed: 450 busy")
    assert timedelta(seconds=5) <= job.not_before - FRIDAY <= timedelta(seconds=5.5)
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
        assert [row.id for row, _ in outbox.dead(session)] == [mail_id]
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
    while post.job(mail_id).state == "waiting":
        post.clock.at = post.job(mail_id).not_before
        assert post.work() == 1
    assert (post.job(mail_id).state, post.job(mail_id).attempt) == ("dead", 10)
    assert timedelta(hours=75) < post.clock.at - FRIDAY < timedelta(hours=84)


def test_a_worker_killed_before_it_could_write_that_a_mail_was_sent_sends_it_again_under_the_same_name(
    database: Database, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = Post(database, office.port)
    mail_id = post.post(1)
    with database.writing() as session:
        (job,) = job_queue.due_jobs(session, ("deliver",), FRIDAY, 10)
        job_queue.claim(session, job, "worker-1")
    with monkeypatch.context() as killed:
        killed.setattr(delivery, "_record", lambda *_: None)
        delivery.deliver(post.toolbox, job.args, "run")
    with database.writing() as session:
        assert job_queue.hand_back(session, job.key, "worker-1", FRIDAY)
    assert post.work() == 1
    delivery.deliver(post.toolbox, job.args, "run")
    assert post.mail(mail_id).state == "sent"
    ids = [message_from_bytes(letter.content)["Message-ID"] for letter in office.letters]
    assert ids == [post.mail(mail_id).message_id] * 2


def test_a_mail_goes_by_the_server_that_is_named_today(database: Database, office: PostOffice) -> None:
    mail_id = Post(database, free_port()).post(1)
    post = Post(database, office.port)
    post.work()
    row = post.mail(mail_id)
    assert (row.state, row.destination) == ("sent", f"smtp 127.0.0.1:{office.port}")


def test_a_mail_that_cannot_be_written_is_dead_and_says_why(database: Database, office: PostOffice) -> None:
    post = Post(database, office.port)
    mail_id = post.post(1, to="lena@n.example\nBcc: all@evil.example")
    post.work()
    assert post.job(mail_id).state == "dead"
    assert "cannot be written" in post.mail(mail_id).last_error
    assert office.letters == []


def test_nobody_is_flooded_through_a_public_form(database: Database, office: PostOffice) -> None:
    post = Post(database, office.port)
    sent = [post.post(number, "report_ready", "victim@b.example") for number in range(12)]
    post.work()
    assert [post.job(mail_id).state for mail_id in sent] == ["done"] * 10 + ["dead"] * 2
    assert "the cap of 10 mails in 24 h" in post.mail(sent[-1]).last_error
    assert len(office.letters) == 10
    post.clock.forward(days=1, minutes=1)
    assert post.job(post.post(99, "report_ready", "victim@b.example")).state == "waiting"


@pytest.mark.proof
def test_an_outage_of_three_days_loses_and_doubles_nothing_and_drains_within_ten_minutes(database: Database) -> None:
    port = free_port()
    post = Post(database, port)
    sent = [post.post(number) for number in range(MAILS)]
    ends = FRIDAY + timedelta(hours=72)
    knocks = 0
    while post.clock.at < ends:
        post.work()
        delivery.probe_destinations(post.toolbox)
        knocks += post.work()
        post.clock.forward(hours=1)
    with database.reading() as session:
        assert circuit_breakers.breaker(session, f"smtp 127.0.0.1:{port}").is_open
        assert len(outbox.waiting_jobs(session, f"smtp 127.0.0.1:{port}", MAILS + 1)) == MAILS
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
    assert len(ids) == MAILS
    assert len(set(ids)) == MAILS
    with database.reading() as session:
        assert not circuit_breakers.breaker(session, f"smtp 127.0.0.1:{port}").is_open


def test_a_probe_costs_a_mail_nothing_of_its_attempts_and_changes_nothing_of_what_was_planned(
    database: Database,
) -> None:
    port = free_port()
    post = Post(database, port)
    # Of those that are equally old, the one with the first id is tried.
    first = min(post.post(number) for number in range(3))
    post.work()
    post.clock.forward(seconds=6)
    # The breaker is open: this attempt passes.
    assert post.work() == 3
    before = post.job(first)
    assert before.attempt == 2
    assert "does not answer" in post.mail(first).last_error
    post.clock.forward(seconds=9)
    delivery.probe_destinations(post.toolbox)
    delivery.probe_destinations(post.toolbox)
    assert post.work() == 1
    after = post.job(first)
    assert (after.state, after.attempt, after.not_before) == ("waiting", 2, before.not_before)
    assert "refused" in after.last_error
    assert breaker_of(post, port).failures == 4


def test_a_destination_that_nothing_waits_for_is_not_probed_for_ever(database: Database) -> None:
    port = free_port()
    post = Post(database, port)
    sent = [post.post(number) for number in range(3)]
    post.work()
    with database.writing() as session:
        for mail_id in sent:
            job_queue.stop(session, f"deliver:{mail_id}", "by hand", post.clock.at)
    post.clock.forward(seconds=15)
    delivery.probe_destinations(post.toolbox)
    assert breaker_of(post, port) == Breaker()


def breaker_of(post: Post, port: int) -> Breaker:
    with post.database.reading() as session:
        return circuit_breakers.breaker(session, f"smtp 127.0.0.1:{port}")
