"""Staff flooded through the public form: what repeats is one mail, and no lead is missed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from questionnaire.actions.delivery import digests
from questionnaire.notify.mail.mail_channel import payload_of
from questionnaire.notify.mail.message import Mail
from questionnaire.notify.registry import ChannelMessage
from questionnaire.storage.db.engine import Database
from questionnaire.storage.tables import LeadRow, StaffRow
from tests.actions.installation import Office, open_office, typed
from tests.cast import anna
from tests.proof.size import sized
from tests.smtp_server import PostOffice, open_post_office


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    with open_post_office() as opened:
        yield opened


@pytest.fixture
def house(database: Database, post_office: PostOffice) -> Office:
    return open_office(database, SMTP_URL=f"smtp://127.0.0.1:{post_office.port}")


# --- staff flooded by answers ----------------------------------------------------------------------------------


def flood(house: Office, leads: int, over_minutes: int, **more: object) -> list[str]:
    """Answers of as many people, evenly; their addresses."""
    people = [f"p{number}@firm{number}.example" for number in range(leads)]
    begun = house.clock.at
    for number, address in enumerate(people):
        house.clock.at = begun + timedelta(minutes=over_minutes * number / leads)
        house.accept(typed(anna().filled, email=address, **more))
        house.work()
    for _ in range(4):
        house.clock.forward(minutes=15)
        house.work()
    return people


def leads_told(house: Office) -> dict[str, set[str]]:
    """What -> leads that an event says somebody was mailed of."""
    told: dict[str, set[str]] = {}
    for event in house.events("notified"):
        told.setdefault(event.data["what"], set()).add(event.lead_id)
    return told


def test_an_hour_of_answers_is_a_handful_of_mails_to_those_who_review(house: Office) -> None:
    # 398 mails came of an hour of answers.
    house.hire("olga", "ops")
    flood(house, sized(40, 400), 60, employees="501_1000")
    waiting = {lead.id for lead in house.leads() if lead.stage == "review"}
    assert len(waiting) >= sized(20, 200)
    mine = [mail for mail in house.mails() if mail.to == "olga@nordlicht.example"]
    assert len(mine) <= 6
    assert leads_told(house)["review_waiting"] >= waiting
    assert mine[0].kind == "review_waiting"
    assert {mail.kind for mail in mine[1:]} == {"digest"}


def test_a_rep_is_mailed_each_lead_until_nobody_could_call_them_all(house: Office) -> None:
    flood(house, sized(30, 200), 5)
    assigned = {lead.id for lead in house.leads() if lead.owner}
    assert len(assigned) >= 20
    by_reader: dict[str, list[str]] = {}
    for mail in house.mails():
        if mail.kind in ("lead_assigned", "digest"):
            by_reader.setdefault(mail.to, []).append(mail.kind)
    for kinds in by_reader.values():
        assert kinds.count("lead_assigned") <= 10
        assert kinds.count("digest") <= 2
    assert leads_told(house)["lead_assigned"] == assigned


def test_who_was_reviewed_meanwhile_is_not_in_the_digest(house: Office) -> None:
    house.hire("olga", "ops")
    reader = StaffRow(id="staff-olga", email="olga@nordlicht.example", role="ops", created_at=house.clock.at)
    done = [house.accept(typed(anna().filled, email=f"p{n}@firm{n}.example")) for n in range(3)]
    for number, accepted in enumerate(done):
        row = house.response(accepted)
        with house.toolbox.database.writing() as session:
            lead = session.get_one(LeadRow, row.lead_id)
            lead.stage, lead.owner = "review", None
            session.flush()
            digests.post(house.toolbox, session, reader, "review_waiting", lead, row, REVIEW if number == 0 else ())
    with house.toolbox.database.writing() as session:
        session.get_one(LeadRow, house.response(done[1]).lead_id).stage = "nurture"
    house.clock.forward(minutes=15)
    (digest,) = [mail for mail in house.mails() if mail.kind == "digest"]
    assert digest.subject == "1 more lead to review"
    assert digest.to == "olga@nordlicht.example"


_MAIL = Mail("review_waiting", "olga@nordlicht.example", "[Review] A lead", "Hello\n", "<p>Hello</p>\n")
REVIEW = (ChannelMessage(_MAIL.kind, "mail", _MAIL.to, "mailbox", payload_of(_MAIL)),)
