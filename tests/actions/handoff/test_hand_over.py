"""Nobody is deactivated with leads that nobody looks after: who gets them is decided first."""

from __future__ import annotations

import pytest

from questionnaire.actions.handoff import lead_acts
from questionnaire.actions.people import accounts
from questionnaire.actions.people.accounts import BY_RULES
from questionnaire.actions.views import Person
from questionnaire.core.handoff import acts
from questionnaire.storage.people import staff
from tests.actions.installation import Office, typed
from tests.cast import anna

LENA = Person("lena", "Lena Vogt", "lena@nordlicht.example", "rep", "lena")


def _deactivate(office: Office, leads_to: str) -> list[str]:
    """The codes of what is wrong."""
    _, problems = accounts.set_active(office.toolbox, "lena@nordlicht.example", False, leads_to, "ada")
    office.work()
    return [problem.code for problem in problems]


def test_whoever_has_open_leads_is_deactivated_with_a_word_on_who_gets_them(office: Office) -> None:
    office.accept(typed(anna().filled), anna().at)
    assert _deactivate(office, "") == ["staff_open_leads"]
    assert _deactivate(office, "nobody") == _deactivate(office, "lena") == ["staff_rep_unknown"]
    with office.toolbox.database.reading() as session:
        lena = staff.by_rep(session, "lena")
    assert lena is not None
    assert lena.active


@pytest.mark.parametrize(("leads_to", "actor"), [("max", "staff:ada"), (BY_RULES, "system")])
def test_a_lead_before_its_first_contact_gets_a_new_owner_with_a_new_clock(
    office: Office, leads_to: str, actor: str
) -> None:
    office.accept(typed(anna().filled), anna().at)
    assert _deactivate(office, leads_to) == []
    lead, last = office.lead(), office.events("assigned")[-1]
    assert (lead.stage, lead.owner, last.data["from"], last.actor) == ("assigned", "max", "lena", actor)
    assert lead.call_by is not None
    assert [mail.to for mail in office.mails() if mail.kind == "lead_assigned"][-1] == "max@nordlicht.example"


@pytest.mark.parametrize("leads_to", ["max", BY_RULES])
def test_a_lead_in_contact_keeps_its_stage(office: Office, leads_to: str) -> None:
    office.accept(typed(anna().filled), anna().at)
    lead_acts.perform(office.toolbox, LENA, office.lead().id, acts.LogContact())
    assert _deactivate(office, leads_to) == []
    assert (office.lead().stage, office.lead().owner) == ("working", "max")


def test_a_lead_that_nobody_can_take_waits_in_the_queue(office: Office) -> None:
    office.accept(typed(anna().filled), anna().at)
    with office.toolbox.database.writing() as session:
        other = staff.by_rep(session, "max")
        assert other is not None
        staff.set_active(session, other.id, False)
    assert _deactivate(office, BY_RULES) == []
    assert (office.lead().stage, office.lead().owner, office.lead().queue) == ("sql_ready", None, "inbound")
