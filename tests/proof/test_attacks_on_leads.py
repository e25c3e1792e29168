"""What a stranger could do to somebody else's lead by typing their address, before and after the person answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, event

from questionnaire.actions.documents import dossiers, reports
from questionnaire.actions.respond import acceptance
from questionnaire.core.documents.dossier import DossierContext
from questionnaire.storage.db.engine import Database
from questionnaire.storage.responses import responses
from tests.actions.installation import Office, open_office, typed
from tests.cast import anna, marc, tom
from tests.proof.size import sized

MONDAY = datetime.fromisoformat("2026-10-05T11:00:00+02:00")
TUESDAY = MONDAY + timedelta(days=1)
VICTIM = "anna.keller@nordwind.example"
STRANGERS_PHONE, OWN_PHONE = "+493011111111", "+493022222222"
REPEATS = sized(10, 500)


@pytest.fixture
def office(database: Database) -> Office:
    return open_office(database)


def case(office: Office, response_id: str) -> DossierContext:
    with office.toolbox.database.reading() as session:
        row = responses.get(session, response_id)
        assert row is not None
        return dossiers.case_of(office.toolbox, session, office.lead(), row, "en", "Europe/Berlin")


def test_who_says_competitor_first_does_not_keep_the_person_out(office: Office) -> None:
    office.accept(typed(marc().filled, email=VICTIM), MONDAY)
    assert office.lead().stage == "disqualified"
    mine = office.accept(typed(anna().filled, email=VICTIM, phone=OWN_PHONE), TUESDAY)
    assert office.lead().stage == "review", "two claims that contradict each other go to a person"
    office.confirm(mine, TUESDAY + timedelta(minutes=3))
    lead = office.lead()
    assert (lead.stage, lead.owner, lead.phone, lead.name) == ("assigned", "lena", OWN_PHONE, "Anna Keller")
    assert office.is_what_the_events_say()


def test_a_person_who_comes_by_a_signed_link_is_not_held_to_what_a_stranger_said(office: Office) -> None:
    office.accept(typed(marc().filled, email=VICTIM), MONDAY)
    mine = office.accept(typed(marc().filled, email=VICTIM), TUESDAY)
    assert office.lead().stage == "disqualified", "two that agree contradict nothing"
    third = office.accept(typed(anna().filled, email=VICTIM), TUESDAY + timedelta(hours=1))
    office.confirm(third, TUESDAY + timedelta(hours=2))
    assert office.lead().stage == "assigned"
    assert mine.response_id not in {one.id for one in case(office, third.response_id).assessment.evidence.filled}


def test_low_answers_of_a_stranger_never_give_the_rep_the_strangers_phone(office: Office) -> None:
    low = typed(tom().filled, email=VICTIM, employees="1_9", next_step="report_only", phone=STRANGERS_PHONE)
    office.accept(low, MONDAY)
    mine = office.accept(typed(anna().filled, email=VICTIM, phone=OWN_PHONE), TUESDAY)
    waiting = case(office, mine.response_id)
    said = {office.lead().phone, *(claim.phone for claim in waiting.claims)}
    assert {phone.replace(" ", "") for phone in said} == {STRANGERS_PHONE, OWN_PHONE}, (
        "until one is confirmed every phone that was claimed is shown"
    )
    office.confirm(mine, TUESDAY + timedelta(minutes=3))
    assert (office.lead().owner, office.lead().phone) == ("lena", OWN_PHONE)
    brief = case(office, mine.response_id)
    assert brief.contact_text("phone").replace(" ", "") == OWN_PHONE


@pytest.mark.parametrize("confirmed", [True, False])
def test_however_often_somebody_repeats_an_address_nothing_of_the_lead_moves(office: Office, confirmed: bool) -> None:
    large = typed(anna().filled, email=VICTIM, employees="501_1000")
    first = office.accept(large, MONDAY)
    if confirmed:
        office.confirm(first, MONDAY + timedelta(minutes=1))
    before = office.lead()
    assert (before.stage, before.next_what) == ("review", "review")
    for number in range(REPEATS):
        # Answers that lower, raise and contradict, hours later.
        forged = typed((tom, anna, marc)[number % 3]().filled, email=VICTIM, phone=STRANGERS_PHONE)
        office.accept(forged, MONDAY + timedelta(hours=1, minutes=number))
    assert office.lead().model_dump() == before.model_dump()
    assert len(office.events("assessed")) == 1
    assert office.is_what_the_events_say()


def test_accepting_takes_the_same_steps_for_a_known_address_as_for_a_new_one(office: Office) -> None:
    """What the time of an answer could tell: the statements that are run until it is acknowledged."""
    first = office.accept(typed(anna().filled, email=VICTIM), MONDAY)
    office.confirm(first, MONDAY + timedelta(minutes=1))
    for number in range(5):
        office.accept(typed(anna().filled, email=VICTIM), MONDAY + timedelta(hours=number + 1))
    # Settings are read anew every two seconds, whoever comes then.
    office.send(typed(anna().filled, email="the.first@elsewhere.example"), TUESDAY)
    steps = {}
    for who, address in (("known", VICTIM), ("new", "someone.else@elsewhere.example")):
        with statements(office.toolbox.database) as seen:
            done = office.send(typed(anna().filled, email=address), TUESDAY)
        assert isinstance(done, acceptance.AcceptedResponse)
        with statements(office.toolbox.database) as page:
            assert reports.result(office.toolbox, done.token, TUESDAY) is not None
        steps[who] = (seen, page)
    assert steps["known"] == steps["new"]


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """Every statement that is sent to the database meanwhile, in order."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    engines: set[Engine] = {database.write_engine, database.read_engine}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
