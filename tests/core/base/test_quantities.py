"""Periods on the calendar, shares without rounding, and what counts as a number."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from questionnaire.core.base.quantities import Period, PeriodOfTime, Share, half_up, number, read_period, read_share

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("day", "period", "end"),
    [
        ("2026-06-02", "P6M", "2026-12-02"),
        ("2025-08-31", "P6M", "2026-02-28"),
        ("2027-08-31", "P6M", "2028-02-29"),
        ("2026-01-31", "P1M", "2026-02-28"),
        ("2028-02-29", "P1Y", "2029-02-28"),
        ("2026-10-02", "P90D", "2026-12-31"),
        ("2026-10-02", "P2W", "2026-10-16"),
        ("2026-01-31", "P1M1D", "2026-03-01"),
    ],
)
def test_months_are_calendar_months_clamped_to_the_last_day(day: str, period: str, end: str) -> None:
    assert read_period(period).after(date.fromisoformat(day)) == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("instant", "period", "before"),
    [
        # Days are 24 hours, also over the night of 25 October 2026, when Paris has one hour more.
        ("2026-10-26T12:00+01:00", "P1D", "2026-10-25T12:00+01:00"),
        ("2026-10-25T12:00+01:00", "P1D", "2026-10-24T13:00+02:00"),
        # Months are the same local time on the zone's calendar.
        ("2026-11-10T12:00+01:00", "P1M", "2026-10-10T12:00+02:00"),
        ("2026-03-31T10:00+02:00", "P1M", "2026-02-28T10:00+01:00"),
        # Just after midnight in Paris it is still the last day of September in UTC.
        ("2026-09-30T22:30+00:00", "P1M", "2026-08-31T22:30+00:00"),
    ],
)
def test_a_period_runs_back_from_an_instant(instant: str, period: str, before: str) -> None:
    for given_in in (datetime.fromisoformat(instant), datetime.fromisoformat(instant).astimezone(PARIS)):
        assert read_period(period).before(given_in, PARIS) == datetime.fromisoformat(before)


def test_the_start_of_a_window_is_comparable_across_daylight_saving_changes() -> None:
    noon = datetime(2026, 10, 25, 12, tzinfo=PARIS)
    bound = read_period("P1D").before(noon, PARIS)
    assert bound.tzinfo is UTC
    assert datetime(2026, 10, 24, 13, tzinfo=PARIS) >= bound
    assert not datetime(2026, 10, 24, 12, 59, tzinfo=PARIS) >= bound


def test_repeated_months_are_counted_from_the_start_and_do_not_drift() -> None:
    start = datetime(2026, 1, 31, 9, tzinfo=PARIS)
    ends = [read_period("P1M").past(start, PARIS, times).astimezone(PARIS) for times in (1, 2, 3)]
    assert [(end.month, end.day, end.hour) for end in ends] == [(2, 28, 9), (3, 31, 9), (4, 30, 9)]


@pytest.mark.parametrize("raw", ["P", "P0D", "6 months", "P6", "PT6H", "-P6M", "P101Y", "P36601D", "", None, 6])
def test_text_that_is_no_period_is_refused_with_an_example(raw: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Period).validate_python(raw)
    assert caught.value.errors()[0]["ctx"]["hint"] == "write it like `P90D` or `P6M`"


@pytest.mark.parametrize(("raw", "written"), [("P6M", "P6M"), ("P1Y", "P12M"), ("P2W", "P14D"), ("P1M2D", "P1M2D")])
def test_a_period_is_written_in_parsable_form(raw: str, written: str) -> None:
    assert str(read_period(raw)) == written
    assert read_period(read_period(raw)) == read_period(written)


@pytest.mark.parametrize(
    ("raw", "share"),
    [
        ("60%", Fraction(3, 5)), ("0%", Fraction(0)), ("100%", Fraction(1)),
        ("12.5%", Fraction(1, 8)), ("5 %", Fraction(1, 20)),
    ],
)  # fmt: skip
def test_a_share_is_an_exact_fraction(raw: str, share: Fraction) -> None:
    assert read_share(raw) == share == read_share(share)
    assert TypeAdapter(Share).dump_python(share).endswith("%")


@pytest.mark.parametrize("raw", ["0.6", 1, "101%", "-5%", "60", "60 percent", None])
def test_a_number_without_percent_sign_is_refused_as_share(raw: Any) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Share).validate_python(raw)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(1, 2), 1), (Fraction(80, 3), 27), (Fraction(100, 3), 33), (Fraction(-1, 2), 0),
        (7, 7), (Fraction(0), 0),
    ],
)  # fmt: skip
def test_numbers_are_rounded_half_up_for_display(value: int | Fraction, shown: int) -> None:
    assert half_up(value) == shown


@pytest.mark.parametrize(
    ("value", "known"),
    [
        (49, 49), ("49", 49), ("4.5", Fraction(9, 2)), (0.1, Fraction(1, 10)), (Decimal("2.50"), Fraction(5, 2)),
        ("-3", -3), (Fraction(1, 3), Fraction(1, 3)), (True, None), ("1_9", None), ("1/2", None), ("1e9", None),
        ("", None), (" 5", None), ("٣", None), (None, None), ([], None), (float("nan"), None), (float("inf"), None),
        ("9" * 31, None), ("5.", None),
    ],
)  # fmt: skip
def test_only_plain_decimal_notation_is_a_number(value: Any, known: Any) -> None:
    assert number(value) == known


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(1, 240))
def test_months_end_on_the_same_day_or_the_last_of_the_month(day: date, months: int) -> None:
    end = PeriodOfTime(months=months).after(day)
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months
    assert end.day == day.day or (end.day < day.day and (end.replace(day=28).month != end.month or end.day >= 28))


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)), st.integers(1, 2000))  # noqa: DTZ001
def test_adding_and_subtracting_days_returns_to_the_start(naive: datetime, days: int) -> None:
    period, start = PeriodOfTime(days=days), naive.replace(tzinfo=UTC)
    assert period.past(period.before(start, PARIS), PARIS) == start
