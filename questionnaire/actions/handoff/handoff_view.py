"""What the page of a lead says of the handoff: the steps, what is next, and what the viewer may do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from questionnaire.actions.handoff.lead_case import LeadCase
from questionnaire.actions.handoff.team_desks import choices, presence_and_loads
from questionnaire.actions.views import HandoffView, Person
from questionnaire.core.base.roles import Role
from questionnaire.core.base.stage import Stage
from questionnaire.core.base.translation import Translator
from questionnaire.core.documents.agreement.handoff_parts import reason_text
from questionnaire.core.handoff.clocks import moves_at
from questionnaire.core.handoff.standing import Standing
from questionnaire.core.handoff.steps import OWNERS, STATES, STEPS, steps_of
from questionnaire.storage import Session
from questionnaire.storage.leads import call_notes, events

_AT_WORK = ("attempt", "reached", "confirm", "reject", "nurture", "owner")
_OF_STAGE: Mapping[Stage, tuple[str, ...]] = {
    Stage.ASSIGNED: ("accept", *_AT_WORK),
    Stage.WORKING: _AT_WORK,
    Stage.SQL: ("opportunity", "attempt", "reached", "reject", "nurture", "owner"),
    Stage.OPPORTUNITY: ("won", "lost"),
}
_REASSIGNABLE = frozenset({Stage.SQL_READY, Stage.ASSIGNED, Stage.WORKING, Stage.SQL, Stage.OPPORTUNITY})
_CLOSED = frozenset({Stage.DISQUALIFIED, Stage.DIVERTED, Stage.LOST})


def handoff_view(session: Session, case: LeadCase, viewer: Person, words: Translator, now: datetime) -> HandoffView:
    lead, standing = case.lead, case.standing
    may_assign = viewer.role in (Role.MANAGER, Role.ADMIN) and standing.stage in _REASSIGNABLE
    return HandoffView(
        acts=_acts(standing, viewer),
        steps=tuple(
            (words(STEPS[step.name]), words(STATES[step.state]), words(OWNERS[step.name]), step.state)
            for step in steps_of(standing)
        ),
        attempts=standing.attempts,
        cycle=standing.cycle,
        reached_at=standing.contacted_at,
        next_what=lead.next_what or "",
        next_at=lead.next_at,
        moves_at=moves_at(case.policy, standing, events.as_lead_events(case.events)),
        until=lead.until or "",
        reason=reason_text(lead.reason, words),
        notes=call_notes.notes_of(session, lead.id),
        reps=choices(case.policy, presence_and_loads(session, case.policy, now), lead.owner, words)
        if may_assign
        else (),
    )


def _acts(standing: Standing, viewer: Person) -> tuple[str, ...]:
    """What the owner of the lead may do, and managers for them; whoever answers has the attempt out of the way."""
    is_own = bool(viewer.rep) and standing.owner == viewer.rep
    if viewer.role in (Role.OPS, Role.ADMIN) and standing.stage in _CLOSED:
        return ("reopen",)
    if not (is_own or viewer.role in (Role.MANAGER, Role.ADMIN)) or standing.owner is None:
        return ()
    acts = _OF_STAGE.get(standing.stage, ())
    if standing.stage is Stage.WORKING and standing.contacted_at is not None:
        return ("confirm", *(act for act in acts if act != "confirm"))
    return acts
