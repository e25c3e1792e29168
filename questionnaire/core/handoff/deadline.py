"""The promise of a first contact: which SLA term holds for this lead, and when it runs out."""

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
    """`due_at` and `warn_at` are aware moments in the calendar's own zone."""

    within: SlaTime
    due_at: datetime
    warn_at: tuple[datetime, ...]


def first_contact(
    policy: Policy, facts: Mapping[str, Any], rep: str | None, start: datetime
) -> FirstContactDeadline | None:
    """The first term that matches, on the rep's calendar (a queue's is `default`).

    None when no term matches, or when the calendar never opens: then nothing can be promised, and nothing is.
    """
    term = next((term for term in policy.sla.first_contact if _holds(term, facts)), None)
    return promise(policy, term.within, rep, start) if term is not None else None


def promise(policy: Policy, within: SlaTime, rep: str | None, start: datetime) -> FirstContactDeadline | None:
    """A length of time as due date and warnings, on the calendar of a rep or of the queue (None)."""
    calendar = policy.calendar_of(rep)
    try:
        return FirstContactDeadline(
            within, sla_deadline(start, within, calendar), warnings(start, within, calendar, policy.sla.warn_at)
        )
    except NeverOpen:
        return None


def _holds(term: SlaTerm, facts: Mapping[str, Any]) -> bool:
    return term.when is None or evaluate(term.when, facts) is True
