"""The desks of a team: how full each one is, who is away, and whose turn it is in each pool."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeAlias

from questionnaire.actions.handoff.routing_book import absence_of, presence
from questionnaire.actions.views import RepChoice
from questionnaire.core.base.translation import Translator, gettext_noop
from questionnaire.core.handoff.absences import Absence
from questionnaire.core.handoff.desk_calendar import DaySpan, day_spans
from questionnaire.core.handoff.eligibility import AWAY, FULL, INACTIVE, UNKNOWN, Book, cap_of, pools_of
from questionnaire.core.handoff.turns import PoolTurns, pool_turns
from questionnaire.core.policy import Policy
from questionnaire.storage import Session
from questionnaire.storage.leads import facet_counts, round_robin
from questionnaire.storage.people import absences
from questionnaire.storage.tables import LeadRow

MANAGER = "manager"
PolicyBook: TypeAlias = tuple[Policy, Book]
"""A policy with what routing knows now of its pools and reps."""
DAYS = 28
"""Days of the calendar of a desk, from today on."""
OBSTACLES: Mapping[str, str] = {
    UNKNOWN: gettext_noop("not in the policy"),
    INACTIVE: gettext_noop("deactivated"),
    AWAY: gettext_noop("away"),
    FULL: gettext_noop("full"),
}


@dataclass(frozen=True, slots=True)
class RepLoad:
    """How full a desk is. `most` is the highest cap, None without one; `pools` are the pools of the rep.

    `absence` is the present one, or the next within DAYS; `substitute` is the name of who stands in, "" for nobody.
    `today` is the rep's own day, the first of `spans`. `is_full`: no policy lets the rep have more leads.
    """

    id: str
    name: str
    pools: tuple[str, ...]
    open_leads: int
    most: int | None
    overdue: int
    feedback: int
    is_active: bool
    is_full: bool
    today: date
    spans: tuple[DaySpan, ...]
    absence: Absence | None = None
    substitute: str = ""


def presence_and_loads(session: Session, policy: Policy, now: datetime) -> Book:
    """Who is away, inactive or full; without credits, which only turns need."""
    return replace(presence(session, policy, now), open_leads=facet_counts.open_leads(session))


def books_of(session: Session, policies: Sequence[Policy], now: datetime) -> tuple[PolicyBook, ...]:
    """Each policy with what routing would know now, of every pool, without a lock."""
    credits = round_robin.read_all_credits(session)
    return tuple((policy, replace(presence_and_loads(session, policy, now), credits=credits)) for policy in policies)


def desks(
    session: Session, policies: Sequence[PolicyBook], late: Sequence[LeadRow], now: datetime,
    names: Mapping[str, str],
) -> tuple[RepLoad, ...]:  # fmt: skip
    """Every rep's desk; those with most to do come first. `late` are overdue leads and leads without feedback."""
    until = now.date() + timedelta(days=DAYS + 1)
    planned = tuple(map(absence_of, absences.between(session, now.date() - timedelta(days=1), until)))
    known: dict[str, list[PolicyBook]] = {}
    for policy, book in policies:
        for rep in policy.reps:
            if rep.role != MANAGER:
                known.setdefault(rep.id, []).append((policy, book))
    found = [
        _desk(rep, books, [one for one in planned if one.rep == rep], [row for row in late if row.owner == rep], now,
              names)
        for rep, books in known.items()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda desk: (-desk.overdue, -desk.open_leads, desk.name)))


def _desk(
    rep: str, books: Sequence[PolicyBook], mine: Sequence[Absence], late: Sequence[LeadRow], now: datetime,
    names: Mapping[str, str],
) -> RepLoad:  # fmt: skip
    """Of a rep whom one or several policies name: all count the same open leads, each with a cap of its own."""
    policy, book = books[0]
    person, calendar = policy.rep(rep), policy.calendar_of(rep)
    today = now.astimezone(calendar.zone).date()
    coming = [one for one in mine if one.ends_on >= today and one.starts_on < today + timedelta(days=DAYS)]
    absence = min(coming, key=lambda one: one.starts_on, default=None)
    caps = [cap for other, _ in books if (cap := cap_of(other, rep)) is not None]
    overdue = sum(1 for row in late if row.call_by is not None)
    return RepLoad(
        id=rep,
        name=person.name if person is not None else rep,
        pools=tuple(sorted({pool for other, _ in books for pool in pools_of(other, rep)})),
        open_leads=book.open_leads.get(rep, 0),
        most=max(caps, default=None),
        overdue=overdue,
        feedback=len(late) - overdue,
        is_active=rep not in book.inactive,
        is_full=all(here.obstacle(other, rep) == FULL for other, here in books),
        today=today,
        spans=day_spans(calendar, mine, today, DAYS),
        absence=absence,
        substitute=names.get(absence.substitute or "", "") if absence else "",
    )


def turns(policies: Sequence[PolicyBook]) -> tuple[PoolTurns, ...]:
    """Every pool of the policies once."""
    found = {pool: pool_turns(policy, pool, book) for policy, book in reversed(policies)
             for pool in policy.routing.pools}  # fmt: skip
    return tuple(found[pool] for pool in sorted(found))


def choices(policy: Policy, book: Book, owner: str | None, words: Translator) -> tuple[RepChoice, ...]:
    """Every rep of the policy but the owner: those who can take a lead now come first, with their load in words."""
    found = []
    for rep in policy.reps:
        if rep.id == owner or rep.role == MANAGER:
            continue
        count, most, obstacle = book.open_leads.get(rep.id, 0), cap_of(policy, rep.id), book.obstacle(policy, rep.id)
        load = words("%(n)s of %(most)s open", n=count, most=most) if most else words("%(n)s open", n=count)
        found.append(RepChoice(rep.id, f"{rep.name}, {load}", words(OBSTACLES[obstacle]) if obstacle else ""))
    return tuple(sorted(found, key=lambda choice: (bool(choice.obstacle), choice.label)))
