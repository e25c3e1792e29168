"""Attacks by mail: through addresses and names that are typed into a public form.

Each was run against the product before it was mended; what got through then is said at its test.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from questionnaire.actions.delivery import caps
from questionnaire.actions.documents import reports
from questionnaire.actions.respond import resume
from questionnaire.actions.respond.resume import Link, PartialResponse
from questionnaire.core.identity.email_address import canonical_email
from questionnaire.notify.mail.headers import first_name
from questionnaire.notify.mail.message import Mail, envelope
from questionnaire.storage.db.engine import Database
from questionnaire.storage.tables import RateCountRow
from tests.actions.installation import Office, everything, open_office, typed
from tests.cast import anna
from tests.proof.size import sized
from tests.smtp_server import PostOffice, open_post_office

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
    ],
)
def test_an_address_that_is_read_in_another_way_is_none(typed: str) -> None:
    assert canonical_email(typed) is None


# Default_Ignorable_Code_Point of Unicode, and the blank Braille pattern: nobody sees them.
UNSEEN = [
    *(0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), *range(0x200B, 0x2010)),
    *(*range(0x202A, 0x202F), *range(0x2060, 0x2070), 0x2800, 0x3164, *range(0xFE00, 0xFE10), 0xFEFF, 0xFFA0),
    *(*range(0xFFF0, 0xFFF9), *range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B), *range(0xE0000, 0xE1000)),
]


@pytest.mark.parametrize("local", ["anna", "\u1820\u1821", "\u845b\u98fe", "\u0628\u0646", "\u0915\u0937"])
def test_no_sign_that_nobody_sees_makes_another_address_that_looks_the_same(local: str) -> None:
    """It is cleaned away or the address is refused: of two addresses that look the same there is only one."""
    same = f"{local}@firm.example"
    assert canonical_email(same) == same
    places = ("{0}{1}@firm.example", "{1}{0}@firm.example", "{2}{0}{3}@firm.example", "{1}@fi{0}rm.example")
    read = {
        (hex(unseen), place): canonical_email(place.format(chr(unseen), local, local[:1], local[1:]))
        for unseen in UNSEEN
        for place in places
    }
    assert {at: address for at, address in read.items() if address not in (same, None)} == {}
    # What phones and documents add when an address is pasted is mended, not refused.
    pasted = (0xAD, 0x34F, 0x200B, 0x200E, 0x202C, 0x2060, 0x3164, 0xFEFF)
    assert [hex(one) for one in pasted for place in places if read[hex(one), place] is None] == []


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


@settings(max_examples=sized(300, 3_000), suppress_health_check=[HealthCheck.too_slow], deadline=None)
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


# --- one mailbox by many spellings -----------------------------------------------------------------------------


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    with open_post_office() as opened:
        yield opened


@pytest.fixture
def house(database: Database, post_office: PostOffice) -> Office:
    return open_office(database, SMTP_URL=f"smtp://127.0.0.1:{post_office.port}")


VICTIM = "max.muster.mann"
SPELLINGS = [
    *(f"{VICTIM}+{number}@firm.example" for number in range(10)),
    *(f"{VICTIM}@fi{sign}rm.example" for sign in "\u200b\u2060\xad"),
    *("ｍａｘ.muster.mann@firm.example", "max.muster.mann＠firm.example", "MAX.Muster.Mann@FIRM.example."),
    *("maxmustermann@firm.example", "m.a.x.mustermann@firm.example", "maxmuster.mann+a.b@firm.example"),
]


def ask(house: Office, address: str, draft: int) -> Link:
    """Somebody asks for a link to go on later, from a browser of its own."""
    survey = house.publication.survey
    return resume.mail_link(house.toolbox, PartialResponse(survey, "en", f"{draft:032x}"), address, house.clock.at)


def test_links_reach_one_mailbox_three_times_in_ten_minutes_however_it_is_spelt(
    house: Office, post_office: PostOffice
) -> None:
    # 19 of 19 spellings arrived, and 29 of 29 with dots.
    said = [ask(house, address, number) for number, address in enumerate(SPELLINGS)]
    house.work()
    assert said.count(Link.ON_ITS_WAY) == len(post_office.letters) == caps.LINKS.most
    assert set(said) == {Link.ON_ITS_WAY, Link.TOO_MANY}


def test_no_mailbox_gets_more_than_ten_mails_a_day_of_links_and_reports_together(
    house: Office, post_office: PostOffice
) -> None:
    announced = 0
    for hour in range(24):
        for number in range(sized(2, 20)):
            address = SPELLINGS[(hour + number) % len(SPELLINGS)]
            announced += ask(house, address, 100 * hour + number) is Link.ON_ITS_WAY
        if hour % 3 == 0:
            house.send(typed(anna().filled, email=SPELLINGS[hour % len(SPELLINGS)]))
        house.work()
        house.clock.forward(minutes=50)
    to_prospects = [letter for letter in post_office.letters if "firm.example" in letter.recipients[0]]
    assert len(to_prospects) == caps.MAILBOX.most
    assert announced <= len(to_prospects)


def test_what_is_said_on_the_result_page_comes_true(house: Office) -> None:
    for number in range(caps.MAILBOX.most + 1):
        done = house.accept(typed(anna().filled, email=f"anna+{number}@firm.example"))
        view = reports.result(house.toolbox, done.token, house.clock.at)
        assert view is not None
        assert bool(view.address) is (number < caps.MAILBOX.most)
        house.work()
        again = reports.result(house.toolbox, done.token, house.clock.at)
        assert again is not None
        assert again.address == view.address


def test_an_office_of_two_hundred_answers_the_same_morning_and_everybody_gets_their_mail(house: Office) -> None:
    toolbox, people = house.toolbox, 200
    with toolbox.database.writing() as session:
        over = [
            caps.take_mail(toolbox, session, f"person{number}@large.example", house.clock.at)
            for number in range(2 * people)
        ]
        assert over == [None] * (2 * people)
        assert caps.take_mail(toolbox, session, "one.more@mail.large.example", house.clock.at) is caps.DOMAIN
        assert caps.take_mail(toolbox, session, "anna@other.example", house.clock.at) is None
    house.clock.forward(hours=1, minutes=6)
    with toolbox.database.writing() as session:
        assert caps.take_mail(toolbox, session, "one.more@large.example", house.clock.at) is None


def test_a_free_mail_domain_is_no_company_and_a_throw_away_one_gets_little(house: Office) -> None:
    with house.toolbox.database.writing() as session:
        free = [
            caps.take_mail(house.toolbox, session, f"p{number}@gmail.com", house.clock.at)
            for number in range(caps.DOMAIN.most + 5)
        ]
        thrown = [
            caps.take_mail(house.toolbox, session, f"p{number}@mailinator.com", house.clock.at)
            for number in range(caps.DISPOSABLE_DOMAIN.most + 1)
        ]
    assert set(free) == {None}
    assert Counter(thrown) == {None: caps.DISPOSABLE_DOMAIN.most, caps.DISPOSABLE_DOMAIN: 1}


def test_the_installation_sends_only_so_much_in_an_hour_and_the_log_says_so_before(
    house: Office, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caps, "INSTALLATION", replace(caps.INSTALLATION, most=20))
    monkeypatch.setattr(caps, "WARN_AT", 16)
    with house.toolbox.database.writing() as session:
        over = [caps.take_mail(house.toolbox, session, f"p@f{n}.example", house.clock.at) for n in range(22)]
    assert over == [None] * 20 + [caps.INSTALLATION] * 2
    log = capsys.readouterr().out
    assert log.count("mail_cap_near") == 1
    assert log.count("mail_cap_reached") == 2
    assert "example" not in log


def test_counts_hold_no_address(house: Office) -> None:
    ask(house, "victim@firm.example", 1)
    with house.toolbox.database.reading() as session:
        rows = everything(session, RateCountRow)
    assert rows
    assert "victim" not in str([row.model_dump() for row in rows])
    assert "firm" not in str([row.model_dump() for row in rows])
