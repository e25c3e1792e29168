"""Handing a lead over: who gets it is decided in core, written under the pool's lock, and told by a job."""

from __future__ import annotations

from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.explanation import write_explanation
from questionnaire.core.base.stage import Stage
from questionnaire.core.handoff.deadline import FirstContactDeadline, first_contact
from questionnaire.core.handoff.routing import Assignment, Book, pools_to_lock, route
from questionnaire.core.scoring.assessment import Assessment
from questionnaire.storage import Session
from questionnaire.storage.leads import ownership, round_robin
from questionnaire.storage.people import staff
from questionnaire.storage.tables import AssignmentRow as StoredAssignment
from questionnaire.storage.tables import LeadRow, ResponseRow


def _routed(session: Session, assessment: Assessment) -> Assignment:
    """Who it is for. Credits and open leads are read under the lock of the pool: until the transaction ends, nobody
    else takes a turn there or fills a desk by one."""
    policy, inactive = assessment.policy, staff.inactive_reps(session)
    pools = pools_to_lock(policy, assessment.facts, inactive)
    credits = {pool: round_robin.turn(session, pool) for pool in pools}
    book = Book(credits, ownership.open_leads(session), inactive=inactive)
    return route(policy, assessment.facts, book)


def hand_over(
    toolbox: Toolbox, session: Session, lead: LeadRow, assessment: Assessment, row: ResponseRow
) -> Assignment:
    """Gives a ready lead to a rep or to the queue, starts the clock, and has whoever it concerns told."""
    policy = assessment.policy
    found = _routed(session, assessment)
    if found.pool is not None and found.credits is not None:
        round_robin.keep(session, found.pool, found.credits)
    promise = first_contact(policy, assessment.facts, found.rep, assessment.at)
    ownership.change_owner(
        session,
        lead.id,
        lead.version,
        _held(lead, found, assessment, promise),
        toolbox.new_id(),
        "assigned",
        assessment.at,
        data={
            "rule": found.rule,
            "pool": found.pool,
            "rep": found.rep,
            "queue": found.queue,
            "why": found.why.as_json,
            "passed_over": [why.as_json for why in found.passed_over],
        },
        becomes={"stage": str(Stage.ASSIGNED if found.rep else Stage.SQL_READY)},
    )
    what = "lead_assigned" if found.rep else "lead_in_queue"
    toolbox.queue.enqueue(session, "tell", f"tell:{what}:{row.id}", {"what": what, "response": row.id})
    toolbox.queue.enqueue(session, "render_dossier", f"dossier:{row.id}", {"response": row.id})
    return found


def _held(
    lead: LeadRow, found: Assignment, assessment: Assessment, promise: FirstContactDeadline | None
) -> StoredAssignment:
    """Who holds the lead from now on."""
    return StoredAssignment(
        lead_id=lead.id,
        rep=found.rep,
        queue=found.queue,
        rule=found.rule,
        pool=found.pool,
        why=write_explanation(found.why),
        at=assessment.at,
        due_at=promise.due_at if promise else None,
    )
