"""What follows from an act on a lead: who is told, and when the lead comes back."""

from __future__ import annotations

from questionnaire.actions.delivery.suppressions import REASSESS
from questionnaire.actions.handoff import clock_jobs
from questionnaire.actions.handoff.lead_case import LeadCase
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.stage import Stage
from questionnaire.core.handoff.decision import Decision
from questionnaire.core.handoff.feedback import RESUME
from questionnaire.core.handoff.lifecycle import UNDO_WITHIN
from questionnaire.storage import Session
from questionnaire.storage.tables import LeadRow

WAKE_UP = "wake_up"
_STARTS_A_CLOCK = frozenset({"assigned", "contacted", "undone"})
_TOLD_LATER = {"rejected": "lead_rejected", "owner_requested": "owner_requested"}
"""Acts of which others hear, once they can no longer be undone."""


def follow(toolbox: Toolbox, session: Session, case: LeadCase, decision: Decision, event_id: str) -> None:
    """`case` is the lead as the act found it; its row has changed since."""
    plan_wake_up(toolbox, session, case.lead)
    if decision.kind == "assigned":
        args = {"what": "lead_assigned", "response": case.response.id, "event": event_id}
        toolbox.queue.enqueue(session, "tell", f"tell:lead_assigned:{event_id}", args)
        dossier = {"response": case.response.id}
        toolbox.queue.enqueue(session, "render_dossier", f"dossier:{case.response.id}:{event_id}", dossier)
    if decision.kind in _STARTS_A_CLOCK:
        clock_jobs.plan(toolbox, session, case.policy, case.lead.id, event_id)
    told = [_TOLD_LATER[decision.kind]] if decision.kind in _TOLD_LATER else []
    if decision.becomes.get("stage") == Stage.DIVERTED:
        told.append("lead_diverted")
    for what in told:
        args = {"what": what, "response": case.response.id, "event": event_id}
        later = toolbox.now() + UNDO_WITHIN
        toolbox.queue.enqueue(session, "tell", f"tell:{what}:{event_id}", args, not_before=later)


def plan_reassessment(toolbox: Toolbox, session: Session, lead_id: str, cause: str) -> None:
    """Has a lead assessed again at once. `cause` names what was learnt: twice for one cause is once."""
    toolbox.queue.enqueue(session, REASSESS, f"{REASSESS}:{lead_id}:{cause}", {"lead": lead_id})


def plan_wake_up(toolbox: Toolbox, session: Session, lead: LeadRow) -> None:
    """A lead in nurturing with a day wakes up on it: it is assessed again, and goes on if it now qualifies."""
    if lead.next_what == RESUME and lead.next_at is not None:
        key = f"{WAKE_UP}:{lead.id}:{lead.next_at.isoformat()}"
        toolbox.queue.enqueue(session, WAKE_UP, key, {"lead": lead.id}, not_before=lead.next_at)
