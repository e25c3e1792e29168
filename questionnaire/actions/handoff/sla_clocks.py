"""The job of the SLA clocks: looks under the lead's lock which steps are due, writes each once, and tells who must
know.

Every step is an event, also when no worker ran at its moment; then it says so. Only the newest reminder is mailed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from questionnaire.actions.delivery.announcements import announce
from questionnaire.actions.delivery.job_errors import JobPostponed
from questionnaire.actions.handoff import assign, clock_jobs
from questionnaire.actions.handoff.lead_case import LeadCase, assess_now, lead_case
from questionnaire.actions.handoff.routing_book import lock_pools, presence
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.handoff import clocks
from questionnaire.core.handoff.breach_moves import move_after_breach, pools_of_move
from questionnaire.core.handoff.clocks import Clock, ClockStep, running_clocks
from questionnaire.storage import Session
from questionnaire.storage.leads import events, leads

JOB = clock_jobs.JOB
_MAIL_AT_END = {
    clocks.FIRST_CONTACT: "sla_breached",
    clocks.ASSIGN: "lead_in_queue",
    clocks.REVIEW: "review_overdue",
    clocks.FEEDBACK: "feedback_due",
}


def wake(toolbox: Toolbox, lead_id: str, anchor: str, clock_name: str) -> None:
    """The job. Does nothing when the clock no longer runs: answered, given to somebody else, undone."""
    now = toolbox.now()
    with toolbox.database.writing() as session:
        lead = leads.lock(session, lead_id)
        case = lead_case(toolbox, session, lead) if lead is not None else None
        clock = _running(case, anchor, clock_name) if case is not None else None
        if case is None or clock is None:
            return
        left = clock.left(events.as_lead_events(case.events))
        due = [step for step in left if step.at <= now]
        if left and not due:
            raise JobPostponed("the clock has more time than was planned", left[0].at)
        _take_steps(toolbox, session, case, clock, due, now)
        clock_jobs.plan(toolbox, session, case.policy, lead_id)


def _running(case: LeadCase, anchor: str, name: str) -> Clock | None:
    found = running_clocks(case.policy, case.standing)
    return next((clock for clock in found if (clock.anchor, clock.name) == (anchor, name)), None)


def _take_steps(
    toolbox: Toolbox, session: Session, case: LeadCase, clock: Clock, due: Sequence[ClockStep], now: datetime
) -> None:
    last = due[-1] if due else None
    for step in due:
        if step.does == clocks.REASSIGN:
            if _move(toolbox, session, case, clock, step, now):
                # The steps after it are those of another owner's clock.
                return
            continue
        event = _write(toolbox, session, case, clock, step, now)
        if step.does != clocks.WARN:
            _tell(toolbox, session, case, _MAIL_AT_END[clock.name], event)
        elif step is last:
            _tell(toolbox, session, case, "sla_warning", event)


def _write(
    toolbox: Toolbox, session: Session, case: LeadCase, clock: Clock, step: ClockStep, now: datetime, **more: Any
) -> str:
    kind, event_id = "warned" if step.does == clocks.WARN else "breached", toolbox.new_id()
    moves = next((one.at for one in clock.steps if one.does == clocks.REASSIGN), None)
    data = {**clock.facts(step, now), "does": step.does, "rep": case.standing.owner, "to": list(step.to),
            "moves_at": moves.isoformat() if moves else None, **more}  # fmt: skip
    events.append(session, event_id, case.lead.id, kind, now, data=data)
    announce(toolbox, session, event_id, kind)
    return event_id


def _tell(toolbox: Toolbox, session: Session, case: LeadCase, what: str, event_id: str) -> None:
    args = {"what": what, "response": case.response.id, "event": event_id}
    toolbox.queue.enqueue(session, "tell", f"tell:{what}:{event_id}", args)


def _move(toolbox: Toolbox, session: Session, case: LeadCase, clock: Clock, step: ClockStep, now: datetime) -> bool:
    """Gives the lead to somebody else. When nobody can take it, it stays, and the history says so."""
    policy, facts = case.policy, assess_now(toolbox, session, case, now).facts
    book = lock_pools(session, presence(session, policy, now), pools_of_move(policy, case.standing, facts))
    found = move_after_breach(policy, case.standing, step.to[0], facts, book)
    if found is None:
        _write(toolbox, session, case, clock, step, now, stays=True)
        return False
    cause = {"cause": "breach", "from": case.standing.owner, "cycle": case.standing.cycle, **clock.facts(step, now)}
    event_id = assign.store(toolbox, session, case.lead, case.response, policy, facts, found, now, cause)
    _tell(toolbox, session, case, "lead_moved", event_id)
    return True
