"""SLA deadlines: the table of docs/how-sla-works.md, and property tests."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from questionnaire.core.handoff.sla import (
    NeverOpen,
    SlaTime,
    due_view,
    parse_start,
    sla_deadline,
    warnings,
    working_time,
)
from questionnaire.core.policy.calendar import Calendar
from tests.conventions.checkout import text

PAGE = text("docs/how-sla-works.md")
HALF, FOUR_FIFTHS = Fraction(1, 2), Fraction(4, 5)


def _calendars() -> dict[str, Calendar]:
    (block,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    authored: dict[str, Any] = YAML(typ="safe", pure=True).load(block)
    return {name: Calendar.model_validate(keys) for name, keys in authored.items()}


CALENDARS = _calendars()
BERLIN = CALENDARS["berlin"]


def _examples() -> list[list[str]]:
    table = PAGE.partition("## Examples")[2]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if line.startswith("| ")
    ]
    return rows[1:]


def _said(when: datetime) -> str:
    return f"{when:%a %Y-%m-%d %H:%M}"


@pytest.mark.parametrize("row", _examples(), ids=lambda row: " ".join(row[:3]))
def test_the_examples_in_how_sla_works_are_correct(row: list[str]) -> None:
    start_text, name, within_text, due_text, half, four_fifths, because = row
    there, within = CALENDARS[name], SlaTime.parse(within_text)
    start = parse_start(start_text[4:], there)
    assert because
    assert _said(start) == start_text
    assert _said(sla_deadline(start, within, there)) == due_text
    assert [_said(when) for when in warnings(start, within, there, [HALF, FOUR_FIFTHS])] == [half, four_fifths]


def test_how_sla_works_has_examples() -> None:
    told = _examples()
    assert len({tuple(row[:3]) for row in told}) == len(told) >= 19
    assert {row[1] for row in told} == set(CALENDARS), "each calendar of the page has an example"
    assert {row[2].strip("0123456789") for row in told} == {"h", "bh", "bd"}, "each way to write a span has an example"


def test_a_hot_lead_on_friday_evening_is_due_on_monday_morning() -> None:
    view = due_view(BERLIN, parse_start("2026-10-02T17:30", BERLIN), SlaTime.parse("1bh"), [HALF, FOUR_FIFTHS])
    assert view == {
        "due": "2026-10-05T09:30:00+02:00",
        "warn": ["2026-10-02T18:00:00+02:00", "2026-10-05T09:18:00+02:00"],
    }


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-10-02T17:30", "2026-10-02T17:30:00+02:00"),
        (" 2026-10-02 17:30:15 ", "2026-10-02T17:30:15+02:00"),
        ("2026-10-02T17:30:00Z", "2026-10-02T19:30:00+02:00"),
        ("2026-10-02T17:30-04:00", "2026-10-02T23:30:00+02:00"),
        ("2026-10-02", "2026-10-02T00:00:00+02:00"),
        ("2026-03-29T02:30", "2026-03-29T03:00:00+02:00"),
        ("2026-10-25T02:30", "2026-10-25T02:30:00+02:00"),
    ],
)
def test_a_start_without_an_offset_is_in_the_zone_of_the_calendar(text: str, instant: str) -> None:
    assert parse_start(text, BERLIN).isoformat() == instant


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "02.10.2026 17:30", "2026-02-30T10:00", "9999-12-31T23:59", "0001-01-01T00:00"]
)
def test_an_unreadable_start_is_refused_with_a_hint(text: str) -> None:
    with pytest.raises(ValueError, match=r"write for example 2026-10-02T17:30"):
        parse_start(text, BERLIN)


def test_a_deadline_needs_a_start_with_zone() -> None:
    naive = datetime(2026, 10, 2, 17, 30)  # noqa: DTZ001 - the point of the test
    for length in ("1h", "1bh", "1bd"):
        with pytest.raises(ValueError, match="give the start a time zone"):
            sla_deadline(naive, SlaTime.parse(length), BERLIN)
    with pytest.raises(ValueError, match="give the start a time zone"):
        working_time(naive, naive, BERLIN)


@pytest.mark.parametrize("length", ["0m", "0bh", "0bd"])
def test_no_time_at_all_is_due_immediately(length: str) -> None:
    night = parse_start("2026-10-02T23:10", BERLIN)
    assert sla_deadline(night, SlaTime.parse(length), BERLIN) == night


@pytest.mark.parametrize("share", [Fraction(-1, 2), Fraction(3, 2)])
def test_a_warning_is_a_share_of_the_time(share: Fraction) -> None:
    with pytest.raises(ValueError, match="share between 0 and 1"):
        warnings(parse_start("2026-10-02T17:30", BERLIN), SlaTime.parse("1bh"), BERLIN, [share])


def test_a_warning_is_rounded_up_to_the_microsecond() -> None:
    start = parse_start("2026-10-02T10:00", BERLIN)
    (warned,) = warnings(start, SlaTime.parse("10m"), BERLIN, [Fraction(1, 7)])
    assert warned - start == timedelta(microseconds=85_714_286)


def test_a_calendar_closed_for_more_than_a_year_raises_never_open() -> None:
    first = date(2026, 10, 5)
    shut = Calendar(
        timezone="UTC", hours={"mon": "09:00-18:00"}, closed=tuple(first + timedelta(weeks=week) for week in range(70))
    )
    start = datetime(2026, 10, 1, tzinfo=UTC)
    for length in ("1bh", "1bd"):
        with pytest.raises(NeverOpen, match="closed for more than 400 days after 2026-10-01"):
            sla_deadline(start, SlaTime.parse(length), shut)
    assert working_time(start, start + timedelta(weeks=60), shut) == timedelta(0)
    assert sla_deadline(start, SlaTime.parse("1h"), shut) == start + timedelta(hours=1)


def test_a_long_sla_on_a_short_week_is_not_a_closed_calendar() -> None:
    mondays = Calendar(timezone="UTC", hours={"mon": "09:00-10:00"})
    start = datetime(2026, 10, 5, 9, tzinfo=UTC)
    assert sla_deadline(start, SlaTime.parse("100bh"), mondays) == datetime(2028, 8, 28, 10, tzinfo=UTC)
    assert sla_deadline(start, SlaTime.parse("100bd"), mondays) == datetime(2028, 9, 4, 9, tzinfo=UTC)


offices = st.sampled_from(
    [*CALENDARS.values(), Calendar(timezone="America/New_York", hours={"mon-sun": "00:00-24:00"})]
)
starts = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - naive bounds
lengths = st.builds(SlaTime, st.integers(0, 3000), st.sampled_from(["m", "bm"])) | st.builds(
    SlaTime, st.integers(0, 12), st.just("bd")
)
business_minutes = st.builds(SlaTime, st.integers(1, 3000), st.just("bm"))
gaps = st.timedeltas(timedelta(0), timedelta(days=12))
shares = st.fractions(0, 1, max_denominator=20)


@given(offices, starts, gaps, gaps)
def test_business_time_of_two_parts_adds_up(there: Calendar, start: datetime, one: timedelta, other: timedelta) -> None:
    middle, end = start + one, start + one + other
    whole = working_time(start, end, there)
    assert working_time(start, middle, there) + working_time(middle, end, there) == whole
    assert timedelta(0) <= whole <= end - start
    assert working_time(end, start, there) == (timedelta(0) if end > start else whole)


@given(offices, starts, lengths)
def test_no_deadline_is_before_its_start_and_zero_is_due_immediately(
    there: Calendar, start: datetime, within: SlaTime
) -> None:
    found = sla_deadline(start, within, there)
    assert found >= start
    assert (found == start) == (within.amount == 0)
    assert found.tzinfo is there.zone


@given(offices, starts, business_minutes)
def test_business_time_is_due_inside_hours_after_just_that_much_work(
    there: Calendar, start: datetime, within: SlaTime
) -> None:
    found = sla_deadline(start, within, there)
    assert any(opens < found <= closes for opens, closes in there.spans(found.date()) or _evening_before(there, found))
    assert working_time(start, found, there) == timedelta(minutes=within.amount)
    earlier = found - timedelta(microseconds=1)
    assert working_time(start, earlier, there) < timedelta(minutes=within.amount)


def _evening_before(there: Calendar, found: datetime) -> tuple[tuple[datetime, datetime], ...]:
    """On a day that closes at 24:00 the deadline is on the next date."""
    return there.spans(found.date() - timedelta(days=1))


@given(offices, starts, st.integers(1, 12))
def test_business_days_are_due_inside_hours(there: Calendar, start: datetime, days: int) -> None:
    found = sla_deadline(start, SlaTime(days, "bd"), there)
    assert any(opens <= found <= closes for opens, closes in there.spans(found.date()))


@given(offices, starts, lengths, st.integers(0, 5))
def test_a_longer_sla_is_never_due_earlier(there: Calendar, start: datetime, within: SlaTime, more: int) -> None:
    assert sla_deadline(start, SlaTime(within.amount + more, within.unit), there) >= sla_deadline(start, within, there)


daytime = st.sampled_from([CALENDARS["berlin"], CALENDARS["paris"], CALENDARS["london"]])


@given(daytime, starts, gaps, lengths)
def test_a_later_start_is_never_due_earlier(
    there: Calendar, start: datetime, later: timedelta, within: SlaTime
) -> None:
    assert sla_deadline(start + later, within, there) >= sla_deadline(start, within, there)


@given(offices, starts, st.integers(1, 2000), st.integers(1, 2000))
def test_business_time_adds_up(there: Calendar, start: datetime, one: int, other: int) -> None:
    in_steps = sla_deadline(sla_deadline(start, SlaTime(one, "bm"), there), SlaTime(other, "bm"), there)
    assert in_steps == sla_deadline(start, SlaTime(one + other, "bm"), there)


@given(offices, starts, lengths, st.lists(shares, max_size=4).map(sorted))
def test_warnings_come_in_order_between_start_and_due(
    there: Calendar, start: datetime, within: SlaTime, parts: list[Fraction]
) -> None:
    found = warnings(start, within, there, parts)
    assert list(found) == sorted(found)
    assert all(start <= when <= sla_deadline(start, within, there) for when in found)


@given(starts, lengths)
def test_zones_with_the_same_rules_give_the_same_instants(start: datetime, within: SlaTime) -> None:
    keys: dict[str, Any] = {"hours": {"mon-thu": "09:00-12:30 13:30-18:00", "sat": "10:00-14:00"}, "holidays": "FR"}
    paris, brussels = (Calendar(timezone=zone, **keys) for zone in ("Europe/Paris", "Europe/Brussels"))
    assert due_view(paris, start, within, [HALF]) == due_view(brussels, start, within, [HALF])


@given(starts, lengths)
def test_the_zone_in_which_a_start_is_written_does_not_matter(start: datetime, within: SlaTime) -> None:
    elsewhere = start.astimezone(CALENDARS["london"].zone)
    assert due_view(BERLIN, start, within, [HALF]) == due_view(BERLIN, elsewhere, within, [HALF])
