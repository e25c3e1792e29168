"""What routing must know at a moment: who is away, inactive or full, and the credits of the pools."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from questionnaire.core.handoff.absences import Absence, away_at, days_around
from questionnaire.core.handoff.eligibility import Book
from questionnaire.core.handoff.routing import pools_to_lock, reps_on_holiday
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.assessment import Assessment
from questionnaire.storage import Session
from questionnaire.storage.leads import facet_counts, round_robin
from questionnaire.storage.people import absences, staff
from questionnaire.storage.tables import AbsenceRow


def absence_of(row: AbsenceRow) -> Absence:
    return Absence(row.rep, row.starts_on, row.ends_on, row.substitute)


def presence(session: Session, policy: Policy, at: datetime) -> Book:
    """Who is away or inactive. Credits and open leads come with the locks of the pools."""
    away = away_at(policy, map(absence_of, absences.between(session, *days_around(at))), at)
    return Book(
        absent=frozenset(away) | reps_on_holiday(policy, at),
        inactive=staff.inactive_reps(session),
        substitutes={rep: substitute for rep, substitute in away.items() if substitute},
    )


def lock_pools(session: Session, book: Book, pools: Iterable[str]) -> Book:
    """The book with credits and open leads, which no other assignment of these pools changes until the transaction
    ends."""
    credits = {pool: round_robin.lock_credits(session, pool) for pool in pools}
    return replace(book, credits=credits, open_leads=facet_counts.open_leads(session))


def read_book(session: Session, assessment: Assessment) -> Book:
    """What routing would know now, without a lock: for pages that say who would get a lead."""
    policy = assessment.policy
    book = presence(session, policy, assessment.at)
    pools = pools_to_lock(policy, assessment.facts, book)
    credits = {pool: round_robin.read_credits(session, pool) for pool in pools}
    return replace(book, credits=credits, open_leads=facet_counts.open_leads(session))
