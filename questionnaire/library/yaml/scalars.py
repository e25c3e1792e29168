"""Values of unquoted YAML words.

YAML 1.2 core types, except two kinds of words that stay text, because authors mean them so: numbers with a leading zero
(postal codes, `010`) or a leading plus (telephone numbers).
"""

from __future__ import annotations

import math
import re

Scalar = str | int | float | bool | None

MAX_NUMBER_CHARS = 30

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)", re.ASCII)
_HEX_OR_OCTAL = re.compile(r"0x[0-9a-fA-F]+|0o[0-7]+", re.ASCII)
_DECIMAL = re.compile(r"-?((0|[1-9][0-9]*)(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?", re.ASCII)
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


class LiteralFloat(float):
    """A decimal number that prints as it was written: `2.50` stays 2.50."""

    def __new__(cls, literal: str) -> LiteralFloat:
        number = super().__new__(cls, literal)
        number.literal = literal
        return number

    literal: str

    def __str__(self) -> str:
        return self.literal


def scalar(text: str) -> Scalar:
    """Returns the value of an unquoted word. Raises ValueError for a number that is not finite or too long."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(_check_length(text))
    if _HEX_OR_OCTAL.fullmatch(text):
        return int(_check_length(text), 0)
    if _DECIMAL.fullmatch(text):
        return _finite(text)
    if _NOT_FINITE.fullmatch(text):
        raise ValueError("is not a number anyone can count with")
    return text


def _check_length(text: str) -> str:
    if len(text) > MAX_NUMBER_CHARS:
        raise ValueError("is too long for a number")
    return text


def _finite(text: str) -> float:
    value = LiteralFloat(_check_length(text))
    if not math.isfinite(value):
        raise ValueError("is too large a number")
    return value
