"""The days of a rep for the next weeks: away, with or without someone who stands in, holidays, days without hours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from questionnaire.core.handoff.absences import Absence
from questionnaire.core.policy.calendar import Calendar


class DayKind(StrEnum):
    """`UNCOVERED`: away without a substitute. `CLOSED`: a day without business hours, such as a Sunday."""

    AWAY = "away"
    UNCOVERED = "uncovered"
    HOLIDAY = "holiday"
    CLOSED = "closed"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class DaySpan:
    """`days` days of one kind from day `first` on; the first day of the calendar is 0."""

    kind: DayKind
    first: int
    days: int


def day_spans(calendar: Calendar, absences: Iterable[Absence], first: date, days: int) -> tuple[DaySpan, ...]:
    """Returns the days that are not simply open, in order. An absence counts on every day, also on a holiday."""
    known = tuple(absences)
    kinds = [_kind(calendar, known, first + timedelta(days=number)) for number in range(days)]
    spans, start = [], 0
    for kind, same in groupby(kinds):
        length = len(list(same))
        if kind is not DayKind.OPEN:
            spans.append(DaySpan(kind, start, length))
        start += length
    return tuple(spans)


def _kind(calendar: Calendar, absences: tuple[Absence, ...], day: date) -> DayKind:
    away = [absence for absence in absences if absence.starts_on <= day <= absence.ends_on]
    if away:
        return DayKind.AWAY if any(absence.substitute for absence in away) else DayKind.UNCOVERED
    if calendar.is_holiday(day):
        return DayKind.HOLIDAY
    return DayKind.OPEN if calendar.spans(day) else DayKind.CLOSED
