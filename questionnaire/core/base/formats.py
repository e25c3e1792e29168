"""Numbers, days and countries as a language writes them: the Unicode locale data (CLDR) that Babel brings."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal

_REGIONS = {"en": "en-GB", "fr": "fr-FR"}
"""English days come before months; a survey that says more (`en-US`) gets it."""


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """The locale of a BCP 47 tag; English for a language without locale data."""
    primary = language.partition("-")[0].lower()
    for tag in (_REGIONS.get(language, language), _REGIONS.get(primary, primary)):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en-GB", sep="-")


def number_text(value: int | float | Decimal | Fraction, locale: Locale, digits: int, *, grouped: bool = True) -> str:
    """`1,200.5` in English, `1 200,5` in French; at most `digits` decimals."""
    pattern = ("#,##0" if grouped else "0") + ("." + "#" * digits if digits else "")
    exact = float(value) if isinstance(value, Fraction) else value
    return format_decimal(exact, format=pattern, locale=locale)


def signed(value: int | float) -> str:
    """A number with a real minus sign: `−20`."""
    return str(value).replace("-", "\N{MINUS SIGN}")


def day_text(day: date, locale: Locale, form: str = "long") -> str:
    """`2 October 2026`, `1er octobre 2026`."""
    return first_of_month(format_date(day, format=form, locale=locale), locale)


def first_of_month(written: str, locale: Locale) -> str:
    """A date whose `1` is `1er` in French, which the locale data leaves out."""
    return re.sub(r"\b1 (?=[^\W\d])", "1er ", written) if locale.language == "fr" else written


def language_name(tag: str, locale: Locale) -> str:
    """`de` -> `German`; an unknown tag stays as it is."""
    return str(locale.languages.get(tag.partition("-")[0].lower(), tag))


def country_name(code: str, locale: Locale) -> str:
    """`DE` -> `Germany`; an unknown code stays as it is."""
    return str(locale.territories.get(code.upper(), code))
