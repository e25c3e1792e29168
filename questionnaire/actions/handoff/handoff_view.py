"""What the page of a lead says of the handoff: the steps, what is next, and what the viewer may do."""

from __future__ import annotations

from collections.abc import Mapping

from questionnaire.actions.handoff.lead_case import LeadCase
from questionnaire.actions.views import HandoffView, Person
from questionnaire.core.base.roles import Role
from questionnaire.core.base.stage import Stage
from questionnaire.core.base.translation import Translator
from questionnaire.core.documents.agreement.handoff_parts import reason_text
from questionnaire.core.handoff.clocks import moves_at
from questionnaire.core.handoff.standing import Standing
from questionnaire.core.handoff.steps import OWNERS, STATES, STEPS, steps_of
from questionnaire.storage import Session
from questionnaire.storage.leads import call_notes, events, facet_counts
from questionnaire.storage.people import staff

_AT_WORK = ("attempt", "reached", "confirm", "reject", "nurture", "owner")
_OF_STAGE: Mapping[Stage, tuple[str, ...]] = {
    Stage.ASSIGNED: ("accept", *_AT_WORK),
    Stage.WORKING: _AT_WORK,
    Stage.SQL: ("opportunity", "attempt", "reached", "reject", "nurture", "owner"),
    Stage.OPPORTUNITY: ("won", "lost"),
}
_REASSIGNABLE = frozenset({Stage.SQL_READY, Stage.ASSIGNED, Stage.WORKING, Stage.SQL, Stage.OPPORTUNITY})
_CLOSED = frozenset({Stage.DISQUALIFIED, Stage.DIVERTED, Stage.LOST})


def handoff_view(session: Session, case: LeadCase, viewer: Person, words: Translator) -> HandoffView:
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
        reps=reps_for(session, case, words) if may_assign else (),
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


def reps_for(session: Session, case: LeadCase, words: Translator) -> tuple[tuple[str, str, str], ...]:
    """Every rep of the policy but the owner: those who can take the lead first, with their load in words."""
    loads, inactive = facet_counts.open_leads(session), staff.inactive_reps(session)
    caps = {member.rep: member.max_open for pool in case.policy.routing.pools.values() for member in pool}
    found = []
    for rep in case.policy.reps:
        if rep.id == case.lead.owner or rep.role == "manager":
            continue
        load, cap = loads.get(rep.id, 0), caps.get(rep.id)
        text = words("%(n)s of %(most)s open", n=load, most=cap) if cap else words("%(n)s open", n=load)
        barred = rep.id in inactive or (cap is not None and load >= cap)
        found.append((rep.id, f"{rep.name} ({text})", words("can’t take a lead now") if barred else ""))
    return tuple(sorted(found, key=lambda entry: (bool(entry[2]), entry[1])))
