"""SLA clocks: each step happens once at its moment, or late and says so; whoever is concerned is told."""

from __future__ import annotations

from datetime import datetime

from questionnaire.actions.handoff import lead_acts, sla_clocks
from questionnaire.actions.handoff.lead_acts import ActResult
from questionnaire.actions.handoff.staff_messages import STAFF_MESSAGES
from questionnaire.actions.views import Person
from questionnaire.core.handoff import acts
from questionnaire.core.handoff.acts import Act
from questionnaire.storage.people import staff
from questionnaire.storage.tables import EventRow
from tests.actions.installation import Office, typed
from tests.cast import anna

LENA = Person("lena", "Lena Vogt", "lena@nordlicht.example", "rep", "lena")
INES = Person("ines", "Ines Morel", "ines@nordlicht.example", "manager", "ines")


def _at(office: Office, moment: str) -> None:
    """Berlin time in October 2026, as in "05 09:30"; whatever is due then is done."""
    office.clock.at = datetime.fromisoformat(f"2026-10-{moment.replace(' ', 'T')}:00+02:00")
    office.work()


def _staff_id(office: Office, rep: str) -> str:
    with office.toolbox.database.reading() as session:
        person = staff.by_rep(session, rep)
    assert person is not None
    return person.id


def _do(office: Office, person: Person, act: Act) -> ActResult:
    result = lead_acts.perform(office.toolbox, person, office.lead().id, act)
    assert result is not None
    assert result.refusal is None
    return result


def _steps(office: Office) -> list[str]:
    return [str(event.data["step"]) for event in office.events() if event.kind in ("warned", "breached")]


def _mails(office: Office, *kinds: str) -> list[tuple[str, str]]:
    return [(mail.kind, mail.to.partition("@")[0]) for mail in office.mails() if mail.kind in kinds]


ABOUT_CLOCKS = ("sla_warning", "sla_breached", "lead_moved", "lead_assigned", "lead_in_queue", "review_overdue",
                "feedback_due")  # fmt: skip


def test_an_unanswered_lead_is_called_to_mind_breached_and_moved_each_at_its_moment(office: Office) -> None:
    office.accept(typed(anna().filled), anna().at)
    _at(office, "02 17:59")
    assert _steps(office) == []
    _at(office, "02 18:00")
    _at(office, "05 09:17")
    assert _steps(office) == ["warn_50"]
    _at(office, "05 09:18")
    _at(office, "05 09:30")
    assert _steps(office) == ["warn_50", "warn_80", "breach"]
    assert office.lead().owner == "lena"
    _at(office, "05 11:30")
    lead = office.lead()
    assert (lead.owner, lead.stage) == ("max", "assigned")
    assert lead.call_by == datetime.fromisoformat("2026-10-05T12:30:00+02:00")
    assert _mails(office, *ABOUT_CLOCKS) == [
        ("lead_assigned", "lena"), ("sla_warning", "lena"), ("sla_warning", "lena"), ("sla_breached", "ines"),
        ("sla_breached", "lena"), ("lead_assigned", "max"), ("lead_moved", "lena"),
    ]  # fmt: skip
    assert not any("late_minutes" in event.data for event in office.events())
    # Nobody gets the lead twice: after the pool it is a manager's, and stays there.
    for moment in ("05 14:30", "06 18:00"):
        _at(office, moment)
        assert office.lead().owner == "ines"
    codes = [event.data["why"]["code"] for event in office.events("assigned")]
    assert codes == ["pool_turn", "breach_next", "breach_manager"]
    assert [event.data.get("stays") for event in office.events("breached")][-1] is True
    assert office.is_what_the_events_say()


def test_a_worker_that_slept_does_every_step_once_and_says_it_is_late(office: Office) -> None:
    office.accept(typed(anna().filled), anna().at)
    office.work()
    _at(office, "05 12:00")
    assert _steps(office) == ["warn_50", "warn_80", "breach"]
    late = [event.data.get("late_minutes") for event in office.events() if event.kind in ("warned", "breached")]
    assert late == [66 * 60, 162, 150]
    for event in office.events("warned"):
        # A job that runs a second time, its worker killed in between, does nothing.
        sla_clocks.wake(office.toolbox, office.lead().id, event.data["anchor"], "first_contact")
    assert len(_steps(office)) == 3
    (moved,) = [event for event in office.events("assigned") if event.data.get("cause") == "breach"]
    assert (moved.data["from"], moved.data["rep"], moved.data["late_minutes"]) == ("lena", "max", 30)
    # The owner who lost it is told that, not how it came to it; a reminder would be of no use any more.
    assert _mails(office, *ABOUT_CLOCKS) == [
        ("lead_assigned", "lena"), ("lead_assigned", "max"), ("lead_moved", "lena"), ("sla_breached", "ines"),
    ]  # fmt: skip


def test_an_attempt_stops_the_clock_its_undoing_starts_it_and_a_contact_asks_for_feedback(
    office: Office,
) -> None:
    office.accept(typed(anna().filled), anna().at)
    _at(office, "05 09:10")
    tried = _do(office, LENA, acts.LogAttempt())
    _at(office, "05 09:18")
    assert _steps(office) == ["warn_50"]
    _do(office, LENA, acts.UndoAct(tried.event))
    _at(office, "05 09:18")
    assert _steps(office) == ["warn_50", "warn_80"]
    _at(office, "05 09:29")
    _do(office, LENA, acts.LogContact())
    _at(office, "07 09:28")
    assert (_steps(office), office.lead().owner) == (["warn_50", "warn_80"], "lena")
    # Two working days after the contact, once.
    for moment in ("07 09:29", "09 09:29"):
        _at(office, moment)
        assert _mails(office, "feedback_due") == [("feedback_due", "lena")]
    assert office.events("breached")[-1].data["clock"] == "feedback"


def test_a_lead_in_a_queue_is_told_again_when_nobody_got_it_in_time(office: Office) -> None:
    with office.toolbox.database.writing() as session:
        for rep in ("lena", "max"):
            person = staff.by_rep(session, rep)
            assert person is not None
            staff.set_active(session, person.id, False)
    office.accept(typed(anna().filled), anna().at)
    assert _mails(office, "lead_in_queue") == [("lead_in_queue", "ines")]
    _at(office, "02 18:30")
    assert _mails(office, "lead_in_queue") == [("lead_in_queue", "ines")] * 2
    _at(office, "07 18:30")
    assert _steps(office) == ["breach"]
    office.hire("olga", "ops")
    lead, named = office.lead(), ("ops", "olga@nordlicht.example", "priya", "max", "stranger@x.example")
    with office.toolbox.database.reading() as session:
        events = [EventRow(id="e", lead_id=lead.id, kind="breached", at=office.clock.at, actor="system",
                           data={"to": [name]}) for name in named]  # fmt: skip
        found = [STAFF_MESSAGES["lead_in_queue"].readers(session, lead, event) for event in events]
        readers = [[person.email.partition("@")[0] for person in people] for people in found]
    # Where the policy names nobody who can read it, managers are told.
    assert readers == [["olga"], ["olga"], ["priya"], ["ines"], ["ines"]]


def test_a_review_that_waits_too_long_is_told_once_and_ends_with_the_review(office: Office) -> None:
    office.hire("olga", "ops")
    office.accept(typed(anna().filled, employees="501_1000"), anna().at)
    _at(office, "05 12:29")
    assert _mails(office, "review_overdue") == []
    _at(office, "05 12:30")
    _at(office, "06 12:30")
    assert _mails(office, "review_overdue") == [("review_overdue", "ines"), ("review_overdue", "olga")]


def test_others_hear_of_an_act_when_it_can_no_longer_be_undone_and_not_when_it_was(office: Office) -> None:
    office.hire("olga", "ops")
    office.accept(typed(anna().filled), anna().at)
    asked = _do(office, LENA, acts.RequestOwner("I speak no German."))
    _do(office, LENA, acts.UndoAct(asked.event))
    _do(office, LENA, acts.RequestOwner("I’m on holiday next week."))
    office.clock.forward(minutes=9)
    assert _mails(office, "owner_requested", "lead_rejected") == []
    office.clock.forward(minutes=1)
    (asked_mail,) = [mail for mail in office.mails() if mail.kind == "owner_requested"]
    assert asked_mail.to == "ines@nordlicht.example"
    assert "on holiday next week" in asked_mail.text
    _do(
        office,
        Person(_staff_id(office, "ines"), "", "", "manager"),
        acts.RejectLead("no_budget", "The 2026 budget is spent."),
    )
    office.clock.forward(minutes=10)
    (rejected,) = [mail for mail in office.mails() if mail.kind == "lead_rejected"]
    assert rejected.to == "olga@nordlicht.example"
    assert rejected.text.startswith("Ines Morel rejected this lead.")


def test_a_rep_who_is_away_inactive_or_full_gets_no_lead_from_a_manager(office: Office) -> None:
    office.accept(typed(anna().filled), anna().at)
    with office.toolbox.database.writing() as session:
        person = staff.by_rep(session, "max")
        assert person is not None
        staff.set_active(session, person.id, False)
    result = lead_acts.perform(office.toolbox, INES, office.lead().id, acts.ReassignLead("max"))
    assert result is not None
    assert result.refusal is not None
    assert result.refusal.code == "rep_inactive"
