"""Absences of reps: entered and removed by themselves, or by managers for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from questionnaire.actions.handoff.routing_book import absence_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.actions.views import Person
from questionnaire.core.base.roles import Role
from questionnaire.core.handoff.absences import Absence, absence_problem
from questionnaire.core.handoff.refusals import ActRefusal
from questionnaire.storage import Session
from questionnaire.storage.people import absences, staff
from questionnaire.storage.tables import AbsenceRow, StaffRow

_OF_ALL = (Role.MANAGER, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class AbsenceEntry:
    """An absence as a page shows it. `may_remove`: the viewer may take it back."""

    id: str
    absence: Absence
    may_remove: bool


def may_enter(viewer: Person, rep: str) -> bool:
    """Reps enter their own absences, managers those of all."""
    return viewer.role in _OF_ALL or (viewer.role == Role.REP and bool(rep) and viewer.rep == rep)


def reps(toolbox: Toolbox) -> tuple[tuple[str, str], ...]:
    """Id and name of whoever is a rep of the policies and signs in, by name."""
    with toolbox.database.reading() as session:
        found = [(str(row.rep), row.name) for row in staff.all_staff(session) if row.rep and row.active]
    return tuple(sorted(found, key=lambda entry: entry[1]))


def absence_entries(toolbox: Toolbox, viewer: Person) -> tuple[AbsenceEntry, ...]:
    """The present and coming absences of the whole team, the earliest first: everybody sees who is away."""
    with toolbox.database.reading() as session:
        rows = absences.from_day(session, toolbox.now().astimezone(ZoneInfo(viewer.zone)).date())
        return tuple(AbsenceEntry(row.id, absence_of(row), may_enter(viewer, row.rep)) for row in rows)


def add_absence(toolbox: Toolbox, viewer: Person, new: Absence, key: str = "") -> ActRefusal | None:
    """Enters an absence; leads the rep has stay theirs. `key` names one press of a button: pressed twice, it is one."""
    if not may_enter(viewer, new.rep):
        return ActRefusal("not_for_you")
    with toolbox.database.writing() as session:
        if key and absences.get(session, key) is not None:
            return None
        reps = {person.rep: person for person in staff.lock_reps(session)}
        person = reps.get(new.rep)
        if person is None:
            return ActRefusal("rep_missing", "rep")
        problem = absence_problem(new, _who_stands_in(reps), _known(session, new), _today(toolbox, person))
        if problem is None:
            absences.add(session, _row(new, key or toolbox.new_id(), viewer, toolbox))
        return problem


def remove_absence(toolbox: Toolbox, viewer: Person, absence_id: str) -> ActRefusal | None:
    """The rep takes leads again, from now on."""
    with toolbox.database.writing() as session:
        row = absences.get(session, absence_id)
        if row is None:
            return ActRefusal("absence_gone")
        if not may_enter(viewer, row.rep):
            return ActRefusal("not_for_you")
        absences.remove(session, absence_id)
        return None


def _who_stands_in(reps: dict[str | None, StaffRow]) -> set[str]:
    return {str(rep) for rep, person in reps.items() if rep and person.active}


def _known(session: Session, new: Absence) -> list[Absence]:
    return [absence_of(row) for row in absences.between(session, new.starts_on, new.ends_on)]


def _today(toolbox: Toolbox, person: StaffRow) -> date:
    return toolbox.now().astimezone(ZoneInfo(person.timezone)).date()


def _row(new: Absence, row_id: str, viewer: Person, toolbox: Toolbox) -> AbsenceRow:
    return AbsenceRow(id=row_id, rep=new.rep, starts_on=new.starts_on, ends_on=new.ends_on, substitute=new.substitute,
                      created_by=viewer.id, created_at=toolbox.now())  # fmt: skip
