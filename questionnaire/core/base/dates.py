"""Days as a sentence writes them."""

from __future__ import annotations

from datetime import date

from questionnaire.core.base.translation import Words, later

MONTHS = (
    later("January"), later("February"), later("March"), later("April"), later("May"), later("June"), later("July"),
    later("August"), later("September"), later("October"), later("November"), later("December"),
)  # fmt: skip


def day_name(day: date, words: Words) -> str:
    """`2 October 2026`"""
    if day.day == 1:
        return words("1 %(month)s %(year)s", month=words(MONTHS[day.month - 1]), year=day.year)
    return words("%(day)s %(month)s %(year)s", day=day.day, month=words(MONTHS[day.month - 1]), year=day.year)
