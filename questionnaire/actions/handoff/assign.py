"""Assigns a lead: core picks the rep, the owner is stored under the pool's lock, and a job sends the notification."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from questionnaire.actions.delivery.announcements import announce
from questionnaire.actions.handoff import clock_jobs
from questionnaire.actions.handoff.routing_book import lock_pools, presence
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.explanation import write_explanation
from questionnaire.core.base.stage import Stage
from questionnaire.core.handoff.deadline import first_contact
from questionnaire.core.handoff.routing import Assignment, pools_to_lock, route, told_of_queue
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.assessment import Assessment
from questionnaire.storage import Session
from questionnaire.storage.leads import ownership, round_robin
from questionnaire.storage.tables import AssignmentRow, LeadRow, ResponseRow


def assign_lead(
    toolbox: Toolbox, session: Session, lead: LeadRow, assessment: Assessment, row: ResponseRow
) -> Assignment:
    """Assigns a ready lead to a rep or a queue, starts the SLA clock, and queues the notification and the dossier."""
    policy, facts = assessment.policy, assessment.facts
    book = presence(session, policy, assessment.at)
    assignment = route(policy, facts, lock_pools(session, book, pools_to_lock(policy, facts, book)))
    store(toolbox, session, lead, row, policy, facts, assignment, assessment.at)
    return assignment


def store(
    toolbox: Toolbox,
    session: Session,
    lead: LeadRow,
    row: ResponseRow,
    policy: Policy,
    facts: Mapping[str, Any],
    assignment: Assignment,
    at: datetime,
    cause: Mapping[str, Any] | None = None,
) -> str:
    """Writes the owner and what follows. Returns the id of the event; `cause` is what it says besides the routing."""
    if assignment.pool is not None and assignment.credits is not None:
        round_robin.write_credits(session, assignment.pool, assignment.credits)
    promise = first_contact(policy, facts, assignment.rep, at)
    event_id = toolbox.new_id()
    ownership.change_owner(
        session,
        lead.id,
        lead.version,
        _assignment_row(lead, assignment, at, promise.due_at if promise else None),
        event_id,
        "assigned",
        at,
        data={
            "rule": assignment.rule,
            "pool": assignment.pool,
            "rep": assignment.rep,
            "queue": assignment.queue,
            "why": assignment.why.as_json,
            "passed_over": [why.as_json for why in assignment.passed_over],
            **({} if assignment.rep else {"to": list(told_of_queue(policy))}),
            **(cause or {}),
        },
        becomes={"stage": str(Stage.ASSIGNED if assignment.rep else Stage.SQL_READY)},
    )
    announce(toolbox, session, event_id, "assigned")
    _notify(toolbox, session, row, "lead_assigned" if assignment.rep else "lead_in_queue", event_id)
    clock_jobs.plan(toolbox, session, policy, lead.id)
    return event_id


def _notify(toolbox: Toolbox, session: Session, row: ResponseRow, what: str, event_id: str) -> None:
    args = {"what": what, "response": row.id, "event": event_id}
    toolbox.queue.enqueue(session, "tell", f"tell:{what}:{event_id}", args)
    toolbox.queue.enqueue(session, "render_dossier", f"dossier:{row.id}:{event_id}", {"response": row.id})


def _assignment_row(lead: LeadRow, assignment: Assignment, at: datetime, due_at: datetime | None) -> AssignmentRow:
    return AssignmentRow(
        lead_id=lead.id,
        rep=assignment.rep,
        queue=assignment.queue,
        rule=assignment.rule,
        pool=assignment.pool,
        why=write_explanation(assignment.why),
        at=at,
        due_at=due_at,
    )
