"""Moments and words in the notation of a case."""

from __future__ import annotations

import datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from questionnaire.core.base.authored import mistake

_YEARS = range(1900, 2201)


def read_instant(raw: Any) -> Any:
    """Parses an ISO date and time. Without offset it is in the policy's zone."""
    if isinstance(raw, datetime.datetime):
        return raw
    try:
        instant = datetime.datetime.fromisoformat(str(raw).strip())
    except ValueError:
        instant = None
    if instant is None or instant.year not in _YEARS:
        shown = str(raw)[:40]
        hint = "write it like `2026-10-02T17:30:00+02:00`"
        raise mistake("instant", "`{shown}` is not a date and time", hint, shown=shown)
    return instant


def _word(raw: Any) -> Any:
    return str(raw) if isinstance(raw, int | float) and not isinstance(raw, bool) else raw


Instant = Annotated[
    datetime.datetime, BeforeValidator(read_instant), WithJsonSchema({"type": "string", "format": "date-time"})
]
Word = Annotated[str, BeforeValidator(_word), WithJsonSchema({"type": ["string", "number"]})]
