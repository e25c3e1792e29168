"""Periods and shares as authors write them: `P6M`, `P90D`, `25%`.

A period of months is counted on the calendar, with the end of the month clamped (31 August + 6 months is
28 February); a period of days is counted in whole days of 24 hours when it runs on instants.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

Exact: TypeAlias = int | Fraction
"""A number without rounding. Nearly all are whole; only decay makes fractions, and whole ones are quicker."""

LONGEST_DAYS = 36_600
_PERIOD = re.compile(r"P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?")


@dataclass(frozen=True, slots=True)
class PeriodOfTime:
    months: int = 0
    days: int = 0

    def after(self, day: date) -> date:
        """The day this long after `day`, its day of the month clamped to the month's end."""
        return _add_months(day, self.months) + timedelta(days=self.days)

    def before(self, instant: datetime, zone: ZoneInfo) -> datetime:
        """The instant (UTC) this long before `instant`: months on the zone's calendar, days as 24 hours."""
        return self.past(instant, zone, -1)

    def past(self, instant: datetime, zone: ZoneInfo, times: int = 1) -> datetime:
        """The instant (UTC) `times` periods after `instant`, counted from `instant` itself so that ends never drift.

        Days are added in UTC: within one zone Python adds and compares wall times, which are an hour off across a
        change of the clocks.
        """
        if self.months:
            local = instant.astimezone(zone)
            instant = datetime.combine(_add_months(local.date(), self.months * times), local.timetz())
        return instant.astimezone(UTC) + timedelta(days=self.days * times)

    def __str__(self) -> str:
        return "P" + (f"{self.months}M" if self.months else "") + (f"{self.days}D" if self.days else "")


def _add_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))


def read_period(raw: object) -> PeriodOfTime:
    """`P1Y`, `P6M`, `P2W`, `P90D` or a mixture; a mistake otherwise, for nothing, and for more than a century."""
    if isinstance(raw, PeriodOfTime):
        return raw
    found = _PERIOD.fullmatch(str(raw))
    years, months, weeks, days = (int(part or 0) for part in found.groups()) if found else (0, 0, 0, 0)
    if not 0 < years * 366 + months * 31 + weeks * 7 + days <= LONGEST_DAYS:
        raise PydanticCustomError(
            "period", "`{raw}` is not a period of time", {"raw": raw, "hint": "write it like `P90D` or `P6M`"}
        )
    return PeriodOfTime(years * 12 + months, weeks * 7 + days)


def read_share(raw: object) -> Fraction:
    """`25%` as an exact fraction between 0 and 1; a bare number is refused, for 1 could be 1 % or all of it."""
    if isinstance(raw, Fraction):
        return raw
    found = re.fullmatch(r"(\d{1,3})(?:[.](\d{1,4}))?\s?%", str(raw))
    share = Fraction(f"{found[1]}.{found[2] or 0}") / 100 if found else Fraction(2)
    if share > 1:
        raise PydanticCustomError(
            "share", "`{raw}` is not a percentage", {"raw": raw, "hint": "write it like `60%`, from `0%` to `100%`"}
        )
    return share


def _percent(share: Fraction) -> str:
    return f"{float(share * 100):g}%"


Period = Annotated[
    PeriodOfTime,
    BeforeValidator(read_period),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "pattern": r"^P(\d+Y)?(\d+M)?(\d+W)?(\d+D)?$"}),
]
Share = Annotated[
    Fraction,
    BeforeValidator(read_share),
    PlainSerializer(_percent),
    WithJsonSchema({"type": "string", "pattern": r"^\d{1,3}([.]\d+)?\s?%$"}),
]


def read_amount(raw: object) -> int | Decimal:
    """A number as an author writes it, whole or with decimals."""
    known = number(raw)
    if known is None:
        hint = "write it in digits, such as `12` or `0.5`"
        raise PydanticCustomError(
            "wrong_value", "a number is expected here, and `{raw}` is none", {"raw": raw, "hint": hint}
        )
    return known if isinstance(known, int) else Decimal(str(raw))


AuthoredNumber = Annotated[int | Decimal, PlainValidator(read_amount), WithJsonSchema({"type": "number"})]
"""One type for both kinds: a union would tell every mistake twice."""


def half_up(value: Exact) -> int:
    """The whole number a person is shown; nothing is ever compared after this."""
    return value if isinstance(value, int) else (value + Fraction(1, 2)).__floor__()


_NUMBER = re.compile(r"-?[0-9]{1,30}(?:[.][0-9]{1,30})?")


def number(value: Any) -> Exact | None:
    """An exact number, or None for whatever is not one.

    Booleans are not numbers, and `1_9`, `1/2` or `1e9` are words: choices are called that.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | Fraction):
        return value
    text = str(value) if isinstance(value, str | float | Decimal) else ""
    if not _NUMBER.fullmatch(text):
        return None
    return Fraction(text) if "." in text else int(text)
