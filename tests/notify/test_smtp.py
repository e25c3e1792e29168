from __future__ import annotations

import socket
import threading

import pytest

from questionnaire.core.delivery.mail_server import SmtpServer
from questionnaire.notify.mail.mail_channel import MailChannel
from questionnaire.notify.mail.mailbox import Mailbox
from questionnaire.notify.mail.message import Envelope
from questionnaire.notify.mail.smtp import Smtp
from questionnaire.notify.result import IN_MAILBOX, Delivered, Failed
from tests.smtp_server import free_port, open_post_office
from tests.toolboxes import toolbox_for

LETTER = Envelope("hello@n.example", "anna@b.example", b"Subject: Hello\r\n\r\nHello\r\n")


def smtp(port: int, **more: str) -> Smtp:
    return Smtp(SmtpServer("127.0.0.1", port, "none", **more))


def test_the_server_gets_the_letter_for_the_recipient_of_the_envelope() -> None:
    with open_post_office() as office:
        assert smtp(office.port).send(LETTER) == Delivered()
        (letter,) = office.letters
    assert (letter.sender, letter.recipients, letter.content) == (LETTER.sender, [LETTER.recipient], LETTER.content)


@pytest.mark.parametrize(
    ("where", "says", "retryable", "destination_down"),
    [
        ("anna@b.example", "450 mailbox busy", True, False),
        ("anna@b.example", "550 no such mailbox", False, False),
        ("DATA", "451 try later", True, False),
        ("DATA", "554 we think this is spam", False, False),
        ("DATA", "421 going down", True, True),
    ],
)
def test_a_refusal_says_whether_to_try_again(where: str, says: str, retryable: bool, destination_down: bool) -> None:
    with open_post_office() as office:
        office.answers[where] = says
        outcome = smtp(office.port).send(LETTER)
    assert isinstance(outcome, Failed)
    assert (outcome.retryable, outcome.destination_down) == (retryable, destination_down)
    assert outcome.error == says


def test_a_server_that_is_not_there_is_worth_another_try() -> None:
    outcome = smtp(free_port()).send(LETTER)
    assert isinstance(outcome, Failed)
    assert (outcome.retryable, outcome.destination_down) == (True, True)


def test_a_server_that_hangs_up_is_worth_another_try() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=lambda: server.accept()[0].close(), daemon=True).start()
        outcome = smtp(server.getsockname()[1]).send(LETTER)
    assert isinstance(outcome, Failed)
    assert (outcome.retryable, outcome.destination_down) == (True, True)


def test_a_server_that_does_not_know_us_is_for_the_operator_to_mend() -> None:
    with open_post_office(auth_required=False, auth_require_tls=False) as office:
        outcome = smtp(office.port, user="us", password="wrong").send(LETTER)
    assert isinstance(outcome, Failed)
    assert (outcome.retryable, outcome.destination_down) == (True, True)


def test_an_address_beyond_ascii_needs_a_server_that_takes_it() -> None:
    letter = Envelope("hello@n.example", "zoë@b.example", "Subject: Hello\r\n\r\nZoë\r\n".encode())
    with open_post_office(enable_SMTPUTF8=True) as office:
        assert smtp(office.port).send(letter) == Delivered()
        assert office.letters[0].recipients == ["zoë@b.example"]
    with open_post_office(enable_SMTPUTF8=False) as office:
        outcome = smtp(office.port).send(letter)
        assert isinstance(outcome, Failed)
        assert not outcome.retryable


@pytest.mark.parametrize(
    ("address", "utf8", "reaches"),
    [
        ("anna@b.example", False, True), ("anna@müller.example", False, True), ("zoë@b.example", True, True),
        ("zoë@b.example", False, False), ("anna", True, False),
    ],
)  # fmt: skip
def test_a_mail_reaches_an_address_that_the_server_takes(address: str, utf8: bool, reaches: bool) -> None:
    with open_post_office(enable_SMTPUTF8=utf8) as office:
        assert MailChannel(smtp(office.port), "N <hello@n.example>").reaches(address) is reaches
        assert office.letters == []


def test_a_server_that_does_not_answer_promises_nothing_beyond_ascii() -> None:
    channel = MailChannel(smtp(free_port()), "N <hello@n.example>")
    assert not channel.reaches("zoë@b.example")
    assert channel.reaches("zoe@b.example")


def test_a_mail_that_cannot_be_written_reaches_nobody() -> None:
    assert not MailChannel(Mailbox(), "N <hello at n.example>").reaches("anna@b.example")


def test_without_a_server_the_outbox_is_the_mailbox() -> None:
    plain = toolbox_for("sqlite:////tmp/never-opened/q.sqlite3")
    assert MailChannel.of(plain.settings).transport == Mailbox()
    assert Mailbox().send(LETTER) == Delivered(IN_MAILBOX)
    named = toolbox_for("sqlite:////tmp/never-opened/q.sqlite3", SMTP_URL="smtp://mail.example:2525")
    assert MailChannel.of(named.settings).destination("a@b.example") == "smtp mail.example:2525"
