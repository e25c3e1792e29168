"""Absences: who may enter them, and that whoever is away gets no lead."""

from __future__ import annotations

from datetime import date

from questionnaire.actions.handoff import absences, lead_acts
from questionnaire.actions.views import Person
from questionnaire.core.handoff import acts
from questionnaire.core.handoff.absences import Absence
from tests.actions.installation import Office, typed
from tests.cast import anna

LENA = Person("lena", "Lena Vogt", "lena@nordlicht.example", "rep", "lena")
INES = Person("ines", "Ines Morel", "ines@nordlicht.example", "manager", "ines")
FIRST, LAST = date(2026, 10, 2), date(2026, 10, 9)


def test_reps_enter_their_own_absence_managers_that_of_all_and_the_others_get_the_leads(office: Office) -> None:
    def code(viewer: Person, rep: str, substitute: str | None = None, key: str = "") -> str | None:
        refusal = absences.add_absence(office.toolbox, viewer, Absence(rep, FIRST, LAST, substitute), key)
        return refusal.code if refusal else None

    assert code(LENA, "max") == "not_for_you"
    assert code(INES, "gone") == "rep_missing"
    assert code(LENA, "lena", "max", "press-1") is None
    assert code(LENA, "lena", "max", "press-1") is None
    assert code(INES, "lena") == "absence_twice"
    assert code(INES, "max", "lena") == "substitute_away"
    (entry,) = absences.absence_entries(office.toolbox, LENA)
    assert (entry.absence.rep, entry.absence.substitute, entry.may_remove) == ("lena", "max", True)
    office.accept(typed(anna().filled), anna().at)
    assert office.lead().owner == "max"
    refused = lead_acts.perform(office.toolbox, INES, office.lead().id, acts.ReassignLead("lena"))
    assert refused is not None
    assert refused.refusal is not None
    assert refused.refusal.code == "rep_away"
    assert absences.remove_absence(office.toolbox, Person("max", "", "", "rep", "max"), entry.id) is not None
    assert absences.remove_absence(office.toolbox, LENA, entry.id) is None
    gone = absences.remove_absence(office.toolbox, LENA, entry.id)
    assert gone is not None
    assert gone.code == "absence_gone"
    done = lead_acts.perform(office.toolbox, INES, office.lead().id, acts.ReassignLead("lena"))
    assert done is not None
    assert (done.refusal, done.owner) == (None, "lena")


def test_the_owner_of_an_account_is_replaced_by_the_substitute_while_away(office: Office) -> None:
    office.accept(typed(anna().filled), anna().at)
    absence = Absence("lena", FIRST, LAST, "oliver")
    assert absences.add_absence(office.toolbox, LENA, absence) is None
    office.accept(typed(anna().filled, email="ben@nordwind.example", first_name="Ben"), anna().at)
    assert {lead.email.partition("@")[0]: lead.owner for lead in office.leads()} == {
        "anna.keller": "lena", "ben": "oliver",
    }  # fmt: skip
    assert office.events("assigned")[-1].data["why"]["code"] == "substitute_owner"
