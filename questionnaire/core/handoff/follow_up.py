"""Following up: attempts to reach a person, contact, and when the next thing is due. Source: domain.md 2.3."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from questionnaire.core.base.durations import SlaTime
from questionnaire.core.base.stage import Stage
from questionnaire.core.handoff import acts
from questionnaire.core.handoff.decision import Decision
from questionnaire.core.handoff.refusals import ActRefusal
from questionnaire.core.handoff.sla import NeverOpen, sla_deadline
from questionnaire.core.handoff.standing import Standing
from questionnaire.core.policy import Policy

RETRY: SlaTime = SlaTime.parse("3bh")
"""The next try is this much working time after an attempt, unless the rep says otherwise."""

NEXT_TRY, FEEDBACK_DUE = "next_try", "feedback"
"""What is next for a lead: the next try to reach the person, or the word of sales on what the lead was worth."""


def next_try(policy: Policy, rep: str | None, now: datetime) -> datetime:
    """The next time to try: three working hours on, in the rep's calendar."""
    return _due(policy, RETRY, rep, now) or now + timedelta(hours=3)


def feedback_due(policy: Policy, rep: str | None, now: datetime) -> datetime | None:
    """When feedback on a lead is due that was reached now; None when the policy asks for none."""
    within = policy.sla.feedback_within
    return _due(policy, within, rep, now) if within is not None else None


def _due(policy: Policy, within: SlaTime, rep: str | None, now: datetime) -> datetime | None:
    try:
        return sla_deadline(now, within, policy.calendar_of(rep))
    except NeverOpen:
        return None


def _stage(standing: Standing) -> str:
    """The first attempt or contact makes an assigned lead one that is worked on."""
    return str(Stage.WORKING if standing.stage is Stage.ASSIGNED else standing.stage)


def attempt(policy: Policy, standing: Standing, act: acts.LogAttempt, now: datetime) -> Decision | ActRefusal:
    outcome = act.outcome if act.outcome in acts.ATTEMPT_OUTCOMES else acts.ATTEMPT_OUTCOMES[0]
    if act.next_at is not None and act.next_at <= now:
        return ActRefusal("next_past", "next_at")
    facts = {"outcome": outcome, "number": standing.attempts + 1, **({"detail": act.detail} if act.detail else {})}
    becomes: dict[str, Any] = {"stage": _stage(standing), "call_by": None}
    if standing.contacted_at is None:
        becomes |= {"next_what": NEXT_TRY, "next_at": act.next_at or next_try(policy, standing.owner, now)}
    return Decision("attempted", facts, becomes)


def contact(policy: Policy, standing: Standing, act: acts.LogContact, now: datetime) -> Decision:
    becomes: dict[str, Any] = {"stage": _stage(standing), "call_by": None}
    if standing.feedback is None:
        due = feedback_due(policy, standing.owner, now)
        becomes |= {"next_what": FEEDBACK_DUE if due else None, "next_at": due}
    return Decision("contacted", {"detail": act.detail} if act.detail else {}, becomes)
