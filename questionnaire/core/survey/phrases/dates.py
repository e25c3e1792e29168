"""Names of months and days: key -> the sentence in English, or its singular and plural."""

from __future__ import annotations

from collections.abc import Mapping

DATES: Mapping[str, str | tuple[str, str]] = {
    "january": "January",
    "february": "February",
    "march": "March",
    "april": "April",
    "may": "May",
    "june": "June",
    "july": "July",
    "august": "August",
    "september": "September",
    "october": "October",
    "november": "November",
    "december": "December",
    "1": "1 %(month)s %(year)s",
    "value": "%(day)s %(month)s %(year)s",
}
