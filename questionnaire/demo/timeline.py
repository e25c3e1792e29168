"""Timelines of assigned leads: notified, contacted, accepted, and then confirmed, rejected or won.

A timeline is a list of steps in order; each step is an event with its changes of the lead. There are no business rules
here: the policy decides which stage follows a rejection, and until when.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

from questionnaire.core.base.stage import Stage
from questionnaire.core.handoff import feedback
from questionnaire.core.handoff.acts import ATTEMPT_OUTCOMES
from questionnaire.core.handoff.clocks import BREACH, FIRST_CONTACT
from questionnaire.core.handoff.follow_up import FEEDBACK_DUE, NEXT_TRY, feedback_due, next_try
from questionnaire.core.policy import Policy
from questionnaire.core.policy.calendar import Calendar
from questionnaire.core.policy.handoff import RejectionReason
from questionnaire.demo.arrivals import later, open_minutes
from questionnaire.demo.texts import CONFIRMED, DETAILS, LIKELY, LOST
from questionnaire.storage.leads.projection import Becomes

UNREACHABLE = "unreachable"
HOUR, DAY = 60, 9 * 60
"""In minutes of open time (9 hours a day)."""
_NO_DEADLINE = 4 * HOUR


@dataclass(frozen=True, slots=True)
class TimelineStep:
    """One future event. `by_rep`: the lead's owner is the actor. `gives_back`: the lead has no owner afterwards."""

    at: datetime
    kind: str
    data: Mapping[str, Any] = field(default_factory=dict)
    becomes: Becomes = field(default_factory=lambda: Becomes())
    by_rep: bool = True
    gives_back: bool = False


@dataclass(frozen=True, slots=True)
class AssignedLead:
    """A lead with its owner, the time of assignment and the deadline of the first contact, None without one."""

    policy: Policy
    rep: str
    at: datetime
    due_at: datetime | None

    @property
    def calendar(self) -> Calendar:
        return self.policy.calendar_of(self.rep)


def untouched(lead: AssignedLead, notified: bool) -> Iterator[TimelineStep]:
    """The steps of a lead without a contact yet. `notified`: the email is in the past; else a job will send it."""
    if notified:
        yield _notified(lead)
    if lead.due_at is not None:
        yield _breached(lead)


def worked(lead: AssignedLead, rng: random.Random) -> Iterator[TimelineStep]:
    """All steps of a contacted lead, future ones included: the playback stops at the current time."""
    yield _notified(lead)
    calendar, ending = lead.calendar, _random_ending(rng)
    minutes_to_deadline = open_minutes(lead.at, lead.due_at, calendar) if lead.due_at else _NO_DEADLINE
    called = later(lead.at, minutes_to_deadline * rng.uniform(0.15, 0.95), calendar)
    if lead.due_at is not None and rng.random() < 0.12:
        yield _breached(lead)
        called = later(lead.due_at, rng.uniform(10, 3 * HOUR), calendar)
    calls = 3 if ending == UNREACHABLE else rng.choice((1, 1, 1, 2, 2, 3))
    yield TimelineStep(later(lead.at, rng.uniform(1, 20), calendar), "accepted", {}, {"stage": Stage.WORKING.value})
    for attempt in range(1, calls + 1):
        if attempt == calls and ending != UNREACHABLE:
            due = feedback_due(lead.policy, lead.rep, called)
            yield TimelineStep(called, "contacted", {}, {"stage": Stage.WORKING.value, "call_by": None,
                                                         "next_what": FEEDBACK_DUE, "next_at": due})  # fmt: skip
            continue
        again = next_try(lead.policy, lead.rep, called)
        yield TimelineStep(called, "attempted", {"outcome": rng.choice(ATTEMPT_OUTCOMES[:2]), "number": attempt},
                           {"stage": Stage.WORKING.value, "call_by": None, "next_what": NEXT_TRY,
                            "next_at": again})  # fmt: skip
        called = later(called, rng.uniform(2 * HOUR, DAY), calendar)
    if ending == UNREACHABLE:
        reason = _reason(lead.policy, UNREACHABLE)
        yield from _rejected(lead.policy, reason, later(called, 30, calendar), rng) if reason else ()
        return
    yield from _final_steps(lead, ending, later(called, rng.uniform(2 * HOUR, 3 * DAY), calendar), rng)


def _random_ending(rng: random.Random) -> str:
    weights = {"confirmed": 20, "opportunity": 15, "won": 15, "lost": 7, "rejected": 27, UNREACHABLE: 7, "open": 9}
    return rng.choices(list(weights), list(weights.values()))[0]


def _final_steps(lead: AssignedLead, ending: str, at: datetime, rng: random.Random) -> Iterator[TimelineStep]:
    policy = lead.policy
    if ending == "open":
        return
    if ending == "rejected":
        reasons = [reason for reason in policy.rejection_reasons if _is_used(reason)]
        weights = [LIKELY.get(reason.code, 1) for reason in reasons]
        yield from _rejected(policy, rng.choices(reasons, weights)[0], at, rng) if reasons else ()
        return
    fields: dict[str, Any] = {name: rng.choice(CONFIRMED[name]) for name in policy.sql.confirm}
    amount: dict[str, Any] = {}
    if ending != "confirmed":
        amount = {"amount": rng.randrange(12, 90) * 1000, "currency": "EUR"}
    quiet: Becomes = {"next_what": None, "next_at": None}
    yield TimelineStep(at, "confirmed", fields, {"stage": Stage.SQL.value, **quiet})
    if amount:
        created = later(at, rng.uniform(DAY, 4 * DAY), lead.calendar)
        yield TimelineStep(created, "opportunity", amount, {"stage": Stage.OPPORTUNITY.value, **quiet})
    closed = later(at, rng.uniform(5 * DAY, 18 * DAY), lead.calendar)
    if ending == "won":
        yield TimelineStep(closed, "won", amount, {"stage": Stage.CUSTOMER.value})
    if ending == "lost":
        yield TimelineStep(closed, "lost", {**amount, "detail": rng.choice(LOST)}, {"stage": Stage.LOST.value})


def _notified(lead: AssignedLead) -> TimelineStep:
    return TimelineStep(lead.at + timedelta(seconds=40), "notified", {"what": "lead_assigned"}, by_rep=False)


def _breached(lead: AssignedLead) -> TimelineStep:
    assert lead.due_at is not None
    said = {"clock": FIRST_CONTACT, "step": BREACH, "does": BREACH, "due": lead.due_at.isoformat(), "rep": lead.rep}
    return TimelineStep(lead.due_at, "breached", said, by_rep=False)


def _reason(policy: Policy, code: str) -> RejectionReason | None:
    return next((reason for reason in policy.rejection_reasons if reason.code == code), None)


def _is_used(reason: RejectionReason) -> bool:
    return reason.then.do in ("nurture", "disqualify") and reason.code in DETAILS and reason.needs is None


def _rejected(policy: Policy, reason: RejectionReason, at: datetime, rng: random.Random) -> Iterator[TimelineStep]:
    data = {"reason": reason.code, "detail": rng.choice(DETAILS[reason.code])}
    yield TimelineStep(
        at, "rejected", {**data, **not_now_data(policy, reason, at)}, consequence(policy, reason, at), gives_back=True
    )


def not_now_data(policy: Policy, reason: RejectionReason, at: datetime) -> dict[str, str]:
    """Event data with the date of a "not now", if the rejection reason sets one."""
    return {"not_now_on": at.astimezone(policy.zone).date().isoformat()} if reason.then.set == "not_now" else {}


def consequence(policy: Policy, reason: RejectionReason, at: datetime) -> Becomes:
    """The changes that the policy attaches to a rejection reason."""
    becomes = feedback.consequence(policy, reason, at.astimezone(policy.zone).date())
    return cast(Becomes, {**becomes, "reason": reason.code})


def declined(policy: Policy, at: datetime, rng: random.Random) -> tuple[dict[str, Any], Becomes] | None:
    """Marketing Ops declines a lead in review: event data with a nurture reason, and its changes. None without one."""
    reasons = [
        reason
        for reason in policy.rejection_reasons
        if _is_used(reason) and reason.then.do == "nurture" and not reason.then.set
    ]
    if not reasons:
        return None
    reason = rng.choice(reasons)
    return {"approved": False, "reason": reason.code}, consequence(policy, reason, at)
