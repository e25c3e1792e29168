"""What becomes of a lead that a rep was given: told, called, accepted, and then confirmed, rejected or won.

A story is a list of steps in their order, each an event with what the lead becomes by it. It decides nothing of the
field: which stage follows a rejection, and until when, the policy says.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from questionnaire.core.base.stage import Stage
from questionnaire.core.policy import Policy
from questionnaire.core.policy.calendar import Calendar
from questionnaire.core.policy.handoff import RejectionReason
from questionnaire.demo.arrivals import later, open_minutes
from questionnaire.demo.texts import CONFIRMED, DETAILS, LIKELY, LOST
from questionnaire.storage.leads.projection import Becomes

UNREACHABLE = "unreachable"
HOUR, DAY = 60, 9 * 60
"""In minutes of open time."""
_NO_PROMISE = 4 * HOUR


@dataclass(frozen=True, slots=True)
class TimelineStep:
    """One event to come. `by_rep`: whoever holds the lead does it; `gives_back`: nobody holds it afterwards."""

    at: datetime
    kind: str
    data: Mapping[str, Any] = field(default_factory=dict)
    becomes: Becomes = field(default_factory=lambda: Becomes())
    by_rep: bool = True
    gives_back: bool = False


@dataclass(frozen=True, slots=True)
class AssignedLead:
    """A lead in a rep's hands, since when, and until when a call was promised."""

    policy: Policy
    rep: str
    at: datetime
    due_at: datetime | None

    @property
    def calendar(self) -> Calendar:
        return self.policy.calendar_of(self.rep)


def untouched(handed: AssignedLead, told: bool) -> Iterator[TimelineStep]:
    """Nobody has called yet. `told`: the mail about it is a thing of the past; else a job will send it."""
    if told:
        yield _told(handed)
    if handed.due_at is not None:
        yield _breached(handed)


def worked(handed: AssignedLead, thrown: random.Random) -> Iterator[TimelineStep]:
    """The whole story, past now too: whoever plays it stops at the present."""
    yield _told(handed)
    calendar, ending = handed.calendar, _ending(thrown)
    promised = open_minutes(handed.at, handed.due_at, calendar) if handed.due_at else _NO_PROMISE
    called = later(handed.at, promised * thrown.uniform(0.15, 0.95), calendar)
    if handed.due_at is not None and thrown.random() < 0.12:
        yield _breached(handed)
        called = later(handed.due_at, thrown.uniform(10, 3 * HOUR), calendar)
    calls = 3 if ending == UNREACHABLE else thrown.choice((1, 1, 1, 2, 2, 3))
    for attempt in range(1, calls + 1):
        reached = attempt == calls and ending != UNREACHABLE
        yield TimelineStep(called, "contacted", {"attempt": attempt, "by": "phone", "reached": reached},
                   {"stage": Stage.WORKING.value, "call_by": None})  # fmt: skip
        if attempt < calls:
            called = later(called, thrown.uniform(2 * HOUR, DAY), calendar)
    if ending == UNREACHABLE:
        reason = _reason(handed.policy, UNREACHABLE)
        yield from _rejected(handed.policy, reason, later(called, 30, calendar), thrown) if reason else ()
        return
    accepted = later(called, thrown.uniform(5, 40), calendar)
    yield TimelineStep(accepted, "accepted", {}, {"stage": Stage.WORKING.value})
    yield from _ended(handed, ending, later(accepted, thrown.uniform(2 * HOUR, 3 * DAY), calendar), thrown)


def _ending(thrown: random.Random) -> str:
    weights = {"confirmed": 20, "opportunity": 15, "won": 15, "lost": 7, "rejected": 27, UNREACHABLE: 7, "open": 9}
    return thrown.choices(list(weights), list(weights.values()))[0]


def _ended(handed: AssignedLead, ending: str, at: datetime, thrown: random.Random) -> Iterator[TimelineStep]:
    policy = handed.policy
    if ending == "open":
        return
    if ending == "rejected":
        usual = [reason for reason in policy.rejection_reasons if _usual(reason)]
        weights = [LIKELY.get(reason.code, 1) for reason in usual]
        yield from _rejected(policy, thrown.choices(usual, weights)[0], at, thrown) if usual else ()
        return
    wanted: dict[str, Any] = {name: thrown.choice(CONFIRMED[name]) for name in policy.sql.confirm}
    amount: dict[str, Any] = {}
    if ending != "confirmed":
        amount = {"amount": thrown.randrange(12, 90) * 1000, "currency": "EUR"}
    stage = Stage.OPPORTUNITY if amount else Stage.SQL
    yield TimelineStep(at, "confirmed", {**wanted, **amount}, {"stage": stage.value})
    closed = later(at, thrown.uniform(5 * DAY, 18 * DAY), handed.calendar)
    if ending == "won":
        yield TimelineStep(closed, "won", amount, {"stage": Stage.CUSTOMER.value})
    if ending == "lost":
        yield TimelineStep(closed, "lost", {**amount, "detail": thrown.choice(LOST)}, {"stage": Stage.LOST.value})


def _told(handed: AssignedLead) -> TimelineStep:
    return TimelineStep(handed.at + timedelta(seconds=40), "notified", {"what": "lead_assigned"}, by_rep=False)


def _breached(handed: AssignedLead) -> TimelineStep:
    assert handed.due_at is not None
    return TimelineStep(handed.due_at, "breached", {"due_at": handed.due_at.isoformat()}, by_rep=False)


def _reason(policy: Policy, code: str) -> RejectionReason | None:
    return next((reason for reason in policy.rejection_reasons if reason.code == code), None)


def _usual(reason: RejectionReason) -> bool:
    return reason.then.do in ("nurture", "disqualify") and reason.code in DETAILS and reason.needs is None


def _rejected(policy: Policy, reason: RejectionReason, at: datetime, thrown: random.Random) -> Iterator[TimelineStep]:
    data = {"reason": reason.code, "detail": thrown.choice(DETAILS[reason.code])}
    yield TimelineStep(
        at, "rejected", {**data, **noted(policy, reason, at)}, consequence(policy, reason, at), gives_back=True
    )


def noted(policy: Policy, reason: RejectionReason, at: datetime) -> dict[str, str]:
    """The day of a "not now", where the reason sets one."""
    return {"not_now_on": at.astimezone(policy.zone).date().isoformat()} if reason.then.set == "not_now" else {}


def consequence(policy: Policy, reason: RejectionReason, at: datetime) -> Becomes:
    """What the policy says a reason does: the end, or nurture until a day."""
    if reason.then.do != "nurture" or reason.then.nurture is None:
        return {"stage": Stage.DISQUALIFIED.value, "reason": reason.code, "until": None,
                "next_what": None, "next_at": None}  # fmt: skip
    until = reason.then.nurture.after(at.astimezone(policy.zone).date())
    return {"stage": Stage.NURTURE.value, "reason": reason.code, "until": until.isoformat(),
            "next_what": "resume", "next_at": datetime.combine(until, time(), policy.zone)}  # fmt: skip


def declined(policy: Policy, at: datetime, thrown: random.Random) -> tuple[dict[str, Any], Becomes] | None:
    """Marketing Ops says no in a review: a reason that waits, and its consequence."""
    waiting = [one for one in policy.rejection_reasons if _usual(one) and one.then.do == "nurture" and not one.then.set]
    if not waiting:
        return None
    reason = thrown.choice(waiting)
    return {"decision": "declined", "reason": reason.code}, consequence(policy, reason, at)
