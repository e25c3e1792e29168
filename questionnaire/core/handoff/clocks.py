"""SLA clocks of a lead: which run, and when each of their steps is due.

Source: domain.md 2.3. A clock is computed from the lead's events and the policy; nothing of it is stored. A step that
has happened is an event with the id of the event that started the clock (`anchor`), so that it happens once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from questionnaire.core.base.durations import SlaTime
from questionnaire.core.base.stage import Stage
from questionnaire.core.handoff.routing import told_of_queue
from questionnaire.core.handoff.sla import NeverOpen, sla_deadline, warnings_between
from questionnaire.core.handoff.standing import LeadEvent, Standing
from questionnaire.core.policy import Policy
from questionnaire.core.policy.calendar import Calendar

FIRST_CONTACT, ASSIGN, REVIEW, FEEDBACK = "first_contact", "assign", "review", "feedback"
WARN, BREACH, NOTIFY, REASSIGN = "warn", "breach", "notify", "reassign"
"""What a step does: remind the owner, state the breach, notify further people, give the lead to somebody else."""

LATE_AFTER = timedelta(minutes=5)
"""A step later than this is marked as late: no worker ran at its moment."""

MANAGER = "manager"
_ANSWERABLE = frozenset({Stage.ASSIGNED, Stage.WORKING})


@dataclass(frozen=True, slots=True)
class ClockStep:
    """`name` is unique within its clock. `to` are those whom a step notifies besides the owner, or the one word of the
    policy on who gets the lead."""

    name: str
    does: str
    at: datetime
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clock:
    """`anchor` is the id of the event that started it; `steps` are in the order of their moments."""

    name: str
    anchor: str
    due: datetime
    steps: tuple[ClockStep, ...]

    def left(self, events: Iterable[LeadEvent]) -> tuple[ClockStep, ...]:
        """The steps that have not happened."""
        happened = {
            event.facts.get("step")
            for event in events
            if event.kind in ("warned", "breached") and event.facts.get("anchor") == self.anchor
        }
        return tuple(step for step in self.steps if step.name not in happened)

    def facts(self, step: ClockStep, now: datetime) -> dict[str, Any]:
        """What the event of a step says."""
        late = now - step.at
        return {
            "clock": self.name,
            "step": step.name,
            "anchor": self.anchor,
            "due": self.due.isoformat(),
            "at": step.at.isoformat(),
            **({"late_minutes": late // timedelta(minutes=1)} if late > LATE_AFTER else {}),
        }


def running_clocks(policy: Policy, standing: Standing) -> tuple[Clock, ...]:
    """The clocks that run for a lead now. Answered, undone and past ones are not among them."""
    found = (_first_contact(policy, standing), _assign(policy, standing), _review(policy, standing),
             _feedback(policy, standing))  # fmt: skip
    return tuple(clock for clock in found if clock is not None)


def moves_at(policy: Policy, standing: Standing, events: Iterable[LeadEvent]) -> datetime | None:
    """When somebody else gets the lead if no attempt is logged before; None where it stays."""
    owner = policy.rep(standing.owner) if standing.owner else None
    if owner is None or owner.role == MANAGER:
        return None
    clock = next((clock for clock in running_clocks(policy, standing) if clock.name == FIRST_CONTACT), None)
    steps = clock.left(events) if clock is not None else ()
    return next((step.at for step in steps if step.does == REASSIGN), None)


def _first_contact(policy: Policy, standing: Standing) -> Clock | None:
    """From the assignment to the first attempt or contact, on the owner's calendar."""
    due, start = standing.due_at, standing.assigned_at
    if standing.stage not in _ANSWERABLE or standing.owner is None or due is None or start is None:
        return None
    if standing.answered_at is not None or standing.contacted_at is not None:
        return None
    calendar = policy.calendar_of(standing.owner)
    shares = sorted(policy.sla.warn_at)
    moments = zip(shares, warnings_between(start, due, calendar, shares), strict=True)
    reminders = (ClockStep(f"warn_{_percent(share)}", WARN, at) for share, at in moments)
    steps = (*reminders, ClockStep(BREACH, BREACH, due, _told_at_once(policy)), *_after_breach(policy, due, calendar))
    return Clock(FIRST_CONTACT, standing.assignment, due, tuple(sorted(steps, key=lambda step: step.at)))


def _percent(share: Fraction) -> str:
    return f"{float(share * 100):g}"


def _after_breach(policy: Policy, due: datetime, calendar: Calendar) -> Iterable[ClockStep]:
    """What the policy does about a breach, besides telling people at once."""
    for number, entry in enumerate(policy.sla.on_breach):
        at = _later(due, entry.after, calendar)
        if entry.notify and entry.after is not None:
            yield ClockStep(f"notify_{number}", NOTIFY, at, (entry.notify,))
        if entry.reassign:
            yield ClockStep(f"reassign_{number}", REASSIGN, at, (entry.reassign,))


def _told_at_once(policy: Policy) -> tuple[str, ...]:
    """Who is told of a breach at its moment: where the policy names nobody, the managers."""
    entries = [entry for entry in policy.sla.on_breach if entry.notify]
    return tuple(str(entry.notify) for entry in entries if entry.after is None) if entries else (MANAGER,)


def _assign(policy: Policy, standing: Standing) -> Clock | None:
    """From the queue to an owner, on the calendar of queues."""
    waits = standing.stage is Stage.SQL_READY and standing.queue is not None
    start = standing.assigned_at if waits else None
    clock = _alarm(ASSIGN, policy.sla.assign_within, standing.assignment, start, policy.calendar_of(None))
    return (
        replace(clock, steps=tuple(replace(step, to=told_of_queue(policy)) for step in clock.steps)) if clock else None
    )


def _review(policy: Policy, standing: Standing) -> Clock | None:
    """From the review queue to a word of Marketing Ops."""
    start = standing.since if standing.stage is Stage.REVIEW else None
    return _alarm(REVIEW, policy.sla.review_within, standing.entered, start, policy.calendar_of(None))


def _feedback(policy: Policy, standing: Standing) -> Clock | None:
    """From the first contact to the owner's word on what the lead is worth."""
    owes = standing.stage in _ANSWERABLE and standing.owner is not None and standing.feedback is None
    start = standing.contacted_at if owes else None
    return _alarm(FEEDBACK, policy.sla.feedback_within, standing.contact, start, policy.calendar_of(standing.owner))


def _alarm(name: str, within: SlaTime | None, anchor: str, start: datetime | None, calendar: Calendar) -> Clock | None:
    """A clock with one step, at its end."""
    if within is None or start is None:
        return None
    try:
        due = sla_deadline(start, within, calendar)
    except NeverOpen:
        return None
    return Clock(name, anchor, due, (ClockStep(BREACH, BREACH, due),))


def _later(due: datetime, after: SlaTime | None, calendar: Calendar) -> datetime:
    """On a calendar that is closed from now on, waiting for opening hours is waiting for ever: then at once."""
    try:
        return sla_deadline(due, after, calendar) if after is not None else due
    except NeverOpen:
        return due
