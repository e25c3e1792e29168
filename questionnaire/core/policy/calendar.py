"""Business calendars: time zone, weekly business hours, public holidays and company holidays.

Opening and closing are wall-clock times of the calendar's zone, converted to instants day by day. So daylight saving
changes the instants and not the hours. A time that the clock skips becomes the instant of the change; of a time that
the clock repeats, the first is used. Public holidays come from the `holidays` package, with substitute days.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, BeforeValidator, ConfigDict, field_validator

from questionnaire.core.base.country_codes import ADVICE, country_hint
from questionnaire.core.base.problems import did_you_mean

Span = tuple[datetime, datetime]
"""An interval of business hours: two instants in UTC, the end exclusive."""

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FULL_DAY = 24 * 60

_TIME = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)
_HOURS_ADVICE = 'write hours such as "09:00-18:00" or "09:00-12:30 13:30-18:00"'


def _date(value: object) -> object:
    """Refuses numbers, which pydantic would read as seconds since 1970."""
    if isinstance(value, date | str):
        return value
    raise ValueError(f"`{value}` is not a date; write it as 2026-12-24")


class Calendar(BaseModel):
    """The authored business hours. Days that `hours` does not name are closed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    timezone: str
    hours: Mapping[str, str]
    holidays: str | None = None
    closed: tuple[Annotated[date, BeforeValidator(_date)], ...] = ()

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError) as unknown:
            advice = did_you_mean(name, available_timezones(), "write an IANA zone such as Europe/Berlin")
            raise ValueError(f"nobody knows the time zone `{name}`; {advice}") from unknown
        return name

    @field_validator("hours")
    @classmethod
    def _readable_hours(cls, hours: Mapping[str, str]) -> Mapping[str, str]:
        if not any(read_week(hours)):
            raise ValueError('the calendar is never open; write for example hours: {mon-fri: "09:00-18:00"}')
        return hours

    @field_validator("holidays")
    @classmethod
    def _known_region(cls, region: str | None) -> str | None:
        if region is not None:
            public_holidays(region, 2026)
        return region

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @cached_property
    def week(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """Monday to Sunday: pairs of opening and closing time, in minutes since midnight."""
        return read_week(self.hours)

    @cached_property
    def company_holidays(self) -> frozenset[date]:
        return frozenset(self.closed)

    def is_holiday(self, day: date) -> bool:
        if day in self.company_holidays:
            return True
        return self.holidays is not None and day in public_holidays(self.holidays, day.year)

    def spans(self, day: date) -> tuple[Span, ...]:
        """The business hours of a local day as intervals of instants, in order; empty when closed."""
        hours = self.week[day.weekday()]
        if not hours or self.is_holiday(day):
            return ()
        intervals = ((self.instant(day, _minutes(opens)), self.instant(day, _minutes(ends))) for opens, ends in hours)
        return tuple((opens, ends) for opens, ends in intervals if opens < ends)

    def instant(self, day: date, after_midnight: timedelta) -> datetime:
        """The first instant (UTC) at which the local clock shows this time or a later one."""
        wall = datetime.combine(day, time()) + after_midnight
        instant = wall.replace(tzinfo=self.zone).astimezone(UTC)
        if instant.astimezone(self.zone).replace(tzinfo=None) == wall:
            return instant
        skipped_to = wall.replace(tzinfo=self.zone, fold=1).astimezone(UTC)
        return _change_between(skipped_to, instant, self.zone)


def _minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def _change_between(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Finds the second at which the zone's offset changes, by bisection between two instants around it."""
    old = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def read_week(hours: Mapping[str, str]) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Parses the hours per weekday, Monday first. Raises ValueError with the wrong day and what to write."""
    week: dict[int, tuple[tuple[int, int], ...]] = {}
    for days_text, text in hours.items():
        intervals = _read_hours(str(days_text), str(text))
        for day in _read_days(str(days_text)):
            if day in week:
                raise ValueError(f"`{DAYS[day]}` is named twice in hours; name every day once")
            week[day] = intervals
    return tuple(week.get(day, ()) for day in range(7))


def _read_days(days_text: str) -> list[int]:
    days: list[int] = []
    for part in days_text.lower().replace(" ", "").split(","):
        first, dash, last = part.partition("-")
        for word in (first, last) if dash else (first,):
            if word not in DAYS:
                advice = did_you_mean(word, DAYS, "write days such as mon, mon-fri or mon,wed")
                raise ValueError(f"`{days_text}` does not name days of the week; {advice}")
        start, end = DAYS.index(first), DAYS.index(last if dash else first)
        days += [day % 7 for day in range(start, end + 1 if end >= start else end + 8)]
    return days


def _read_hours(days_text: str, text: str) -> tuple[tuple[int, int], ...]:
    intervals = [_read_interval(days_text, part) for part in text.replace(",", " ").replace("–", "-").split()]
    if not intervals:
        raise ValueError(f"`{days_text}` has no hours; leave the day out to close it")
    for earlier, later in pairwise(intervals):
        if later[0] < earlier[1]:
            raise ValueError(f"the hours of `{days_text}` overlap or go backward in `{text}`; {_HOURS_ADVICE}")
    return tuple(intervals)


def _read_interval(days_text: str, part: str) -> tuple[int, int]:
    opens, dash, ends = part.partition("-")
    start, end = _read_time(opens), _read_time(ends)
    if not dash or start is None or end is None:
        raise ValueError(f"`{part}` of `{days_text}` is not a stretch of the day; {_HOURS_ADVICE}")
    if end <= start:
        raise ValueError(
            f"`{part}` of `{days_text}` goes backward; a night shift is written as `{opens}-24:00` on one day "
            f"and `00:00-{ends}` on the next"
        )
    return start, end


def _read_time(text: str) -> int | None:
    match = _TIME.fullmatch(text)
    minutes = int(match[1]) * 60 + int(match[2]) if match and int(match[2]) < 60 else FULL_DAY + 1
    return minutes if minutes <= FULL_DAY else None


@lru_cache(maxsize=1024)
def public_holidays(region: str, year: int) -> frozenset[date]:
    """Public holidays of a country (`FR`) or region (`DE-BE`, `GB-ENG`), with substitute days.

    Raises ValueError for an unknown region.
    """
    # Imported here because the import takes 0.25 s, which `--help` should not pay.
    import holidays

    country, _, part = region.partition("-")
    try:
        return frozenset(holidays.country_holidays(country, subdiv=part or None, years=year))
    except NotImplementedError as unknown:
        regions = holidays.list_supported_countries(include_aliases=False)
        country = country.upper()
        if country in regions:
            advice = f"write `{country}` or a part of it: {', '.join(regions[country]) or 'it has none'}"
        else:
            advice = country_hint(country)
            if advice == ADVICE:
                advice = did_you_mean(country, regions, "write a country such as FR or a part of one such as DE-BE")
        raise ValueError(f"no holidays are known for `{region}`; {advice}") from unknown
