"""Absences of reps: who is away at a moment, and what is wrong with a new absence.

The days of an absence are days of the rep's own calendar, both ends included.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from questionnaire.core.handoff.refusals import ActRefusal
from questionnaire.core.policy import Policy

LONGEST = timedelta(days=366)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Absence:
    """`rep` is away from `starts_on` to `ends_on`; `substitute` is the rep who stands in."""

    rep: str
    starts_on: date
    ends_on: date
    substitute: str | None = None

    def overlaps(self, other: Absence) -> bool:
        return self.starts_on <= other.ends_on and other.starts_on <= self.ends_on


def away_at(policy: Policy, absences: Iterable[Absence], at: datetime) -> dict[str, str | None]:
    """Rep -> substitute, for whoever is away at this moment."""
    away: dict[str, str | None] = {}
    for absence in absences:
        today = at.astimezone(policy.calendar_of(absence.rep).zone).date()
        if absence.starts_on <= today <= absence.ends_on:
            away[absence.rep] = away.get(absence.rep) or absence.substitute
    return away


def days_around(at: datetime) -> tuple[date, date]:
    """The first and the last day that it is somewhere on Earth at this moment."""
    return at.date() - _ONE_DAY, at.date() + _ONE_DAY


def absence_problem(new: Absence, reps: Collection[str], known: Iterable[Absence], today: date) -> ActRefusal | None:
    """`reps` are those who can stand in, `known` are the absences already entered, `today` is the rep's day."""
    if new.ends_on < new.starts_on:
        return ActRefusal("absence_order", "ends_on")
    if new.ends_on < today:
        return ActRefusal("absence_past", "ends_on")
    if new.ends_on - new.starts_on > LONGEST:
        return ActRefusal("absence_long", "ends_on")
    others = [absence for absence in known if absence.overlaps(new)]
    if any(absence.rep == new.rep for absence in others):
        return ActRefusal("absence_twice", "starts_on")
    if new.substitute is None:
        return None
    if new.substitute == new.rep:
        return ActRefusal("substitute_same", "substitute")
    if new.substitute not in reps:
        return ActRefusal("substitute_missing", "substitute")
    if any(absence.rep == new.substitute for absence in others):
        return ActRefusal("substitute_away", "substitute")
    return None
