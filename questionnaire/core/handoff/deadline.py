"""The first-contact deadline: which SLA term applies to a lead, and when it is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from questionnaire.core.base.conditions import evaluate
from questionnaire.core.base.durations import SlaTime
from questionnaire.core.handoff.sla import NeverOpen, sla_deadline, warnings
from questionnaire.core.policy import Policy
from questionnaire.core.policy.handoff import SlaTerm


@dataclass(frozen=True, slots=True)
class FirstContactDeadline:
    """`due_at` and `warn_at` are aware datetimes in the calendar's zone."""

    within: SlaTime
    due_at: datetime
    warn_at: tuple[datetime, ...]


def first_contact(
    policy: Policy, facts: Mapping[str, Any], rep: str | None, start: datetime
) -> FirstContactDeadline | None:
    """Returns the deadline of the first term that matches, on the rep's calendar (`default` for a queue).

    None when no term matches, or when the calendar never opens: then there is no deadline.
    """
    term = next((term for term in policy.sla.first_contact if _applies(term, facts)), None)
    return deadline_for(policy, term.within, rep, start) if term is not None else None


def deadline_for(policy: Policy, within: SlaTime, rep: str | None, start: datetime) -> FirstContactDeadline | None:
    """Returns due date and warnings for an SLA time, on the calendar of a rep or, for None, of the queue.

    None when the calendar never opens.
    """
    calendar = policy.calendar_of(rep)
    try:
        return FirstContactDeadline(
            within, sla_deadline(start, within, calendar), warnings(start, within, calendar, policy.sla.warn_at)
        )
    except NeverOpen:
        return None


def _applies(term: SlaTerm, facts: Mapping[str, Any]) -> bool:
    return term.when is None or evaluate(term.when, facts) is True
