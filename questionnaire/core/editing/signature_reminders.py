"""When a missing signature is asked for again: two and five working days after it was asked for.

A reminder that comes so late that the next one is due as well is left to the next one: nobody gets two at once.
"""

from __future__ import annotations

from datetime import datetime

from questionnaire.core.base.durations import SlaTime
from questionnaire.core.handoff.sla import NeverOpen, sla_deadline
from questionnaire.core.policy.calendar import Calendar

REMINDED_AFTER = (SlaTime(2, "bd"), SlaTime(5, "bd"))


def reminder_times(asked_at: datetime, calendar: Calendar) -> tuple[datetime, ...]:
    """The moments of both reminders; none in a calendar that never opens."""
    try:
        return tuple(sla_deadline(asked_at, after, calendar) for after in REMINDED_AFTER)
    except NeverOpen:
        return ()


def is_overtaken(number: int, times: tuple[datetime, ...], now: datetime) -> bool:
    """Whether the reminder after this one is due as well. The request itself has the number 0 and comes always."""
    return number > 0 and number < len(times) and times[number] <= now
