"""Attacks by mail: through addresses and names that are typed into a public form.

Each was run against the product before it was mended; what got through then is said at its test.
"""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from questionnaire.core.identity import canonical_email
from questionnaire.notify.mail import Mail, first_name
from questionnaire.notify.message import envelope
from tests.proof.size import sized

FRIDAY = datetime(2026, 10, 2, 8, 0, tzinfo=UTC)
SENDER = "Nordlicht <hello@nordlicht.example>"


def mail(to: str = "lena@nordlicht.example", reply_to: str = "") -> Mail:
    return Mail("lead_assigned", to, "A lead", "Hello\n", "<p>Hello</p>\n", reply_to=reply_to)


# --- addresses that break a header -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "=?utf-8?q?anna?=@firm.example",  # read as an encoded word: the rep's mail was dead at once
        "x=?utf-8?b?YQ==?=@firm.example",
        "=?@firm.example",
        "＝？utf-8?q?anna?=@firm.example",  # NFKC makes the same of it
        "victim%gmail.com@firm.example",  # routed on to gmail.com by servers that know the percent hack
        "gmail.com!victim@firm.example",  # a bang path
        "-oQ@firm.example",  # an option of sendmail
        "|cat@firm.example",
        "an\ufe0fna@firm.example",  # a selector nobody sees: another address that looks the same
        "anna\u3164@firm.example",
        "an\u034fna@firm.example",
    ],
)
def test_an_address_that_is_read_in_another_way_is_none(typed: str) -> None:
    assert canonical_email(typed) is None


_signs = st.sampled_from(
    [*"abcABC019.+-_=?!%&'*/^`{|}~#$", "=?", "?=", "ü", "ß", "山", "ａ", "．", "＠", "İ", "\u200b"]
)
_locals = st.lists(_signs, min_size=1, max_size=64).map("".join)
_domains = st.sampled_from(
    [
        "firm.example",
        "FIRM.Example.",
        "müller.example",
        "fi\u200brm.example",
        "ｆｉｒｍ．example",
        "a." * 90 + "example",
    ]
)


@settings(max_examples=sized(300, 20_000), suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.builds("{}@{}".format, _locals, _domains) | st.emails())
@example("a" * 64 + "@" + "b" * 63 + "." + "c" * 63 + ".example")
@example("ü" * 32 + "@" + "b" * 63 + "." + "c" * 63 + ".example")
@example("a.b-c_d" * 9 + "@" + "b" * 63 + "." + "c" * 63 + ".example")
@example("a?=@firm.example")
def test_every_address_the_gate_accepts_can_be_written_to_and_be_answered(typed: str) -> None:
    canonical = canonical_email(typed)
    if canonical is None:
        return
    made = envelope(mail(to=typed), "<m@q.example>", SENDER, FRIDAY)
    assert canonical_email(made.recipient) == canonical
    read = message_from_bytes(made.content, policy=policy.default)
    assert str(read["To"]) == made.recipient
    assert len(read["To"].addresses) == 1
    answered = message_from_bytes(
        envelope(mail(reply_to=typed), "<m@q.example>", SENDER, FRIDAY).content, policy=policy.default
    )
    if made.recipient.isascii():
        (address,) = answered["Reply-To"].addresses
        assert canonical_email(address.addr_spec) == canonical


@pytest.mark.parametrize(
    "reply_to",
    [
        "=?utf-8?q?anna?=@firm.example",
        "a@b.example\r\nBcc: x@evil.example",
        "Anna <a@b.example>",
        "a@[",
        "ünna@f.example",
    ],
)
def test_a_mail_is_not_lost_because_nobody_could_answer_it(reply_to: str) -> None:
    made = envelope(mail(reply_to=reply_to), "<m@q.example>", SENDER, FRIDAY)
    read = message_from_bytes(made.content, policy=policy.default)
    assert read["Reply-To"] is None
    assert read["Bcc"] is None
    assert read["Subject"] == "A lead"


# --- names that become links -----------------------------------------------------------------------------------

# What browsers and mail programs take for the dot, the slash, the colon and the at of an address.
DOTS = (
    "\u3002\uff0e\uff61\u2024\ufe52\u00b7\u2027\u30fb\uff65\u06d4\u0701\u0702\ua4f8\u0387\u2e31\u22c5\u2219\u2022\u0660"
)
OTHERS = "\uff0f\u2215\u2044\u29f8\u2571\uff1a\ufe55\u2236\ua789\uff20\ufe6b\uff3c\u2216\u02d0"


def test_a_first_name_makes_no_link_out_of_signs_of_other_scripts() -> None:
    patterns = ("evil{}example", "win{0}evil{0}com", "Anna evil{}example now")
    typed = [pattern.format(sign) for sign in DOTS + OTHERS for pattern in patterns]
    assert [name for name in typed if "evil" in first_name(name)] == []


@pytest.mark.parametrize(
    "name", ["evil.com", "Evil.Example", "www.evil.com", "anna.evil.co.uk", "evil.com.", "1.2.3.4"]
)
def test_a_first_name_makes_no_link_out_of_dots(name: str) -> None:
    said = first_name(name)
    assert "." not in said.replace(". ", "").rstrip(".")


@pytest.mark.parametrize(
    "name", ["Jean‑Luc", "O’Neil", "J. R.", "Zoë", "Nguyễn", "山田", "Марія", "محمد", "D'Arcy", "Núria"]
)
def test_names_people_bear_stay(name: str) -> None:
    assert first_name(name) == name
