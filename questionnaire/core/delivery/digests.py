"""Rules for digests: when an email is sent immediately, and when repeated emails are combined into one digest.

The first emails of a kind are sent immediately, as many as its `Pace` allows. Later ones in the same time window are
queued and sent together at its end. None is dropped: the caller either sends or queues each one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Pace:
    """Of one kind, `at_once` emails to one person are sent singly `within` a window; the others go into one digest."""

    at_once: int
    within: timedelta


@dataclass(frozen=True, slots=True)
class DigestState:
    """The emails of one kind to one person: `sent` singly since `since`. `due_at`: when the digest is due, if any."""

    since: datetime | None = None
    sent: int = 0
    due_at: datetime | None = None


# A rep must call each lead, so each has its own email, up to the number that a rep could call in time.
PACES: Mapping[str, Pace] = {
    "lead_assigned": Pace(10, timedelta(minutes=10)),
    "lead_in_queue": Pace(1, timedelta(minutes=15)),
    "new_answers": Pace(1, timedelta(minutes=15)),
    "review_waiting": Pace(1, timedelta(minutes=15)),
    "sla_warning": Pace(10, timedelta(minutes=10)),
    "sla_breached": Pace(3, timedelta(minutes=15)),
    "lead_moved": Pace(3, timedelta(minutes=15)),
    "review_overdue": Pace(1, timedelta(minutes=15)),
    "feedback_due": Pace(3, timedelta(minutes=15)),
    "lead_rejected": Pace(3, timedelta(minutes=15)),
    "lead_diverted": Pace(3, timedelta(minutes=15)),
    "owner_requested": Pace(3, timedelta(minutes=15)),
}
MOST_LINES = 10
LOST_AFTER = timedelta(hours=2)
"""A digest overdue for this long was lost: its job failed permanently. The next email schedules a new one."""


def is_sent_immediately(state: DigestState, pace: Pace, now: datetime) -> bool:
    if state.due_at is not None:
        return False
    return state.since is None or now - state.since >= pace.within or state.sent < pace.at_once


def after_mail(state: DigestState, pace: Pace, now: datetime) -> DigestState:
    """Returns the state after an email was sent singly."""
    if state.since is None or now - state.since >= pace.within:
        return DigestState(now, 1)
    return replace(state, sent=state.sent + 1)


def after_queued(state: DigestState, pace: Pace, now: datetime) -> DigestState:
    """Returns the state after an email was queued. When `due_at` changes, the caller must schedule a new job."""
    if state.due_at is not None and now - state.due_at < LOST_AFTER:
        return state
    ends = (state.since or now) + pace.within
    return replace(state, due_at=max(now, ends) if state.due_at is None else now)


def after_digest(state: DigestState, pace: Pace, now: datetime, *, sent: bool, more: bool) -> DigestState:
    """Returns the state after a digest run.

    `sent` is False when there was nothing left to send. `more`: further emails are already queued for the next one.
    """
    if not sent and not more:
        return DigestState(state.since, state.sent)
    return DigestState(now, pace.at_once, now + pace.within if more else None)
