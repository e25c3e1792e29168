"""The team of a manager: what happens next to each lead that waits, and who can take one."""

from __future__ import annotations

from datetime import timedelta

from questionnaire.actions.handoff import absences, team
from questionnaire.actions.views import Person
from questionnaire.core.handoff.absences import Absence
from tests.actions.installation import Office, typed
from tests.cast import anna

INES = Person("ines", "Ines Morel", "ines@nordlicht.example", "manager", "ines")


def _away(office: Office, *reps: str, days: int = 1) -> None:
    today = office.clock.at.date()
    for rep in reps:
        assert absences.add_absence(office.toolbox, INES, Absence(rep, today, today + timedelta(days=days))) is None


def test_an_overdue_lead_says_when_somebody_else_gets_it_and_who_cannot(office: Office) -> None:
    office.accept(typed(anna().filled), anna().at)
    office.clock.at = anna().at + timedelta(days=3, minutes=30)
    _away(office, "dana")
    made = team.team_of(office.toolbox, INES)
    (case,) = made.cases
    assert (case.kind, made.count("overdue")) == ("overdue", "1")
    assert case.moves_at is not None
    assert {choice.id: choice.obstacle for choice in case.choices if choice.obstacle} == {"dana": "away"}
    assert "lena" not in {choice.id for choice in case.choices}
    (dana,) = [desk for desk in made.reps if desk.id == "dana"]
    assert (dana.absence is not None, dana.substitute) == (True, "")


def test_a_lead_in_the_queue_says_why_nobody_has_it_and_its_pool_has_no_turn(office: Office) -> None:
    _away(office, "lena", "max")
    office.accept(typed(anna().filled), anna().at)
    made = team.team_of(office.toolbox, INES)
    (case,) = made.cases
    assert (case.kind, case.since) == ("unassigned", office.events("assigned")[-1].at)
    assert case.reason
    assert next(turns.next_reps for turns in made.turns if turns.pool == "dach") == ()
    assert [turns.pool for turns in made.turns if turns.next_reps]
