"""Authored calendars, and their business days and hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from questionnaire.core.policy.calendar import Calendar, public_holidays

OFFICE = {"timezone": "Europe/Berlin", "hours": {"mon-fri": "09:00-18:00"}}


def calendar(**keys: Any) -> Calendar:
    return Calendar.model_validate({**OFFICE, **keys})


def shown(there: Calendar, day: str) -> list[str]:
    spans = there.spans(date.fromisoformat(day))
    return [f"{a.astimezone(there.zone):%H:%M%z}-{b.astimezone(there.zone):%H:%M%z}" for a, b in spans]


@pytest.mark.parametrize(
    ("hours", "open_on"),
    [
        ({"mon-fri": "09:00-18:00"}, "mon tue wed thu fri"),
        ({"sat": "9:00-12:00"}, "sat"),
        ({"Mon, Wed": "09:00-18:00"}, "mon wed"),
        ({"sun-thu": "09:00-18:00"}, "mon tue wed thu sun"),
        ({"sat-mon": "09:00-18:00"}, "mon sat sun"),
        ({"mon-mon": "09:00-18:00"}, "mon"),
        ({"mon-sun": "00:00-24:00"}, "mon tue wed thu fri sat sun"),
    ],
)
def test_days_are_named_alone_as_ranges_or_as_lists(hours: dict[str, str], open_on: str) -> None:
    week = calendar(hours=hours).week
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    assert [name for name, hours in zip(names, week, strict=True) if hours] == open_on.split()


def test_split_business_hours_have_two_intervals() -> None:
    split = calendar(hours={"mon-thu": "09:00-12:30 13:30-18:00", "fri": "09:00–16:00"})
    assert split.week[0] == ((540, 750), (810, 1080))
    assert split.week[4] == ((540, 960),)


@pytest.mark.parametrize(
    ("keys", "field", "says"),
    [
        (
            {"timezone": "Europe/Berln"},
            "timezone",
            "nobody knows the time zone `Europe/Berln`; did you mean `Europe/Berlin`?",
        ),
        ({"timezone": "../etc/passwd"}, "timezone", "write an IANA zone such as Europe/Berlin"),
        ({"timezone": "Europe"}, "timezone", "nobody knows the time zone `Europe`"),
        ({"timezone": ""}, "timezone", "write an IANA zone"),
        ({"holidays": "XX"}, "holidays", "no holidays are known for `XX`"),
        ({"holidays": "DE-XX"}, "holidays", "write `DE` or a part of it: BB, BE, BW"),
        ({"holidays": "de-be"}, "holidays", "write `DE` or a part of it: BB, BE, BW"),
        ({"holidays": "JP-13"}, "holidays", "write `JP` or a part of it: it has none"),
        ({"holidays": ""}, "holidays", "write a country such as FR"),
        ({"hours": {}}, "hours", 'the calendar is never open; write for example hours: {mon-fri: "09:00-18:00"}'),
        (
            {"hours": {"mon-fry": "09:00-18:00"}},
            "hours",
            "`mon-fry` does not name days of the week; did you mean `fri`?",
        ),
        ({"hours": {"ddd": "09:00-18:00"}}, "hours", "write days such as mon, mon-fri or mon,wed"),
        ({"hours": {"mon-": "09:00-18:00"}}, "hours", "`mon-` does not name days of the week"),
        (
            {"hours": {"mon-fri": "9-18"}},
            "hours",
            "`9-18` of `mon-fri` is not a stretch of the day; write hours such as",
        ),
        ({"hours": {"mon-fri": "09:00"}}, "hours", "`09:00` of `mon-fri` is not a stretch of the day"),
        ({"hours": {"mon-fri": "09:00-25:00"}}, "hours", "is not a stretch of the day"),
        ({"hours": {"mon-fri": "09:75-18:00"}}, "hours", "is not a stretch of the day"),
        ({"hours": {"mon-fri": "09:00-24:01"}}, "hours", "is not a stretch of the day"),
        ({"hours": {"mon-fri": "22:00-06:00"}}, "hours", "`22:00-24:00` on one day and `00:00-06:00` on the next"),
        ({"hours": {"mon-fri": "09:00-09:00"}}, "hours", "goes backward"),
        ({"hours": {"mon": "09:00-13:00 12:00-18:00"}}, "hours", "the hours of `mon` overlap or go backward"),
        ({"hours": {"mon": "13:00-18:00 09:00-12:00"}}, "hours", "overlap or go backward"),
        ({"hours": {"mon": ""}}, "hours", "`mon` has no hours; leave the day out to close it"),
        ({"hours": {"mon-fri": "09:00-18:00", "fri": "09:00-16:00"}}, "hours", "`fri` is named twice in hours"),
        ({"closed": [20261224]}, "closed", "`20261224` is not a date; write it as 2026-12-24"),
        ({"closed": ["24.12.2026"]}, "closed", "valid date"),
        ({"opening": "09:00"}, "opening", "Extra inputs are not permitted"),
    ],
)
def test_a_calendar_problem_has_its_path_and_a_hint(keys: dict[str, Any], field: str, says: str) -> None:
    with pytest.raises(ValidationError) as refused:
        calendar(**keys)
    (mistake,) = refused.value.errors()
    assert mistake["loc"][0] == field
    assert says in mistake["msg"]


@pytest.mark.parametrize(
    ("region", "day", "off"),
    [
        ("DE-BE", "2026-10-03", True),
        ("DE-BE", "2026-03-08", True),
        ("DE-BY", "2026-03-08", False),
        ("DE-BY", "2026-11-01", True),
        ("DE-BE", "2026-11-01", False),
        ("DE", "2026-04-03", True),
        ("GB-ENG", "2026-04-03", True),
        ("GB-ENG", "2026-12-28", True),
        ("GB-ENG", "2026-11-30", False),
        ("GB-SCT", "2026-11-30", True),
        ("FR", "2026-04-03", False),
        ("FR-57", "2026-04-03", True),
        ("FR", "2026-07-14", True),
        ("US", "2026-07-03", True),
        ("US", "2026-11-26", True),
    ],
)
def test_holidays_are_regional_and_have_substitute_days(region: str, day: str, off: bool) -> None:
    when = date.fromisoformat(day)
    assert (when in public_holidays(region, when.year)) is off
    assert calendar(holidays=region).is_holiday(when) is off


def test_company_holidays_close_a_day_and_without_a_region_no_other_day_is_off() -> None:
    there = calendar(closed=["2026-12-24"])
    assert shown(there, "2026-12-24") == []
    assert shown(there, "2026-12-25") == ["09:00+0100-18:00+0100"]
    assert shown(calendar(holidays=None), "2026-12-25") == ["09:00+0100-18:00+0100"]


def test_daylight_saving_changes_instants_and_not_opening_hours() -> None:
    there = calendar(hours={"mon-sun": "09:00-18:00"})
    assert shown(there, "2026-03-28") == ["09:00+0100-18:00+0100"]
    assert shown(there, "2026-03-29") == ["09:00+0200-18:00+0200"]


@pytest.mark.parametrize(
    ("zone", "day", "hours", "spans"),
    [
        ("Europe/Berlin", "2026-03-29", "02:30-10:00", ["03:00+0200-10:00+0200"]),
        ("Europe/Berlin", "2026-03-29", "00:00-02:30", ["00:00+0100-03:00+0200"]),
        ("Europe/Berlin", "2026-03-29", "02:10-02:50", []),
        ("Europe/Berlin", "2026-10-25", "02:30-10:00", ["02:30+0200-10:00+0100"]),
        ("Europe/Berlin", "2026-10-25", "00:00-02:30", ["00:00+0200-02:30+0200"]),
        ("Australia/Lord_Howe", "2026-10-04", "02:15-10:00", ["02:30+1100-10:00+1100"]),
        ("Pacific/Apia", "2011-12-30", "09:00-18:00", []),
        ("America/Sao_Paulo", "2018-11-04", "00:00-12:00", ["01:00-0200-12:00-0200"]),
    ],
)
def test_skipped_and_repeated_hours_have_defined_instants(zone: str, day: str, hours: str, spans: list[str]) -> None:
    assert shown(calendar(timezone=zone, hours={"mon-sun": hours}), day) == spans


zones = st.sampled_from(
    ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Sao_Paulo", "UTC"]
)
days = st.dates(date(2010, 1, 1), date(2040, 1, 1))
minutes = st.integers(0, 24 * 60 - 1)


@given(zones, days, minutes, minutes)
def test_a_later_wall_clock_time_is_never_an_earlier_instant(zone: str, day: date, one: int, other: int) -> None:
    there = calendar(timezone=zone)
    early, late = (there.instant(day, timedelta(minutes=m)) for m in sorted((one, other)))
    assert early <= late


@given(zones, days, minutes)
def test_an_instant_is_the_first_at_which_the_local_clock_shows_the_time(zone: str, day: date, minute: int) -> None:
    there = calendar(timezone=zone)
    found = there.instant(day, timedelta(minutes=minute))
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    assert found.tzinfo is UTC
    assert found.astimezone(there.zone).replace(tzinfo=None) >= wall
    assert (found - timedelta(seconds=1)).astimezone(there.zone).replace(tzinfo=None) < wall


@given(zones, days)
def test_a_calendar_that_is_always_open_has_all_hours_of_the_week(zone: str, day: date) -> None:
    there = calendar(timezone=zone, hours={"mon-sun": "00:00-12:00 12:00-24:00"})
    spans = [span for ahead in range(7) for span in there.spans(day + timedelta(days=ahead))]
    assert all(earlier[1] == later[0] for earlier, later in pairwise(spans))
    assert sum((ends - opens for opens, ends in spans), timedelta()) == spans[-1][1] - spans[0][0]
