"""A lead as an act finds it: where it stands, the policy it is under, and its assessment at this moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from questionnaire.actions.assessing.history import (
    PolicyPin,
    assess_stored,
    counting_of,
    counting_responses,
    filled_by,
    history_of,
    is_contradictory,
)
from questionnaire.actions.publishing.publish_version import policy_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.handoff.standing import Standing, standing_of
from questionnaire.core.policy import Policy
from questionnaire.core.scoring.assessment import Assessment
from questionnaire.storage import Session
from questionnaire.storage.leads import events
from questionnaire.storage.responses import responses
from questionnaire.storage.tables import EventRow, LeadRow, ResponseRow


@dataclass(frozen=True, slots=True)
class LeadCase:
    """`response` is the newest that counts; `policy` is the version it was assessed under."""

    lead: LeadRow
    events: tuple[EventRow, ...]
    standing: Standing
    response: ResponseRow
    policy: Policy


def lead_case(toolbox: Toolbox, session: Session, lead: LeadRow) -> LeadCase:
    """Raises LookupError when no response of the lead counts."""
    rows = counting_responses(session, lead)
    if not rows:
        raise LookupError(f"no response of lead {lead.id} counts")
    return _case(toolbox, session, lead, events.of_lead(session, lead.id), rows[-1])


def lead_cases(toolbox: Toolbox, session: Session, rows: Sequence[LeadRow]) -> dict[str, LeadCase]:
    """Lead id -> case, for a few leads at once; without those of which no response counts."""
    ids = [lead.id for lead in rows]
    happened, answered = events.of_leads(session, ids), responses.of_leads(session, ids)
    counting = {lead_id: counting_of(found) for lead_id, found in answered.items()}
    return {
        lead.id: _case(toolbox, session, lead, tuple(happened[lead.id]), counting[lead.id][-1])
        for lead in rows
        if counting[lead.id]
    }


def _case(
    toolbox: Toolbox, session: Session, lead: LeadRow, happened: tuple[EventRow, ...], newest: ResponseRow
) -> LeadCase:
    policy = policy_of(toolbox, session, newest.policy_id, newest.policy_version)
    return LeadCase(lead, happened, standing_of(events.as_lead_events(happened)), newest, policy)


def assess_now(toolbox: Toolbox, session: Session, case: LeadCase, now: datetime) -> Assessment:
    """The assessment at this moment, which may differ from the stored one: declarations expire, windows pass."""
    return assess_stored(
        toolbox,
        session,
        filled_by(toolbox, session, case.lead),
        PolicyPin(case.response.policy_id, case.response.policy_version),
        history_of(session, case.lead, case.events),
        now,
        contradictory=is_contradictory(case.lead),
    )
