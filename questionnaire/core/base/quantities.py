"""Periods, shares and numbers in authored files: `P6M`, `P90D`, `25%`, `12.5`.

Months are added on the calendar, and the day is clamped to the end of the month (31 August + 6 months is 28
February). Days added to an instant are days of 24 hours.
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
"""A number without rounding. Nearly all are integers, which are faster; only decay produces fractions."""

LONGEST_DAYS = 36_600
_PERIOD = re.compile(r"P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?")


@dataclass(frozen=True, slots=True)
class PeriodOfTime:
    months: int = 0
    days: int = 0

    def after(self, day: date) -> date:
        """The day one period after `day`, clamped to the end of the month."""
        return _add_months(day, self.months) + timedelta(days=self.days)

    def before(self, instant: datetime, zone: ZoneInfo) -> datetime:
        """The instant (UTC) one period before `instant`: months on the zone's calendar, days as 24 hours."""
        return self.past(instant, zone, -1)

    def past(self, instant: datetime, zone: ZoneInfo, times: int = 1) -> datetime:
        """The instant (UTC) `times` periods after `instant`, counted from `instant` so that errors do not add up.

        Days are added in UTC. Within one zone Python adds and compares wall times, which are an hour off across a
        daylight saving change.
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
    """Parses `P1Y`, `P6M`, `P2W`, `P90D` or a combination. Raises for zero and for more than a century."""
    if isinstance(raw, PeriodOfTime):
        return raw
    match = _PERIOD.fullmatch(str(raw))
    years, months, weeks, days = (int(part or 0) for part in match.groups()) if match else (0, 0, 0, 0)
    if not 0 < years * 366 + months * 31 + weeks * 7 + days <= LONGEST_DAYS:
        raise PydanticCustomError(
            "period", "`{raw}` is not a period of time", {"raw": raw, "hint": "write it like `P90D` or `P6M`"}
        )
    return PeriodOfTime(years * 12 + months, weeks * 7 + days)


def read_share(raw: object) -> Fraction:
    """Parses `25%` as an exact fraction from 0 to 1. A number without `%` is refused: 1 could mean 1% or 100%."""
    if isinstance(raw, Fraction):
        return raw
    match = re.fullmatch(r"(\d{1,3})(?:[.](\d{1,4}))?\s?%", str(raw))
    share = Fraction(f"{match[1]}.{match[2] or 0}") / 100 if match else Fraction(2)
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
    """Parses an authored number: an integer or a decimal."""
    amount = number(raw)
    if amount is None:
        hint = "write it in digits, such as `12` or `0.5`"
        raise PydanticCustomError(
            "wrong_value", "a number is expected here, and `{raw}` is none", {"raw": raw, "hint": hint}
        )
    return amount if isinstance(amount, int) else Decimal(str(raw))


AuthoredNumber = Annotated[int | Decimal, PlainValidator(read_amount), WithJsonSchema({"type": "number"})]
"""One annotated type for both: a union would report every error twice."""


def read_exact(raw: object) -> Exact:
    """Parses an authored number exactly: `0.1` is one tenth."""
    amount = read_amount(raw)
    return amount if isinstance(amount, int) else Fraction(amount)


ExactNumber = Annotated[Exact, PlainValidator(read_exact), WithJsonSchema({"type": "number"})]


def half_up(value: Exact) -> int:
    """Rounds half up, for display only. Rounded values are never compared."""
    return value if isinstance(value, int) else (value + Fraction(1, 2)).__floor__()


_NUMBER = re.compile(r"-?[0-9]{1,30}(?:[.][0-9]{1,30})?")


def number(value: Any) -> Exact | None:
    """Returns an exact number, or None when the value is not a number.

    Booleans are not numbers. `1_9`, `1/2` and `1e9` are words, because choices have such names.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | Fraction):
        return value
    text = str(value) if isinstance(value, str | float | Decimal) else ""
    if not _NUMBER.fullmatch(text):
        return None
    return Fraction(text) if "." in text else int(text)
