"""The weeks of a rep: holidays, days without hours, and absences with and without somebody who stands in."""

from __future__ import annotations

from datetime import date, timedelta

from questionnaire.core.handoff.absences import Absence
from questionnaire.core.handoff.desk_calendar import DayKind, DaySpan, day_spans
from questionnaire.core.policy.calendar import Calendar

MONDAY = date(2026, 10, 5)
PARIS = Calendar(timezone="Europe/Paris", hours={"mon-fri": "9:00-17:00"}, holidays="FR")


def test_weekends_have_no_hours() -> None:
    assert day_spans(PARIS, (), MONDAY, 14) == (DaySpan(DayKind.CLOSED, 5, 2), DaySpan(DayKind.CLOSED, 12, 2))


def test_a_holiday_is_one_and_a_holiday_on_a_weekend_too() -> None:
    all_saints = date(2026, 11, 1)  # a Sunday
    assert day_spans(PARIS, (), all_saints - timedelta(days=1), 3) == (
        DaySpan(DayKind.CLOSED, 0, 1), DaySpan(DayKind.HOLIDAY, 1, 1),
    )  # fmt: skip


def test_an_absence_spans_weekends_and_says_whether_somebody_stands_in() -> None:
    away = Absence("ann", MONDAY + timedelta(days=3), MONDAY + timedelta(days=7), "bob")
    alone = Absence("ann", MONDAY + timedelta(days=8), MONDAY + timedelta(days=40))
    assert day_spans(PARIS, (away, alone), MONDAY, 10) == (
        DaySpan(DayKind.AWAY, 3, 5), DaySpan(DayKind.UNCOVERED, 8, 2),
    )  # fmt: skip
