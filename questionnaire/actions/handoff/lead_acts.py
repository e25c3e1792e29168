"""Acts of people on a lead: decided in core, written with what follows in one transaction.

Others hear of an act when it can no longer be undone. An act whose key came before is not done again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from questionnaire.actions.delivery.announcements import announce
from questionnaire.actions.handoff import assign, consequences
from questionnaire.actions.handoff.lead_case import LeadCase, assess_now, lead_case
from questionnaire.actions.handoff.routing_book import lock_pools, presence
from questionnaire.actions.toolbox import Toolbox
from questionnaire.actions.views import Person
from questionnaire.core.base.explanation import read_explanation, write_explanation
from questionnaire.core.base.roles import Role
from questionnaire.core.handoff import acts
from questionnaire.core.handoff.acts import Act, Actor
from questionnaire.core.handoff.deadline import first_contact
from questionnaire.core.handoff.decision import Decision, Owner
from questionnaire.core.handoff.eligibility import pools_of
from questionnaire.core.handoff.lifecycle import UNDOABLE, decide
from questionnaire.core.handoff.refusals import ActRefusal
from questionnaire.storage import Session
from questionnaire.storage.leads import events, leads, ownership
from questionnaire.storage.leads.leads import Viewer
from questionnaire.storage.leads.projection import Becomes, written
from questionnaire.storage.tables import AssignmentRow, EventRow, LeadRow

_HELD = ("rep", "queue", "rule", "pool", "why", "at", "due_at")


@dataclass(frozen=True, slots=True)
class ActResult:
    """What came of an act. `event` is what undo names, "" when it cannot be undone; `attempts` counts this cycle's.

    `owner` is the rep who has the lead afterwards, `queue` its queue.
    """

    name: str
    kind: str = ""
    event: str = ""
    refusal: ActRefusal | None = None
    attempts: int = 0
    owner: str | None = None
    queue: str | None = None
    reason: str | None = None
    until: str | None = None


def actor_of(viewer: Person) -> Actor:
    return Actor(viewer.id, Role(viewer.role), viewer.rep)


def perform(toolbox: Toolbox, viewer: Person, lead_id: str, act: Act, key: str = "") -> ActResult | None:
    """Does the act once. None when the viewer may not see the lead. `key` names one press of a button."""
    with toolbox.database.writing() as session:
        lead = leads.lock(session, lead_id)
        if lead is None:
            return None
        case = lead_case(toolbox, session, lead)
        if not _may_see(session, viewer, case, act):
            return None
        earlier = next((event for event in case.events if key and event.id == key), None)
        if earlier is not None:
            return _result(case, earlier.kind, earlier.id)
        return act_in(toolbox, session, case, act, actor_of(viewer), key)


def act_in(toolbox: Toolbox, session: Session, case: LeadCase, act: Act, actor: Actor, key: str = "") -> ActResult:
    """Does the act in this transaction, on a lead whose row is locked."""
    now = toolbox.now()
    act = _complete(toolbox, session, case, act, now)
    decision = decide(case.policy, case.standing, act, actor, now)
    if isinstance(decision, ActRefusal):
        return replace(_result(case, "", ""), refusal=decision)
    # A key that names another lead's event was made up: nobody's press is lost or taken for another's.
    event_id = key if key and events.get(session, key) is None else toolbox.new_id()
    if decision.kind == "undone":
        _undo(session, case, decision, event_id, actor, now)
    else:
        _write(session, case, decision, event_id, actor, now)
        announce(toolbox, session, event_id, decision.kind)
    if decision.routes:
        assign.assign_lead(toolbox, session, case.lead, assess_now(toolbox, session, case, now), case.response)
    consequences.follow(toolbox, session, case, decision, event_id)
    return _result(lead_case(toolbox, session, case.lead), decision.kind, event_id)


def _may_see(session: Session, viewer: Person, case: LeadCase, act: Act) -> bool:
    """Whoever has given a lead away no longer sees it, and may still take that back."""
    if isinstance(act, acts.UndoAct):
        return any(event.id == act.event and event.actor == actor_of(viewer).as_text for event in case.events)
    return leads.get_visible(session, Viewer(viewer.role, viewer.rep or None), case.lead.id) is not None


def _result(case: LeadCase, kind: str, event_id: str) -> ActResult:
    lead = case.lead
    return ActResult(
        lead.name or lead.email,
        kind,
        event_id if kind in UNDOABLE else "",
        attempts=case.standing.attempts,
        owner=lead.owner,
        queue=lead.queue,
        reason=lead.reason,
        until=lead.until,
    )


def _complete(toolbox: Toolbox, session: Session, case: LeadCase, act: Act, now: datetime) -> Act:
    """What the form cannot know: the boxes that are open at this moment, the deadline of another rep, and whether they
    can take the lead."""
    if isinstance(act, acts.ApproveLead):
        boxes = assess_now(toolbox, session, case, now).checklist
        return replace(act, open_boxes={box.id: box.blocking for box in boxes if box.is_open})
    if isinstance(act, acts.ReassignLead) and case.policy.rep(act.rep) is not None:
        promise = first_contact(case.policy, assess_now(toolbox, session, case, now).facts, act.rep, now)
        book = lock_pools(session, presence(session, case.policy, now), sorted(pools_of(case.policy, act.rep)))
        obstacle = book.obstacle(case.policy, act.rep)
        return replace(act, due_at=promise.due_at if promise else None, obstacle=obstacle)
    return act


def _write(session: Session, case: LeadCase, decision: Decision, event_id: str, actor: Actor, now: datetime) -> None:
    """The event, with what the lead was before: undoing is bringing that back."""
    lead, becomes = case.lead, _columns(decision)
    columns = {*becomes, *(("owner", "queue", "call_by") if decision.owner is not None else ())}
    before = written(cast(Becomes, {name: getattr(lead, name) for name in sorted(columns)}))
    data: dict[str, Any] = {**decision.facts, "before": before}
    if decision.owner is None:
        events.append(session, event_id, lead.id, decision.kind, now, actor=actor.as_text, data=data, becomes=becomes)
        return
    held = ownership.current(session, lead.id)
    if held is not None:
        data["held"] = {name: _json(getattr(held, name)) for name in _HELD}
    assignment = _assignment(lead, decision, decision.owner, now)
    ownership.change_owner(session, lead.id, lead.version, assignment, event_id, decision.kind, now,
                           actor=actor.as_text, data=data, becomes=becomes)  # fmt: skip


def _columns(decision: Decision) -> Becomes:
    return cast(Becomes, dict(decision.becomes))


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _assignment(lead: LeadRow, decision: Decision, owner: Owner, now: datetime) -> AssignmentRow | None:
    if owner.rep is None and owner.queue is None:
        return None
    why = write_explanation(read_explanation(decision.facts.get("why")))
    return AssignmentRow(lead_id=lead.id, rep=owner.rep, queue=owner.queue, why=why, at=now, due_at=owner.due_at)


def _undo(session: Session, case: LeadCase, decision: Decision, event_id: str, actor: Actor, now: datetime) -> None:
    """Everything the act changed becomes again what it was; the act stays in the history."""
    lead = case.lead
    taken_back = next(event for event in case.events if event.id == decision.facts["event"])
    becomes = _before(taken_back)
    held = taken_back.data.get("held")
    if not held:
        events.append(session, event_id, lead.id, "undone", now, actor=actor.as_text, data=decision.facts,
                      becomes=becomes)  # fmt: skip
        return
    moments = {name: datetime.fromisoformat(held[name]) if held[name] else None for name in ("at", "due_at")}
    assignment = AssignmentRow(lead_id=lead.id, **{**held, **moments})
    ownership.change_owner(session, lead.id, lead.version, assignment, event_id, "undone", now, actor=actor.as_text,
                           data=decision.facts, becomes=becomes)  # fmt: skip


def _before(event: EventRow) -> Becomes:
    before: dict[str, Any] = dict(event.data["before"])
    for name in ("call_by", "next_at"):
        if before.get(name):
            before[name] = datetime.fromisoformat(before[name])
    return cast(Becomes, before)
