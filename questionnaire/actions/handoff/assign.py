"""Assigns a lead: core picks the rep, the owner is stored under the pool's lock, and a job sends the notification."""

from __future__ import annotations

from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.explanation import write_explanation
from questionnaire.core.base.stage import Stage
from questionnaire.core.handoff.deadline import FirstContactDeadline, first_contact
from questionnaire.core.handoff.routing import Assignment, Book, pools_to_lock, reps_on_holiday, route
from questionnaire.core.scoring.assessment import Assessment
from questionnaire.storage import Session
from questionnaire.storage.leads import facet_counts, ownership, round_robin
from questionnaire.storage.people import staff
from questionnaire.storage.tables import AssignmentRow, LeadRow, ResponseRow


def _route(session: Session, assessment: Assessment) -> Assignment:
    """The routing decision. Credits and open leads are read under the lock of the pool, so that until the transaction
    ends no other assignment changes them."""
    policy, inactive = assessment.policy, staff.inactive_reps(session)
    absent = reps_on_holiday(policy, assessment.at)
    pools = pools_to_lock(policy, assessment.facts, inactive | absent)
    credits = {pool: round_robin.lock_credits(session, pool) for pool in pools}
    book = Book(credits, facet_counts.open_leads(session), absent, inactive)
    return route(policy, assessment.facts, book)


def read_book(session: Session, assessment: Assessment) -> Book:
    """What routing would know now, without a lock: for pages that say who would get a lead."""
    policy, inactive = assessment.policy, staff.inactive_reps(session)
    absent = reps_on_holiday(policy, assessment.at)
    pools = pools_to_lock(policy, assessment.facts, inactive | absent)
    credits = {pool: round_robin.read_credits(session, pool) for pool in pools}
    return Book(credits, facet_counts.open_leads(session), absent, inactive)


def assign_lead(
    toolbox: Toolbox, session: Session, lead: LeadRow, assessment: Assessment, row: ResponseRow
) -> Assignment:
    """Assigns a ready lead to a rep or a queue, starts the SLA clock, and queues the notification and the dossier."""
    policy = assessment.policy
    assignment = _route(session, assessment)
    if assignment.pool is not None and assignment.credits is not None:
        round_robin.write_credits(session, assignment.pool, assignment.credits)
    promise = first_contact(policy, assessment.facts, assignment.rep, assessment.at)
    ownership.change_owner(
        session,
        lead.id,
        lead.version,
        _assignment_row(lead, assignment, assessment, promise),
        toolbox.new_id(),
        "assigned",
        assessment.at,
        data={
            "rule": assignment.rule,
            "pool": assignment.pool,
            "rep": assignment.rep,
            "queue": assignment.queue,
            "why": assignment.why.as_json,
            "passed_over": [why.as_json for why in assignment.passed_over],
        },
        becomes={"stage": str(Stage.ASSIGNED if assignment.rep else Stage.SQL_READY)},
    )
    what = "lead_assigned" if assignment.rep else "lead_in_queue"
    toolbox.queue.enqueue(session, "tell", f"tell:{what}:{row.id}", {"what": what, "response": row.id})
    toolbox.queue.enqueue(session, "render_dossier", f"dossier:{row.id}", {"response": row.id})
    return assignment


def _assignment_row(
    lead: LeadRow, assignment: Assignment, assessment: Assessment, promise: FirstContactDeadline | None
) -> AssignmentRow:
    return AssignmentRow(
        lead_id=lead.id,
        rep=assignment.rep,
        queue=assignment.queue,
        rule=assignment.rule,
        pool=assignment.pool,
        why=write_explanation(assignment.why),
        at=assessment.at,
        due_at=promise.due_at if promise else None,
    )
