"""Times of the sample responses: over 60 days, in working hours, most of them on the last day."""

from __future__ import annotations

import random
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from questionnaire.core.base.durations import SlaTime
from questionnaire.core.handoff.sla import NeverOpen, sla_deadline, working_time
from questionnaire.core.policy.calendar import Calendar

SPAN = timedelta(days=60)
LAST_DAY = timedelta(hours=20)
SETTLED = timedelta(minutes=4)
"""Age of the newest sample response: nothing in the demo happens at the current time."""
_HOURS = (7, 8, 9, 9, 10, 10, 10, 11, 11, 12, 13, 14, 14, 14, 15, 15, 16, 16, 17, 18, 20, 21, 22)
_ON_A_WEEKEND = 0.25


def arrivals(early: int, lately: int, now: datetime, zone: ZoneInfo, rng: random.Random) -> tuple[datetime, ...]:
    """Datetimes in UTC, oldest first. `lately` of them are within the last day, denser towards `now`."""
    ends = now - LAST_DAY
    starts = now - SPAN
    before = [_at_work(starts + (ends - starts) * ((index + rng.random()) / early), zone, rng)
              for index in range(early)]  # fmt: skip
    edge = timedelta(hours=3)
    earlier = [min(max(moment, starts + edge * rng.random()), ends - edge * rng.random()) for moment in before]
    ages = [LAST_DAY * ((index + rng.uniform(0.1, 0.9)) / lately) ** 1.5 for index in range(lately)]
    newest = [min(now - age, now - SETTLED - timedelta(seconds=41) * index) for index, age in enumerate(ages)]
    return tuple(sorted(earlier + newest))


def _at_work(moment: datetime, zone: ZoneInfo, rng: random.Random) -> datetime:
    """The same day at a likely hour. Most times on a weekend move to the Friday before."""
    day = moment.astimezone(zone).date()
    if day.weekday() > 4 and rng.random() > _ON_A_WEEKEND:
        day -= timedelta(days=day.weekday() - 4)
    clock = time(rng.choice(_HOURS), rng.randrange(60), rng.randrange(60))
    return datetime.combine(day, clock, zone).astimezone(UTC)


def later(start: datetime, minutes: float, calendar: Calendar) -> datetime:
    """`minutes` of open time after `start`, in UTC: people act only in their working hours."""
    duration = SlaTime(max(1, round(minutes)), "bm")
    try:
        return sla_deadline(start, duration, calendar).astimezone(UTC)
    except NeverOpen:
        return start + timedelta(minutes=duration.amount)


def open_minutes(start: datetime, end: datetime, calendar: Calendar) -> float:
    return working_time(start, end, calendar) / timedelta(minutes=1)
