"""Two leads that are one person: which of them stays, what becomes of the other, and taking that back (domain.md T7).

The lead that stays keeps its stage, owner and clock; the answers of both count for it. Nothing is moved or lost, so
that a merge can be taken back at any time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from questionnaire.core.base.roles import Role
from questionnaire.core.base.stage import OWNED, Stage
from questionnaire.core.handoff.acts import Actor
from questionnaire.core.handoff.decision import NOBODY, Decision
from questionnaire.core.handoff.refusals import ActRefusal
from questionnaire.core.handoff.standing import Standing

MERGERS = (Role.OPS, Role.ADMIN)
"""Whoever reviews leads merges them."""


@dataclass(frozen=True, slots=True)
class MergeSide:
    """One of two leads. `not_now_on` is the newest day, as YYYY-MM-DD, on which this person said "not now"."""

    id: str
    name: str
    created_at: datetime
    standing: Standing
    not_now_on: str | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """The events of both leads: of the one that stays, and of the one that is merged into it."""

    stays: MergeSide
    goes: MergeSide
    of_stays: Decision
    of_goes: Decision


def merge(one: MergeSide, other: MergeSide, actor: Actor) -> Merge | ActRefusal:
    """A lead that a rep has stays, else the older one. Two that reps work on are not merged while both have an owner:
    first a manager decides whose it is."""
    if actor.role not in MERGERS:
        return ActRefusal("not_for_you")
    if one.id == other.id:
        return ActRefusal("same_lead")
    if Stage.MERGED in (one.standing.stage, other.standing.stage):
        return ActRefusal("merged_before")
    owned = [side for side in (one, other) if side.standing.stage in OWNED]
    owners = {side.standing.owner for side in owned}
    if len(owners) > 1:
        return ActRefusal("two_owners")
    stays = min(owned or (one, other), key=lambda side: (-_progress(side.standing.stage), side.created_at, side.id))
    goes = other if stays is one else one
    days = [side.not_now_on for side in (stays, goes) if side.not_now_on]
    facts: dict[str, Any] = {"from": goes.id, "name": goes.name, **({"not_now_on": max(days)} if days else {})}
    becomes = {"stage": str(Stage.MERGED), "reason": None, "until": None, "next_what": None, "next_at": None}
    leaves = NOBODY if goes.standing.owner or goes.standing.queue else None
    return Merge(
        stays,
        goes,
        Decision("merged", facts),
        Decision("merged", {"into": stays.id, "name": stays.name}, becomes, owner=leaves),
    )


def _progress(stage: Stage) -> int:
    """How far sales has come with a lead, 0 without sales."""
    return (Stage.ASSIGNED, Stage.WORKING, Stage.SQL, Stage.OPPORTUNITY, Stage.CUSTOMER).index(stage) + 1 if (
        stage in OWNED
    ) else 0  # fmt: skip


def separate(standing: Standing, actor: Actor) -> ActRefusal | None:
    """Why a merged lead cannot be one of its own again, None if it can."""
    if actor.role not in MERGERS:
        return ActRefusal("not_for_you")
    return None if standing.stage is Stage.MERGED else ActRefusal("wrong_stage", "", {"stage": str(standing.stage)})
