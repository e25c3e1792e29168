"""The sort keys of the lead list that are columns of their own: urgency and company.

A list is read by key, and a key is compared as a whole with the key of the last row of the page before. This takes one
value without NULL that grows in the order of the list.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from questionnaire.core.base.texts import fold

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NEVER = 4_000_000_000_000_000
"""Microseconds, the year 2096: deadlines are before, leads without a deadline follow."""
_LAST = "\U0010ffff"
"""Sorts after every company: leads without one."""


def microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment(number: int) -> datetime:
    """Returns the moment of `microseconds`. Raises OverflowError when it is out of range."""
    return _EPOCH + timedelta(microseconds=number)


def urgency(call_by: datetime | None, newest_at: datetime) -> int:
    """The earliest deadline first, then leads without one, the newest first."""
    return microseconds(call_by) if call_by is not None else 2 * _NEVER - microseconds(newest_at)


def company_sort(company: str) -> str:
    return folded(company) or _LAST


def folded(*words: str) -> str:
    """Returns lower case without accents, with single spaces between words."""
    return " ".join(fold(" ".join(words)).split())
