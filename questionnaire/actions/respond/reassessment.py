"""A lead in nurturing wakes up on its day: it is assessed again as of now, and goes on if it qualifies."""

from __future__ import annotations

from questionnaire.actions.assessing.assessments import keep_assessment, shown_parts
from questionnaire.actions.delivery.announcements import announce
from questionnaire.actions.handoff import consequences
from questionnaire.actions.handoff.lead_case import assess_now, lead_case
from questionnaire.actions.respond.judgement import becomes_of, move_on
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.stage import Stage
from questionnaire.core.handoff.feedback import RESUME
from questionnaire.storage.leads import events, leads
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
        shown = shown_parts(assessments.content_of(session, case.response.id))
        stored = keep_assessment(toolbox, session, case.response, made, shown, lead.id)
        data = {"assessment": stored.id, "stage": str(made.verdict.stage), "slept_for": lead.reason}
        becomes = becomes_of(lead, made, fresh=False, held=False)
        event_id = toolbox.new_id()
        events.append(session, event_id, lead.id, "woken", now, response_id=case.response.id, data=data,
                      becomes=becomes)  # fmt: skip
        announce(toolbox, session, event_id, "woken")
        consequences.plan_wake_up(toolbox, session, lead)
        move_on(toolbox, session, lead, case.response, made)
