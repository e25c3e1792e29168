"""What people do with a lead: written once, with what follows, and taken back while that is possible."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from questionnaire.actions.handoff import lead_acts
from questionnaire.actions.handoff.lead_acts import ActResult
from questionnaire.actions.views import Person
from questionnaire.core.handoff import acts
from questionnaire.core.handoff.acts import Act
from questionnaire.storage.tables import AssignmentRow
from tests.actions.installation import Office, everything, typed
from tests.cast import anna

LENA = Person("lena", "Lena Vogt", "lena@nordlicht.example", "rep", "lena")
INES = Person("ines", "Ines Morel", "ines@nordlicht.example", "manager", "ines")
MAX = Person("max", "Max Brandt", "max@nordlicht.example", "rep", "max")


def _ready(office: Office) -> str:
    office.accept(typed(anna().filled), anna().at)
    return office.lead().id


def _do(office: Office, person: Person, act: Act, key: str = "") -> ActResult:
    result = lead_acts.perform(office.toolbox, person, office.lead().id, act, key)
    assert result is not None
    return result


def test_the_first_attempt_stops_the_clock_and_plans_the_next_try(office: Office) -> None:
    _ready(office)
    result = _do(office, LENA, acts.LogAttempt())
    lead = office.lead()
    assert (result.refusal, result.attempts) == (None, 1)
    assert (lead.stage, lead.owner, lead.call_by, lead.next_what) == ("working", "lena", None, "next_try")
    assert lead.next_at is not None
    assert lead.next_at > office.toolbox.now()


def test_the_same_press_counts_once(office: Office) -> None:
    _ready(office)
    _do(office, LENA, acts.LogAttempt(), "press-1")
    assert _do(office, LENA, acts.LogAttempt(), "press-1").attempts == 1
    assert len(office.events("attempted")) == 1


def test_a_rejected_lead_goes_back_with_its_reason_and_undoing_it_brings_everything_back(office: Office) -> None:
    _ready(office)
    before = office.lead()
    was = (before.stage, before.owner, before.call_by, before.reason)
    result = _do(office, LENA, acts.RejectLead("no_budget", "The 2026 budget is spent."))
    lead = office.lead()
    assert (lead.stage, lead.owner, lead.reason) == ("nurture", None, "no_budget")
    with office.toolbox.database.reading() as session:
        assert everything(session, AssignmentRow) == []
    assert _do(office, LENA, acts.UndoAct(result.event)).refusal is None
    lead = office.lead()
    assert (lead.stage, lead.owner, lead.call_by, lead.reason) == was
    with office.toolbox.database.reading() as session:
        assert [row.rep for row in everything(session, AssignmentRow)] == ["lena"]


def test_a_rep_cannot_see_or_change_the_lead_of_another(office: Office) -> None:
    lead = _ready(office)
    assert lead_acts.perform(office.toolbox, MAX, lead, acts.AcceptLead()) is None


def test_a_manager_gives_the_lead_to_another_rep_whose_clock_begins_now(office: Office) -> None:
    _ready(office)
    result = _do(office, INES, acts.ReassignLead("max"))
    lead = office.lead()
    assert (result.refusal, lead.owner, lead.stage) == (None, "max", "assigned")
    assert lead.call_by is not None
    assert [mail.to for mail in office.mails() if mail.kind == "lead_assigned"][-1] == "max@nordlicht.example"


def test_a_lead_in_nurturing_wakes_up_on_its_day_and_goes_on_with_its_history(office: Office) -> None:
    _ready(office)
    until = (office.toolbox.now() + timedelta(days=10)).date()
    _do(office, LENA, acts.SendToNurture(until, "Call again when the new budget is there."))
    assert (office.lead().stage, office.lead().until) == ("nurture", until.isoformat())
    office.clock.at = datetime.combine(until, datetime.min.time(), UTC) + timedelta(hours=9)
    office.work()
    lead = office.lead()
    assert [event.kind for event in office.events("woken")] == ["woken"]
    assert (lead.stage, lead.owner is not None) == ("assigned", True)


def test_a_key_of_another_leads_press_is_not_taken_for_this_one(office: Office) -> None:
    first = _ready(office)
    lead_acts.perform(office.toolbox, LENA, first, acts.LogAttempt(), "press-1")
    office.accept(typed(anna().filled, email="ben@nordwind.example"), anna().at)
    (second,) = (lead for lead in office.leads() if lead.id != first)
    result = lead_acts.perform(office.toolbox, LENA, second.id, acts.LogAttempt(), "press-1")
    assert result is not None
    assert (result.refusal, result.kind, result.event != "press-1") == (None, "attempted", True)


def test_the_owner_of_an_account_hears_of_a_customer_who_answers_again(office: Office) -> None:
    _ready(office)
    office.win_everything()
    office.accept(typed(anna().filled, email="ben@nordwind.example", first_name="Ben"), anna().at)
    (second,) = (lead for lead in office.leads() if lead.email.startswith("ben"))
    assert (second.stage, second.reason) == ("diverted", "already_customer")
    (told,) = [mail for mail in office.mails() if mail.kind == "lead_diverted"]
    assert told.to == "lena@nordlicht.example"
    assert "/desk/leads/" not in told.text
    assert "ben" in told.text.lower()


def test_what_a_rep_found_to_be_a_customer_is_told_when_it_can_no_longer_be_undone(office: Office) -> None:
    office.hire("olga", "ops")
    _ready(office)
    _do(office, LENA, acts.RejectLead("already_customer", "They have had our product since May."))
    assert [mail.kind for mail in office.mails() if mail.kind == "lead_diverted"] == []
    office.clock.at += timedelta(minutes=11)
    # Nobody owns the account: Marketing Ops hears of it, of the rejection too.
    told = [(mail.kind, mail.to) for mail in office.mails() if mail.kind in ("lead_diverted", "lead_rejected")]
    assert sorted(told) == [("lead_diverted", "olga@nordlicht.example"), ("lead_rejected", "olga@nordlicht.example")]
