"""Numbers as people type them: `1,200.5`, `1 200,5`, `1.200,5`, `1'200.5`, `١٢٠٠`, `25 %`.

static/js/number/notation.js does the same in the browser, and tests/browser/test_number_notation.py compares the two.
One separator before three digits has two readings: `1.200` is 1200 to one reader and 1.2 to another.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from babel.numbers import is_currency

from questionnaire.core.base.formats import locale_of

LARGEST = 10**15
_LONGEST_WHOLE, _LONGEST_PART = 15, 30
"""Digits before and after the decimal sign; so many are never meant as a number."""
# The zero of each set of digits in everyday use; its nine others follow it in Unicode.
_ZEROS = "٠۰०০੦૦௦౦೦൦๐໐༠၀០０"
_SAME = {
    " ": "\t\n\v\f\r\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f"
    "\u205f\u3000",
    "-": "−–‐‑－﹣",
    "+": "＋",
    "'": "’‘ʼ`´′＇٬",
    ",": "，،",
    ".": "．",
    "%": "٪％﹪",
}
_TABLE = {ord(sign): plain for plain, signs in _SAME.items() for sign in signs}
_TABLE |= {ord(zero) + digit: str(digit) for zero in _ZEROS for digit in range(10)}
# Control and format characters; those that are blanks have become spaces before.
_INVISIBLE = ("Cc", "Cf")
_ARABIC_POINT = "٫"
_POINTS = ("", ".", ",", _ARABIC_POINT)
_THREES = re.compile(r"[1-9][0-9]{0,2}([ '.,])[0-9]{3}(?:\1[0-9]{3})*")
# Lakh and crore: 12,34,567.
_TWOS = re.compile(r"[1-9][0-9]?(?:([ ',])[0-9]{2})(?:\1[0-9]{2})*\1[0-9]{3}")
_CURRENCIES = (("eur", "€"), ("usd", "$"), ("gbp", "£"), ("jpy", "¥"), ("inr", "₹"), ("chf", "fr."))


@dataclass(frozen=True, slots=True)
class NumberNotation:
    """The signs of a language: one before decimals, one between thousands ("" for none)."""

    decimal: str
    group: str

    def write(self, number: str) -> str:
        """`-1200.5` as this language groups it, in a form that `readings` takes for nothing else."""
        whole, _, part = number.partition(".")
        part = part.rstrip("0")
        if len(part) == len("000"):
            part += "0"
        sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
        grouped = re.sub(r"\B(?=([0-9]{3})+$)", self.group, digits)
        return sign + grouped + (self.decimal + part if part else "")


@lru_cache(maxsize=64)
def notation_of(language: str) -> NumberNotation:
    """The notation of a BCP 47 tag, by the Unicode locale data; for "" one that every language reads alike."""
    if not language:
        return NumberNotation(".", "")
    symbols = locale_of(language).number_symbols["latn"]
    return NumberNotation(symbols["decimal"], symbols["group"])


@lru_cache(maxsize=256)
def units_typed(unit: str) -> tuple[str, ...]:
    """What people type for a unit, as `readings` sees it: `EUR` or `€`. Units that begin with a digit are left out."""
    own = plain(unit)
    names = next((names for names in _CURRENCIES if own in names), (own,))
    return tuple(name for name in names if name and not re.match(r"[0-9.,'+-]", name))


@lru_cache(maxsize=256)
def is_money(unit: str) -> bool:
    """Whether a unit is a currency alone: its amounts have no three decimals."""
    name = unit.strip()
    return (len(name) == 1 and unicodedata.category(name) == "Sc") or is_currency(name)


def plain(text: str) -> str:
    """The text with one sign for all that mean the same, in lower case, without invisible signs."""
    signs = (sign for sign in text.translate(_TABLE) if unicodedata.category(sign) not in _INVISIBLE)
    return " ".join(part for part in "".join(signs).lower().split(" ") if part)


def readings(text: str, notation: NumberNotation, units: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Each number the text can mean, as `-1200.5`: none, one, or two (first with thousands, then with decimals)."""
    body = plain(text)
    for unit in units:
        if body.endswith(unit) or body.startswith(unit):
            body = body.removesuffix(unit) if body.endswith(unit) else body.removeprefix(unit)
            break
    body = body.strip(" ")
    sign = "-" if body.startswith("-") else ""
    body = body[1:].strip(" ") if body[:1] in ("-", "+") else body
    found = tuple(sign + number for number in _numbers(body) if _is_in_range(number))
    # The sign between this language's thousands is no decimal sign to its readers.
    return found[:1] if len(found) > 1 and notation.group and notation.group in body else found


def _numbers(body: str) -> Iterator[str]:
    for point in _POINTS:
        whole, sign, part = body.rpartition(point) if point else (body, "", "")
        if point and not (sign and body.count(point) == 1 and re.fullmatch(r"[0-9]+", part)):
            continue
        grouped = _THREES.fullmatch(whole) or _TWOS.fullmatch(whole)
        if grouped is not None and grouped[1] != point:
            whole = whole.replace(grouped[1], "")
        if re.fullmatch(r"[0-9]*", whole) and (whole or point):
            yield (whole.lstrip("0") or "0") + (f".{part}" if point else "")


def _is_in_range(number: str) -> bool:
    whole, _, part = number.partition(".")
    return len(whole) <= _LONGEST_WHOLE and len(part) <= _LONGEST_PART
