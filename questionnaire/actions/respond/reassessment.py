"""A lead is assessed again without new answers: it wakes up on its day, or something else was learnt about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from questionnaire.actions.assessing.assessments import keep_assessment, shown_parts
from questionnaire.actions.assessing.history import counting_responses
from questionnaire.actions.delivery.announcements import announce
from questionnaire.actions.documents import benchmark
from questionnaire.actions.handoff import consequences
from questionnaire.actions.handoff.lead_case import LeadCase, assess_now, lead_case
from questionnaire.actions.respond.judgement import becomes_of, move_on
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.stage import Stage
from questionnaire.core.handoff.feedback import RESUME
from questionnaire.core.scoring.assessment import Assessment
from questionnaire.storage import Session
from questionnaire.storage.leads import events, leads, ownership
from questionnaire.storage.responses import assessments

JOB = consequences.WAKE_UP


def wake_up(toolbox: Toolbox, lead_id: str) -> None:
    """The job. Does nothing when the lead went elsewhere meanwhile, or sleeps longer than was planned."""
    now = toolbox.now()
    with toolbox.database.writing() as session:
        lead = leads.lock(session, lead_id)
        if lead is None or lead.stage != Stage.NURTURE or lead.next_what != RESUME:
            return
        if lead.next_at is None or lead.next_at > now:
            return
        case = lead_case(toolbox, session, lead)
        made = assess_now(toolbox, session, case, now)
        _write(toolbox, session, case, made, "woken", {"slept_for": lead.reason}, now)


def reassess(toolbox: Toolbox, lead_id: str, cause: str = "") -> None:
    """The job after a merge, a separation or a "different people", or a change of the suppression list (`cause`: its
    reason, or "resubscribed"). A lead that a rep has keeps its stage."""
    now = toolbox.now()
    with toolbox.database.writing() as session:
        lead = leads.lock(session, lead_id)
        if lead is None or lead.merged_into is not None:
            return
        case = lead_case(toolbox, session, lead)
        made = assess_now(toolbox, session, case, now)
        _write(toolbox, session, case, made, "assessed", {"cause": cause} if cause else {}, now)
        completed = [row for row in counting_responses(session, lead) if row.ending is None]
        benchmark.recount(toolbox, session, lead, completed, (str(made.verdict.stage),))


def _write(
    toolbox: Toolbox,
    session: Session,
    case: LeadCase,
    made: Assessment,
    kind: str,
    facts: Mapping[str, Any],
    now: datetime,
) -> None:
    lead, row = case.lead, case.response
    held = ownership.current(session, lead.id) is not None
    shown = shown_parts(assessments.content_of(session, row.id))
    stored = keep_assessment(toolbox, session, row, made, shown, lead.id)
    data = {"assessment": stored.id, "stage": str(made.verdict.stage), **facts}
    becomes = becomes_of(lead, made, fresh=False, held=held)
    event_id = toolbox.new_id()
    events.append(session, event_id, lead.id, kind, now, response_id=row.id, data=data, becomes=becomes)
    announce(toolbox, session, event_id, kind)
    consequences.plan_wake_up(toolbox, session, lead)
    if not held:
        move_on(toolbox, session, lead, row, made)
