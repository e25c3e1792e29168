from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaire.notify.channel import message_id
from questionnaire.notify.mail.message import HeadersDiffer, Mail, envelope

FRIDAY = datetime(2026, 10, 2, 15, 30, tzinfo=UTC)
SENDER = "Nordlicht Diagnostik <hallo@nordlicht.example>"


ALWAYS = "MIME-Version Content-Type From To Subject Date Message-ID Auto-Submitted X-Auto-Response-Suppress".split(" ")


def mail(**more: object) -> Mail:
    values = {"kind": "k", "to": "anna@nordwind.example", "subject": "Hello", "text": "T\n", "html": "<p>T</p>\n"}
    return Mail(**{**values, **more})  # type: ignore[arg-type]


def test_the_message_has_exactly_the_headers_that_were_meant() -> None:
    made = envelope(
        mail(reply_to="anna@nordwind.example", headers={"References": "<lead-1@q.example>"}),
        "<m1@q.example>",
        SENDER,
        FRIDAY,
    )
    read = message_from_bytes(made.content, policy=policy.default)
    assert dict(read.items()) | {"Content-Type": ""} == {
        "MIME-Version": "1.0",
        "Content-Type": "",
        "From": SENDER,
        "To": "anna@nordwind.example",
        "Subject": "Hello",
        "Date": "Fri, 02 Oct 2026 15:30:00 +0000",
        "Message-ID": "<m1@q.example>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Reply-To": "anna@nordwind.example",
        "References": "<lead-1@q.example>",
    }
    assert (made.sender, made.recipient) == ("hallo@nordlicht.example", "anna@nordwind.example")
    assert [part.get_content_type() for part in read.iter_parts()] == ["text/plain", "text/html"]


@given(subject=st.text(max_size=300), name=st.text(max_size=60))
def test_whatever_somebody_writes_becomes_no_header(subject: str, name: str) -> None:
    sender = f'"{name.replace(chr(34), "").replace(chr(92), "")}" <hallo@nordlicht.example>'
    try:
        made = envelope(mail(subject=subject), "<m1@q.example>", sender, FRIDAY)
    except (HeadersDiffer, ValueError, IndexError):
        return
    names = [header for header, _ in message_from_bytes(made.content, policy=policy.default).items()]
    assert sorted(names) == sorted(ALWAYS)


@pytest.mark.parametrize(
    "subject",
    [
        "[Review by Mon 10:30] Anna Keller, VP Sales, Nordwind Software (501–1\u202f000, DE): asked for a demo",
        "Ünïcode – “quotes”",
        "=?utf-8?q?=0D=0ABcc:_all@evil.example?=",
        "A\r\nBcc: all@evil.example",
        "x" * 500,
    ],
)
def test_a_hostile_subject_stays_a_subject(subject: str) -> None:
    made = envelope(mail(subject=subject), "<m1@q.example>", SENDER, FRIDAY)
    read = message_from_bytes(made.content, policy=policy.default)
    assert read["Bcc"] is None
    assert read["Subject"]


def test_an_encoded_word_in_the_senders_name_stays_a_name() -> None:
    sender = '"=?utf-8?q?x=0D=0ABcc=3A_all@evil.example?=" <hallo@nordlicht.example>'
    made = envelope(mail(), "<m1@q.example>", sender, FRIDAY)
    assert message_from_bytes(made.content, policy=policy.default)["Bcc"] is None


@pytest.mark.parametrize("to", ["anna@nordwind.example\r\nBcc: x@evil.example", "a@b.example, c@d.example\n"])
def test_an_address_with_a_line_end_is_never_written(to: str) -> None:
    with pytest.raises((ValueError, HeadersDiffer)):
        envelope(mail(to=to), "<m1@q.example>", SENDER, FRIDAY)


def test_the_same_cause_has_the_same_message_id_and_the_same_bytes() -> None:
    assert message_id("report:r1", "q.example") == message_id("report:r1", "q.example")
    assert message_id("report:r1", "q.example") != message_id("report:r2", "q.example")
    assert envelope(mail(), "<m1@q.example>", SENDER, FRIDAY) == envelope(mail(), "<m1@q.example>", SENDER, FRIDAY)
