"""Dates in words, for sentences and documents."""

from __future__ import annotations

from datetime import date

from questionnaire.core.base.translation import Translator, gettext_noop

MONTHS = (
    gettext_noop("January"),
    gettext_noop("February"),
    gettext_noop("March"),
    gettext_noop("April"),
    gettext_noop("May"),
    gettext_noop("June"),
    gettext_noop("July"),
    gettext_noop("August"),
    gettext_noop("September"),
    gettext_noop("October"),
    gettext_noop("November"),
    gettext_noop("December"),
)


def day_name(day: date, words: Translator) -> str:
    """The date in words, such as `2 October 2026`. The first of a month has its own pattern (French `1er`)."""
    if day.day == 1:
        return words("1 %(month)s %(year)s", month=words(MONTHS[day.month - 1]), year=day.year)
    return words("%(day)s %(month)s %(year)s", day=day.day, month=words(MONTHS[day.month - 1]), year=day.year)
