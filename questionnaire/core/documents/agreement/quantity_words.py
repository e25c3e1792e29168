"""Periods, terms, shares and bands in words: `P90D` is “90 days”, `4bh` “4 business hours”, `25%` stays 25%."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from babel import Locale

from questionnaire.core.base.durations import SlaTime
from questionnaire.core.base.formats import number_text
from questionnaire.core.base.quantities import PeriodOfTime
from questionnaire.core.base.translation import Translator


def period_text(period: PeriodOfTime, words: Translator) -> str:
    months = words.ngettext("%(n)s month", "%(n)s months", period.months)
    days = words.ngettext("%(n)s day", "%(n)s days", period.days)
    if period.months and period.days:
        return words("%(a)s and %(b)s", a=months, b=days)
    return months if period.months else days


def term_text(term: SlaTime, words: Translator) -> str:
    """The length of an SLA term."""
    if term.unit == "bd":
        return words.ngettext("%(n)s business day", "%(n)s business days", term.amount)
    hours, minutes = divmod(term.amount, 60)
    if minutes:
        if term.unit == "bm":
            return words.ngettext("%(n)s business minute", "%(n)s business minutes", term.amount)
        return words.ngettext("%(n)s minute", "%(n)s minutes", term.amount)
    if term.unit == "bm":
        return words.ngettext("%(n)s business hour", "%(n)s business hours", hours)
    return words.ngettext("%(n)s hour", "%(n)s hours", hours)


def share_text(share: Fraction, words: Translator, locale: Locale) -> str:
    return words("%(n)s%%", n=number_text(share * 100, locale, 1))


def range_text(least: str, most: str) -> str:
    return f"{least}–{most}"


def band_text(band: Any, words: Translator, locale: Locale) -> str:
    """The numbers of a level: “50–500”, “1,001 or more”."""
    least, most = (None if end is None else number_text(end, locale, 2) for end in band)
    if least is not None and most is not None:
        return range_text(least, most)
    if least is not None:
        return words("%(n)s or more", n=least)
    return words("up to %(n)s", n=most) if most is not None else words("any number")
