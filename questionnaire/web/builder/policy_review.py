"""The banner of a review that is due: how many days are left, or have passed."""

from __future__ import annotations

from datetime import date

SHOWN_FOR_DAYS = 14
"""How long before the day the banner appears."""


def review_due(day: date | None, today: date) -> int | None:
    """The days until the review, less than 0 when it is overdue; None while no banner is shown."""
    left = (day - today).days if day is not None else None
    return left if left is not None and left <= SHOWN_FOR_DAYS else None
