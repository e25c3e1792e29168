"""Merging two leads of one person, taking that back, and saying that two leads are different people.

Each is stored with its event in one transaction; the leads are assessed again by a job right after.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from questionnaire.actions.assessing.history import history_of
from questionnaire.actions.delivery.announcements import announce
from questionnaire.actions.documents import benchmark
from questionnaire.actions.handoff import consequences
from questionnaire.actions.handoff.lead_acts import actor_of
from questionnaire.actions.handoff.lead_case import lead_case
from questionnaire.actions.handoff.routing_book import lock_pools, presence
from questionnaire.actions.toolbox import Toolbox
from questionnaire.actions.views import Person
from questionnaire.core.base.stage import Stage
from questionnaire.core.handoff.acts import Actor
from questionnaire.core.handoff.decision import Decision
from questionnaire.core.handoff.eligibility import pools_of
from questionnaire.core.handoff.merging import MERGERS, Merge, MergeSide, merge, separate
from questionnaire.core.handoff.refusals import ActRefusal
from questionnaire.core.handoff.standing import standing_of
from questionnaire.core.identity.email_address import canonical_email
from questionnaire.storage import Session
from questionnaire.storage.leads import events, leads, ownership, same_person
from questionnaire.storage.leads.projection import Becomes
from questionnaire.storage.tables import AssignmentRow, LeadRow


@dataclass(frozen=True, slots=True)
class MergeResult:
    """`lead_id` is the lead to go on with; `event` what was written, "" after a refusal or for nothing new."""

    lead_id: str
    event: str = ""
    refusal: ActRefusal | None = None


def merge_leads(toolbox: Toolbox, viewer: Person, lead_id: str, other: str) -> MergeResult | None:
    """Merges a lead with another one, named by its id or by an email address. None when there is no such lead."""
    now, actor = toolbox.now(), actor_of(viewer)
    with toolbox.database.writing() as session:
        lead = leads.find(session, lead_id)
        if lead is None:
            return None
        named = _named(session, other)
        if named is None:
            return MergeResult(lead_id, refusal=ActRefusal("lead_missing", "other"))
        # In one order for everybody, so that two merges never wait for each other.
        one, two = (leads.lock(session, some) for some in sorted({lead.id, named.id})) if lead.id != named.id else (
            lead, lead)  # fmt: skip
        if one is None or two is None:
            return None
        decided = merge(_side(session, one), _side(session, two), actor)
        if isinstance(decided, ActRefusal):
            return MergeResult(lead_id, refusal=decided)
        event = _write(toolbox, session, decided, actor, now)
        return MergeResult(decided.stays.id, event)


def separate_lead(toolbox: Toolbox, viewer: Person, lead_id: str) -> MergeResult | None:
    """Makes a merged lead one of its own again, as it was. None when there is no such lead."""
    now, actor = toolbox.now(), actor_of(viewer)
    with toolbox.database.writing() as session:
        found = leads.find(session, lead_id)
        if found is None:
            return None
        stays_id = found.merged_into or found.id
        for some in sorted({lead_id, stays_id}):
            leads.lock(session, some)
        standing = standing_of(events.as_lead_events(events.of_lead(session, lead_id)))
        refusal = separate(standing, actor)
        if refusal is not None:
            return MergeResult(lead_id, refusal=refusal)
        _separate(toolbox, session, found, stays_id, actor, now)
        return MergeResult(lead_id)


def keep_apart(toolbox: Toolbox, viewer: Person, lead_id: str, other_id: str) -> MergeResult | None:
    """Stores that two leads are different people; the box that asked about it closes. None for an unknown lead."""
    now = toolbox.now()
    with toolbox.database.writing() as session:
        if lead_id == other_id or leads.find(session, lead_id) is None or leads.find(session, other_id) is None:
            return None
        if viewer.role not in MERGERS:
            return MergeResult(lead_id, refusal=ActRefusal("not_for_you"))
        same_person.set_apart(session, lead_id, other_id, actor_of(viewer).as_text, now)
        for some in sorted((lead_id, other_id)):
            consequences.plan_reassessment(toolbox, session, some, f"apart:{lead_id}:{other_id}")
        return MergeResult(lead_id)


def _named(session: Session, other: str) -> LeadRow | None:
    canonical = canonical_email(other) if "@" in other else None
    return leads.by_address(session, canonical) if canonical is not None else leads.find(session, other.strip())


def _side(session: Session, lead: LeadRow) -> MergeSide:
    happened = events.of_lead(session, lead.id)
    not_now = history_of(session, lead, happened).not_now_on
    name = lead.name or lead.email
    standing = standing_of(events.as_lead_events(happened))
    return MergeSide(lead.id, name, lead.created_at, standing, not_now.isoformat() if not_now else None)


def _write(toolbox: Toolbox, session: Session, merged: Merge, actor: Actor, now: datetime) -> str:
    goes, stays = leads.lock(session, merged.goes.id), leads.lock(session, merged.stays.id)
    assert goes is not None
    assert stays is not None
    # Whoever was merged into the one that goes now belongs to the one that stays, and comes back with it.
    brought = same_person.merged_into(session, goes.id)
    facts = {**merged.of_goes.facts, "brought": [row.id for row in brought]}
    gone, event = toolbox.new_id(), toolbox.new_id()
    _event_of_goes(session, goes, Decision("merged", facts, merged.of_goes.becomes, merged.of_goes.owner), gone, actor,
                   now)  # fmt: skip
    events.append(session, event, stays.id, "merged", now, actor=actor.as_text, data=merged.of_stays.facts)
    for one in (gone, event):
        announce(toolbox, session, one, "merged")
    same_person.point(session, [row for row in (goes, *brought) if leads.lock(session, row.id)], stays.id)
    consequences.plan_reassessment(toolbox, session, stays.id, event)
    # Last, for sums are locked after the rows of leads: one person counts once.
    benchmark.recount(toolbox, session, goes, (), (str(Stage.MERGED),))
    return event


def _event_of_goes(
    session: Session, goes: LeadRow, decision: Decision, event: str, actor: Actor, now: datetime
) -> None:
    becomes = cast(Becomes, dict(decision.becomes))
    before = {name: getattr(goes, name) for name in ("stage", "reason", "until", "next_what", "next_at")}
    facts = {**decision.facts, "before": {**before, "next_at": goes.next_at.isoformat() if goes.next_at else None}}
    if decision.owner is None:
        events.append(session, event, goes.id, "merged", now, actor=actor.as_text, data=facts, becomes=becomes)
        return
    facts["rep"] = goes.owner
    ownership.change_owner(session, goes.id, goes.version, None, event, "merged", now, actor=actor.as_text, data=facts,
                           becomes=becomes)  # fmt: skip


def _separate(toolbox: Toolbox, session: Session, goes: LeadRow, stays_id: str, actor: Actor, now: datetime) -> None:
    """The lead becomes again what it was. Whoever was to call it at the time gets it by the rules, with a new clock."""
    merged = next(event for event in reversed(events.of_lead(session, goes.id)) if event.kind == "merged")
    facts = {"event": merged.id, "kind": "merged", "from": stays_id}
    before, rep = dict(merged.data["before"]), merged.data.get("rep")
    stage, event = Stage(before["stage"]), toolbox.new_id()
    becomes: dict[str, Any] = {**before, "next_at": _moment(before["next_at"])}
    if stage in _WITH_A_CLOCK or (rep and _cannot_take(toolbox, session, goes, rep, now)):
        becomes = dict(_ANEW)
    if rep and becomes["stage"] == stage:
        assignment = AssignmentRow(lead_id=goes.id, rep=rep, why=merged.data.get("why", ""), at=now)
        ownership.change_owner(session, goes.id, goes.version, assignment, event, "undone", now, actor=actor.as_text,
                               data=facts, becomes=cast(Becomes, becomes))  # fmt: skip
    else:
        events.append(session, event, goes.id, "undone", now, actor=actor.as_text, data=facts,
                      becomes=cast(Becomes, becomes))  # fmt: skip
    announce(toolbox, session, event, "undone")
    same_person.point(session, [goes], None)
    brought = (leads.lock(session, some) for some in merged.data.get("brought", ()))
    same_person.point(session, [row for row in brought if row is not None and row.merged_into == stays_id], goes.id)
    stays_event = next((one for one in reversed(events.of_lead(session, stays_id))
                        if one.kind == "merged" and one.data.get("from") == goes.id), None)  # fmt: skip
    if stays_event is not None:
        data = {"event": stays_event.id, "kind": "merged", "name": goes.name or goes.email}
        of_stays = toolbox.new_id()
        events.append(session, of_stays, stays_id, "undone", now, actor=actor.as_text, data=data)
        announce(toolbox, session, of_stays, "undone")
    same_person.set_apart(session, goes.id, stays_id, actor.as_text, now)
    for some in sorted((goes.id, stays_id)):
        consequences.plan_reassessment(toolbox, session, some, event)


def _cannot_take(toolbox: Toolbox, session: Session, goes: LeadRow, rep: str, now: datetime) -> bool:
    policy = lead_case(toolbox, session, goes).policy
    book = lock_pools(session, presence(session, policy, now), sorted(pools_of(policy, rep)))
    return bool(book.obstacle(policy, rep))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


_WITH_A_CLOCK = frozenset({Stage.SQL_READY, Stage.ASSIGNED, Stage.WORKING})
"""Stages in which somebody was to call the lead by a time that has passed since."""
_ANEW: Becomes = {"stage": str(Stage.LEAD), "reason": None, "until": None, "next_what": None, "next_at": None}
