"""Where a lead stands: folded from its events, which are never changed.

An act that was undone counts for nothing: its attempt, contact or feedback never was. Stage and owner follow what the
events say in their order, for undoing says what the lead becomes again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from questionnaire.core.base.stage import Stage

ACTS = frozenset(
    {"accepted", "attempted", "contacted", "confirmed", "rejected", "recycled", "owner_requested", "opportunity",
     "won", "lost", "reviewed", "reopened"}
)  # fmt: skip
"""Kinds of events that are acts of people on a lead."""

FEEDBACK = frozenset({"confirmed", "rejected", "recycled"})
"""Kinds that tell marketing what the lead was worth."""

BACK = frozenset({"rejected", "recycled"})
"""Kinds that send the lead back to marketing. When it goes on from there, its next cycle begins."""

FORWARD = frozenset({Stage.MQL, Stage.REVIEW, Stage.SQL_READY, Stage.ASSIGNED})


@dataclass(frozen=True, slots=True)
class LeadEvent:
    """An event of a lead; `becomes` maps a column to its new value, moments as ISO 8601 text."""

    id: str
    kind: str
    at: datetime
    actor: str = "system"
    facts: Mapping[str, Any] = field(default_factory=dict)
    becomes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LastAct:
    """The newest act that was not undone."""

    event: str
    kind: str
    at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a lead stands now.

    `cycle` counts the ways of the lead to sales: one more each time it goes on after it was sent back. Attempts,
    contact, feedback (one of FEEDBACK) and moments are those of this cycle; `moments` maps a stage to when the lead
    first reached it. `assigned_at` and `answered_at` are those of the present owner: the latter is the first attempt
    or contact, which stops the clock. `moves` counts changes of owner by the clock, `former` are those who lost the
    lead by it. `undone` are the ids of the events that were taken back.

    `assignment`, `entered` and `contact` are ids of events: the last assignment, the one that brought the present stage
    (at `since`), and the first contact. `due_at` is what the assignment promised, `pool` and `rule` led to it.
    """

    stage: Stage = Stage.LEAD
    owner: str | None = None
    queue: str | None = None
    cycle: int = 1
    attempts: int = 0
    moves: int = 0
    assigned_at: datetime | None = None
    accepted_at: datetime | None = None
    answered_at: datetime | None = None
    contacted_at: datetime | None = None
    feedback: str | None = None
    feedback_at: datetime | None = None
    moments: Mapping[str, datetime] = field(default_factory=dict)
    last: LastAct | None = None
    undone: frozenset[str] = frozenset()
    assignment: str = ""
    due_at: datetime | None = None
    pool: str | None = None
    rule: str | None = None
    former: tuple[str, ...] = ()
    entered: str = ""
    since: datetime | None = None
    contact: str = ""


def standing_of(events: Iterable[LeadEvent]) -> Standing:
    """The fold. `events` are those of one lead, oldest first."""
    happened = tuple(events)
    undone = frozenset(str(event.facts.get("event")) for event in happened if event.kind == "undone")
    standing = Standing(undone=undone)
    for event in happened:
        is_undone = event.id in undone
        standing = _moved(standing, event, is_undone)
        standing = standing if is_undone else _counted(standing, event)
    return standing


def _moved(standing: Standing, event: LeadEvent, is_undone: bool) -> Standing:
    """Stage, owner and queue as the event leaves them, and when the stage was first reached in this cycle."""
    becomes = event.becomes
    stage = Stage(becomes["stage"]) if "stage" in becomes else standing.stage
    if standing.feedback in BACK and stage in FORWARD:
        standing = Standing(
            owner=standing.owner, queue=standing.queue, cycle=standing.cycle + 1, undone=standing.undone
        )
    if stage is not standing.stage or not standing.entered:
        standing = replace(standing, entered=event.id, since=event.at)
    moments = standing.moments
    if "stage" in becomes and not is_undone:
        moments = {str(stage): event.at, **moments}
    return replace(
        standing,
        stage=stage,
        owner=becomes.get("owner", standing.owner),
        queue=becomes.get("queue", standing.queue),
        moments=moments,
    )


def _counted(standing: Standing, event: LeadEvent) -> Standing:
    kind, at = event.kind, event.at
    if kind == "assigned":
        return _assigned(standing, event)
    if kind not in ACTS:
        return standing
    standing = replace(standing, last=LastAct(event.id, kind, at, event.actor))
    if kind in FEEDBACK:
        return replace(standing, feedback=kind, feedback_at=at)
    if kind == "accepted":
        return replace(standing, accepted_at=at)
    if kind == "attempted":
        return replace(standing, attempts=standing.attempts + 1, answered_at=standing.answered_at or at)
    if kind == "contacted":
        first = standing.contact or event.id
        return replace(
            standing, contacted_at=standing.contacted_at or at, answered_at=standing.answered_at or at, contact=first
        )
    return standing


def _assigned(standing: Standing, event: LeadEvent) -> Standing:
    """A new owner or queue, whose clock starts anew. Who lost the lead by the clock is remembered."""
    facts, promised = event.facts, event.becomes.get("call_by")
    moved, before = facts.get("cause") == "breach", facts.get("from")
    return replace(
        standing,
        assigned_at=event.at,
        accepted_at=None,
        answered_at=None,
        last=None,
        assignment=event.id,
        due_at=datetime.fromisoformat(promised) if promised else None,
        pool=facts.get("pool"),
        rule=facts.get("rule"),
        moves=standing.moves + moved,
        former=(*standing.former, before) if moved and before else standing.former,
    )
