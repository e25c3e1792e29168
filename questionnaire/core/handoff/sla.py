"""SLA deadlines: when an SLA term is due, when it warns, and how much business time has passed.

docs/how-sla-works.md has worked examples; the tests execute its table. The calendar converts local times to instants
per day; additions and comparisons are in UTC; results are in the calendar's zone.

Every result is the *earliest* instant that fits: a term that runs out at closing time is due at closing time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import groupby, islice, takewhile

from questionnaire.core.base.durations import SlaTime
from questionnaire.core.policy.calendar import Calendar, Span

__all__ = ["NeverOpen", "SlaTime", "due_view", "parse_start", "sla_deadline", "warnings", "warnings_between",
           "working_time"]  # fmt: skip

LONGEST_CLOSURE = 400
"""Days without business hours after which a calendar counts as permanently closed."""

_YEARS = range(1900, 2201)
_ZERO = timedelta(0)
_MICROSECOND = timedelta(microseconds=1)


class NeverOpen(ValueError):
    """The calendar has no business hours for more than a year after the start, so there is no deadline."""


def parse_start(text: str, calendar: Calendar) -> datetime:
    """Parses an ISO date and time; without an offset, in the calendar's zone. Raises ValueError with what to write."""
    advice = "write for example 2026-10-02T17:30 or 2026-10-02T17:30+02:00"
    try:
        start = datetime.fromisoformat(text.strip())
    except ValueError as unreadable:
        raise ValueError(f"`{text.strip()[:40]}` is not a date and time; {advice}") from unreadable
    if start.year not in _YEARS:
        raise ValueError(f"`{text.strip()[:40]}` is outside the years 1900 to 2200; {advice}")
    if start.tzinfo is None:
        midnight = datetime.combine(start.date(), datetime.min.time())
        start = calendar.instant(start.date(), start - midnight)
    return start.astimezone(calendar.zone)


def working_time(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """Returns the business time between two instants; zero when `end` is not after `start`."""
    worked = _ZERO
    for opens, closes in _spans_from(start, calendar, end):
        worked += min(closes, end.astimezone(UTC)) - opens
    return worked


def sla_deadline(start: datetime, within: SlaTime, calendar: Calendar) -> datetime:
    """Returns when an SLA term that starts at `start` is due, in the calendar's zone.

    A length of zero is due at `start`, also outside business hours. Raises NeverOpen.
    """
    _require_zone(start)
    if within.unit == "m":
        due = start.astimezone(UTC) + timedelta(minutes=within.amount)
    elif within.unit == "bm":
        due = _after_working(start, timedelta(minutes=within.amount), calendar)
    else:
        due = _after_working_days(start, within.amount, calendar)
    return due.astimezone(calendar.zone)


def warnings(start: datetime, within: SlaTime, calendar: Calendar, shares: Sequence[Fraction]) -> tuple[datetime, ...]:
    """Returns the instants at which these shares (0 to 1) of the time of an SLA term have passed."""
    return warnings_between(start, sla_deadline(start, within, calendar), calendar, shares)


def warnings_between(
    start: datetime, due: datetime, calendar: Calendar, shares: Sequence[Fraction]
) -> tuple[datetime, ...]:
    """Returns the instants at which these shares (0 to 1) of the business time between start and due have passed.

    Without business time in between (such as an hour of wall time on a Sunday) they are shares of the wall time.
    """
    if not all(0 <= share <= 1 for share in shares):
        raise ValueError("a warning is a share between 0 and 1 of the time to the due instant")
    open_time = working_time(start, due, calendar)
    if open_time:
        instants = (_after_working(start, _share(open_time, share), calendar) for share in shares)
    else:
        wall_time = due.astimezone(UTC) - start.astimezone(UTC)
        instants = (start.astimezone(UTC) + _share(wall_time, share) for share in shares)
    return tuple(instant.astimezone(calendar.zone) for instant in instants)


def due_view(
    calendar: Calendar, start: datetime, within: SlaTime, shares: Sequence[Fraction]
) -> dict[str, str | list[str]]:
    """`{"due": ISO, "warn": [ISO, …]}` in the calendar's zone: the output of `questionnaire due --format json`."""
    return {
        "due": sla_deadline(start, within, calendar).isoformat(),
        "warn": [instant.isoformat() for instant in warnings(start, within, calendar, shares)],
    }


def _require_zone(start: datetime) -> None:
    if start.tzinfo is None:
        raise ValueError("a clock starts at an instant: give the start a time zone")


def _share(duration: timedelta, share: Fraction) -> timedelta:
    """The share of a time, rounded up to the microsecond: the earliest instant at which it has fully passed."""
    return _MICROSECOND * -(-(duration // _MICROSECOND) * share.numerator // share.denominator)


def _spans_from(start: datetime, calendar: Calendar, end: datetime | None = None) -> Iterator[Span]:
    """Yields the business hours from `start`, the first interval cut to it, up to `end` or without end.

    Without an end, raises NeverOpen after a closure longer than a year, so that no search is infinite.
    """
    _require_zone(start)
    begin = start.astimezone(UTC)
    day, stop = start.astimezone(calendar.zone).date(), end.astimezone(UTC) if end else None
    closed_for = 0
    while stop is None or calendar.instant(day, _ZERO) < stop:
        for opens, closes in calendar.spans(day):
            first = max(opens, begin)
            if first < closes and (stop is None or first < stop):
                closed_for = 0
                yield first, closes
        day += timedelta(days=1)
        closed_for += 1
        if stop is None and closed_for > LONGEST_CLOSURE:
            raise NeverOpen(f"the calendar is closed for more than {LONGEST_CLOSURE} days after {start.isoformat()}")


def _after_working(start: datetime, business_time: timedelta, calendar: Calendar) -> datetime:
    """Returns the earliest instant with this much business time between `start` and it."""
    if business_time <= _ZERO:
        return start.astimezone(UTC)
    remaining = business_time
    spans = _spans_from(start, calendar)
    opens, closes = next(spans)
    while closes - opens < remaining:
        remaining -= closes - opens
        opens, closes = next(spans)
    return opens + remaining


def _after_working_days(start: datetime, days: int, calendar: Calendar) -> datetime:
    """Returns the same local time that many business days later. A start outside hours counts from the next opening.

    When that day is closed at that time, the result is the closing before it, or else the day's opening.
    """
    if days == 0:
        return start.astimezone(UTC)
    begin = next(_spans_from(start, calendar))[0].astimezone(calendar.zone)
    openings = (opens.astimezone(calendar.zone).date() for opens, _ in _spans_from(start, calendar))
    working_days = (day for day, _ in groupby(openings))
    day = next(islice(working_days, days, None))
    midnight = datetime.combine(begin.date(), datetime.min.time())
    same_time = calendar.instant(day, begin.replace(tzinfo=None) - midnight)
    hours = calendar.spans(day)
    earlier = list(takewhile(lambda span: span[0] <= same_time, hours))
    return min(earlier[-1][1], same_time) if earlier else hours[0][0]
