"""When a person is mailed at once, and when mails that repeat are gathered into one: a digest.

The first mails of a kind go out at once, as many as its pace allows; what comes within the same while waits, and goes
out together at the end of it. Nothing is dropped: who decides here adds to what waits, or sends.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Pace:
    """`at_once` mails of a kind to one person go out singly `within` a while; the rest of it is one digest."""

    at_once: int
    within: timedelta


@dataclass(frozen=True, slots=True)
class Mailed:
    """What a person was mailed of one kind: `sent` singly since `since`. `due_at`: when the digest goes out, if any."""

    since: datetime | None = None
    sent: int = 0
    due_at: datetime | None = None


# A rep must call: each lead is a mail of its own, until so many come that nobody could call them in time anyway.
PACES: Mapping[str, Pace] = {
    "lead_assigned": Pace(10, timedelta(minutes=10)),
    "lead_in_queue": Pace(1, timedelta(minutes=15)),
    "new_answers": Pace(1, timedelta(minutes=15)),
    "review_waiting": Pace(1, timedelta(minutes=15)),
}
MOST_LINES = 10
LOST_AFTER = timedelta(hours=2)
"""A digest so long overdue will not come: its job failed for good. The next mail makes another one due."""


def is_at_once(mailed: Mailed, pace: Pace, now: datetime) -> bool:
    if mailed.due_at is not None:
        return False
    return mailed.since is None or now - mailed.since >= pace.within or mailed.sent < pace.at_once


def after_mail(mailed: Mailed, pace: Pace, now: datetime) -> Mailed:
    """One was sent singly."""
    if mailed.since is None or now - mailed.since >= pace.within:
        return Mailed(now, 1)
    return replace(mailed, sent=mailed.sent + 1)


def after_waiting(mailed: Mailed, pace: Pace, now: datetime) -> Mailed:
    """One more waits. A `due_at` that changes by it wants a new job."""
    if mailed.due_at is not None and now - mailed.due_at < LOST_AFTER:
        return mailed
    ends = (mailed.since or now) + pace.within
    return replace(mailed, due_at=max(now, ends) if mailed.due_at is None else now)


def after_digest(mailed: Mailed, pace: Pace, now: datetime, *, sent: bool, more: bool) -> Mailed:
    """The digest went out, or there was nothing left to say (`sent` False); `more` wait already for the next one."""
    if not sent and not more:
        return Mailed(mailed.since, mailed.sent)
    return Mailed(now, pace.at_once, now + pace.within if more else None)
