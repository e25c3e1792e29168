"""Which answers of mail servers say that there is no mailbox."""

from __future__ import annotations

import pytest

from questionnaire.core.delivery.suppression import is_unknown_mailbox, mailbox_hash


@pytest.mark.parametrize(
    "answer",
    [
        "550 5.1.1 The email account that you tried to reach does not exist.",
        "550-5.1.1 <anna@b.example>: Recipient address rejected",
        "550 5.1.10 RESOLVER.ADR.RecipientNotFound",
        "550 5.2.1 The user you are trying to contact is disabled",
        "550 User unknown",
        "551 No such user here",
        "553 anna@b.example: unknown recipient",
        "550 Mailbox not found",
        "550 account doesn’t exist",
    ],
)
def test_the_server_says_that_there_is_no_such_mailbox(answer: str) -> None:
    assert is_unknown_mailbox(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "450 4.1.1 User unknown for now",
        "550 5.7.1 Message rejected as spam: user unknown",
        "552 5.2.2 Mailbox full",
        "554 5.1.8 Sender address rejected",
        "550 5.1.11 Something of later days",
        "550 mailbox unavailable",
        "550 Message refused by policy",
        "554 no such user",
        "",
    ],
)
def test_the_server_refuses_a_mail_for_another_reason(answer: str) -> None:
    assert not is_unknown_mailbox(answer)


def test_a_mailbox_has_one_hash_that_says_nothing() -> None:
    hashed = mailbox_hash("anna@b.example")
    assert hashed == mailbox_hash("anna@b.example") != mailbox_hash("anna@c.example")
    assert (len(hashed), "anna" in hashed) == (64, False)
