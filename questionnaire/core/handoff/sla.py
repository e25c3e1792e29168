"""The clock of a promise: when it is due, when it warns, and how much working time went by.

Worked examples stand in docs/how-sla-works.md, whose table the tests execute. Local times are settled per day by
the calendar; everything is added and compared in UTC; what comes out is in the calendar's zone.

Every answer is the *earliest* instant that fits: a clock that runs out at closing time is due at closing time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import groupby, islice, takewhile

from questionnaire.core.base.durations import SlaTime
from questionnaire.core.policy.calendar import Calendar, Span

__all__ = ["NeverOpen", "SlaTime", "due_view", "parse_start", "sla_deadline", "warnings", "working_time"]

LONGEST_CLOSURE = 400
"""Days without an opening after which a calendar counts as closed for good."""

_YEARS = range(1900, 2201)
_NOTHING = timedelta(0)
_ONE = timedelta(microseconds=1)


class NeverOpen(ValueError):
    """The calendar has no working time for more than a year after the start, so nothing can be due on it."""


def parse_start(text: str, calendar: Calendar) -> datetime:
    """An ISO date and time; without an offset it is read in the calendar's zone. ValueError says what to write."""
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
    """Open time between two instants; zero when `end` is not after `start`."""
    worked = _NOTHING
    for opens, closes in _spans_from(start, calendar, end):
        worked += min(closes, end.astimezone(UTC)) - opens
    return worked


def sla_deadline(start: datetime, within: SlaTime, calendar: Calendar) -> datetime:
    """When a promise given at `start` must be kept, in the calendar's zone.

    Nothing is due at once: a length of zero is due at `start`, open or not. NeverOpen: see there.
    """
    _needs_zone(start)
    if within.unit == "m":
        found = start.astimezone(UTC) + timedelta(minutes=within.amount)
    elif within.unit == "bm":
        found = _after_working(start, timedelta(minutes=within.amount), calendar)
    else:
        found = _after_working_days(start, within.amount, calendar)
    return found.astimezone(calendar.zone)


def warnings(start: datetime, within: SlaTime, calendar: Calendar, shares: Sequence[Fraction]) -> tuple[datetime, ...]:
    """The instants at which these shares (0 to 1) of the working time between start and due are used up.

    Where no working time lies between (an hour of wall time on a Sunday) they are shares of the wall time.
    """
    if not all(0 <= share <= 1 for share in shares):
        raise ValueError("a warning is a share between 0 and 1 of the time to the due instant")
    end = sla_deadline(start, within, calendar)
    open_time = working_time(start, end, calendar)
    if open_time:
        found = (_after_working(start, _share(open_time, share), calendar) for share in shares)
    else:
        wall_time = end.astimezone(UTC) - start.astimezone(UTC)
        found = (start.astimezone(UTC) + _share(wall_time, share) for share in shares)
    return tuple(instant.astimezone(calendar.zone) for instant in found)


def due_view(
    calendar: Calendar, start: datetime, within: SlaTime, shares: Sequence[Fraction]
) -> dict[str, str | list[str]]:
    """`{"due": ISO, "warn": [ISO, …]}` in the calendar's zone, as `questionnaire due --format json` prints it."""
    return {
        "due": sla_deadline(start, within, calendar).isoformat(),
        "warn": [instant.isoformat() for instant in warnings(start, within, calendar, shares)],
    }


def _needs_zone(start: datetime) -> None:
    if start.tzinfo is None:
        raise ValueError("a clock starts at an instant: give the start a time zone")


def _share(whole: timedelta, share: Fraction) -> timedelta:
    """Rounded up to the microsecond: the earliest instant at which the share is really used up."""
    return _ONE * -(-(whole // _ONE) * share.numerator // share.denominator)


def _spans_from(start: datetime, calendar: Calendar, end: datetime | None = None) -> Iterator[Span]:
    """Open stretches from `start` on, the first one cut to it, up to `end` or for ever.

    Without an end NeverOpen is raised after a closure longer than a year, so no search runs for ever.
    """
    _needs_zone(start)
    begin = start.astimezone(UTC)
    day, stop = start.astimezone(calendar.zone).date(), end.astimezone(UTC) if end else None
    closed_for = 0
    while stop is None or calendar.instant(day, _NOTHING) < stop:
        for opens, closes in calendar.spans(day):
            first = max(opens, begin)
            if first < closes and (stop is None or first < stop):
                closed_for = 0
                yield first, closes
        day += timedelta(days=1)
        closed_for += 1
        if stop is None and closed_for > LONGEST_CLOSURE:
            raise NeverOpen(f"the calendar is closed for more than {LONGEST_CLOSURE} days after {start.isoformat()}")


def _after_working(start: datetime, wanted: timedelta, calendar: Calendar) -> datetime:
    """The earliest instant with `wanted` working time between `start` and it."""
    if wanted <= _NOTHING:
        return start.astimezone(UTC)
    left = wanted
    spans = _spans_from(start, calendar)
    opens, closes = next(spans)
    while closes - opens < left:
        left -= closes - opens
        opens, closes = next(spans)
    return opens + left


def _after_working_days(start: datetime, days: int, calendar: Calendar) -> datetime:
    """The same local time that many working days later; a start outside hours counts from the next opening.

    A local time at which that day is closed falls back to the closing before it, or to the day's opening.
    """
    if days == 0:
        return start.astimezone(UTC)
    begin = next(_spans_from(start, calendar))[0].astimezone(calendar.zone)
    openings = (opens.astimezone(calendar.zone).date() for opens, _ in _spans_from(start, calendar))
    working_days = (day for day, _ in groupby(openings))
    day = next(islice(working_days, days, None))
    midnight = datetime.combine(begin.date(), datetime.min.time())
    wanted = calendar.instant(day, begin.replace(tzinfo=None) - midnight)
    hours = calendar.spans(day)
    begun = list(takewhile(lambda span: span[0] <= wanted, hours))
    return min(begun[-1][1], wanted) if begun else hours[0][0]
