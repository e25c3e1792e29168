"""People who want to hear less: it is a signal, and their lead is judged again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from questionnaire.actions.assessing.event_texts import event_names, event_text
from questionnaire.actions.delivery import suppressions
from questionnaire.actions.handoff.lead_case import assess_now, lead_case
from questionnaire.core.base.translation import ENGLISH
from questionnaire.storage.db.engine import Database
from tests.actions.installation import Office, open_office, typed
from tests.cast import anna

ANNA = str(anna().filled.contact["email"])


@pytest.fixture
def office(database: Database) -> Office:
    return open_office(database)


def _box(office: Office) -> str:
    """The state of the box on disengagement, as the lead stands now."""
    with office.toolbox.database.reading() as session:
        case = lead_case(office.toolbox, session, office.lead())
        made = assess_now(office.toolbox, session, case, office.clock.at)
    return next(str(box.state) for box in made.checklist if box.id == "INT-2")


def _story(office: Office) -> list[str]:
    happened = office.events("assessed")
    with office.toolbox.database.reading() as session:
        names = event_names(office.toolbox, session, happened, "en")
    return [event_text(event, names, ENGLISH) for event in happened]


def test_a_person_who_unsubscribes_opens_a_box_and_their_rep_keeps_the_lead(office: Office) -> None:
    office.accept(typed(anna().filled), anna().at)
    before = office.lead()
    assert (before.stage, _box(office)) == ("assigned", "checked")
    office.clock.at += timedelta(hours=1)
    suppressions.unsubscribe(office.toolbox, ANNA.upper(), office.clock.at)
    suppressions.unsubscribe(office.toolbox, ANNA, office.clock.at)
    office.work()
    after = office.lead()
    assert (after.stage, after.owner, _box(office)) == ("assigned", before.owner, "open")
    assert [line.partition(". ")[0] for line in _story(office)][1:] == ["Unsubscribed from emails"]


def test_who_wants_mail_again_is_judged_again(office: Office) -> None:
    office.accept(typed(anna().filled), anna().at)
    suppressions.unsubscribe(office.toolbox, ANNA, office.clock.at)
    office.work()
    suppressions.resubscribe(office.toolbox, ANNA)
    office.work()
    assert _box(office) == "checked"
    assert _story(office)[-1].startswith("Gets emails again. Scored ")


def test_a_new_lead_that_unsubscribed_long_ago_and_lately(office: Office) -> None:
    suppressions.unsubscribe(office.toolbox, ANNA, anna().at - timedelta(days=10))
    office.accept(typed(anna().filled), anna().at)
    lead = office.lead()
    assert (lead.stage, _box(office)) == ("review", "open")
    office.clock.at = anna().at + timedelta(days=81)
    assert _box(office) == "checked", "the window of the policy has passed"


def test_a_mailbox_that_does_not_exist_opens_the_box_of_its_own_lead_alone(office: Office) -> None:
    office.accept(typed(anna().filled), anna().at)
    for address in (ANNA, "other@nordwind.example"):
        with office.toolbox.database.writing() as session:
            suppressions.add_bounce(office.toolbox, session, address, "550 5.1.1 No such user", office.clock.at)
    office.work()
    assert _box(office) == "open"
    assert _story(office)[-1].startswith("The email address doesn’t exist. Scored ")


def test_an_administrator_who_enters_an_address_without_a_lead_plans_nothing(office: Office) -> None:
    assert suppressions.add(office.toolbox, "nobody@nordwind.example", "", office.clock.at)
    (entry,) = suppressions.entries(office.toolbox).lines
    assert suppressions.remove(office.toolbox, entry.id, "alex")
    assert not suppressions.remove(office.toolbox, entry.id, "alex")
    office.work()
    assert office.events() == []
