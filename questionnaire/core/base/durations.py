"""SLA durations in a policy: `1h`, `30m`, `4bh`, `90bm`, `2bd`, `PT1H30M`.

`h` and `m` are wall time, `bh` and `bm` business time, `bd` business days. `core/handoff/sla.py` applies them to a
calendar. Longer than a year is refused as a typing mistake.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from pydantic_core import core_schema

Unit = Literal["m", "bm", "bd"]

_SHORT = re.compile(r"(\d{1,5}(?:\.\d{1,3})?) ?(bh|bm|bd|h|m)", re.ASCII)
_ISO = re.compile(r"pt(?:(\d{1,4})h)?(?:(\d{1,5})m)?", re.ASCII)
_LONGEST = {"m": 366 * 24 * 60, "bm": 366 * 24 * 60, "bd": 366}
_ADVICE = "write for example 30m, 1h, 4bh (business hours) or 2bd (business days)"
_PATTERN = r"^(\d+(\.\d+)?(h|m|bh|bm|bd)|PT(\d+H)?(\d+M)?)$"


@dataclass(frozen=True, slots=True)
class SlaTime:
    """The length of an SLA term: `amount` in minutes (m), business minutes (bm) or business days (bd)."""

    amount: int
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> SlaTime:
        """Parses `4bh` and the like. Raises ValueError with what is wrong and what to write instead."""
        text = str(text).strip()
        if iso := _ISO.fullmatch(text.lower()):
            if iso[1] or iso[2]:
                return cls._within_a_year(int(iso[1] or 0) * 60 + int(iso[2] or 0), "m", text)
            raise ValueError(f"`{text[:40]}` names no time; {_ADVICE}")
        short = _SHORT.fullmatch(text.lower())
        if short is None:
            raise ValueError(f"`{text[:40]}` is not a duration; {_ADVICE}")
        number, unit = Fraction(short[1]), short[2]
        if unit == "bd":
            return cls._integral(number, "bd", text)
        kind: Unit = "bm" if unit.startswith("b") else "m"
        return cls._integral(number * 60 if unit.endswith("h") else number, kind, text)

    @classmethod
    def _integral(cls, number: Fraction, unit: Unit, text: str) -> SlaTime:
        if number.denominator != 1:
            smallest = "whole business days; write hours instead, such as 4bh" if unit == "bd" else "whole minutes"
            raise ValueError(f"`{text}` cannot be kept: a clock counts in {smallest}")
        return cls._within_a_year(int(number), unit, text)

    @classmethod
    def _within_a_year(cls, amount: int, unit: Unit, text: str) -> SlaTime:
        if amount > _LONGEST[unit]:
            raise ValueError(f"`{text}` is longer than a year; {_ADVICE}")
        return cls(amount, unit)

    def __str__(self) -> str:
        if self.unit == "bd":
            return f"{self.amount}bd"
        business = "b" if self.unit == "bm" else ""
        hours, minutes = divmod(self.amount, 60)
        return f"{hours}{business}h" if hours and not minutes else f"{self.amount}{business}m"

    @classmethod
    def _read(cls, value: object) -> SlaTime:
        if isinstance(value, SlaTime):
            return value
        if isinstance(value, str):
            return cls.parse(value)
        raise ValueError(f"`{value}` has no unit; {_ADVICE}")

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._read, serialization=core_schema.plain_serializer_function_ser_schema(str, when_used="always")
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: Any, _handler: Any) -> dict[str, Any]:
        return {"type": "string", "pattern": _PATTERN, "description": "A duration such as 30m, 1h, 4bh, 90bm or 2bd."}
