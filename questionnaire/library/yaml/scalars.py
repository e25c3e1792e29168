"""Which plain words of YAML are something other than text.

YAML 1.2 core types, with two kinds of words left as text because authors mean them so: numbers with a leading zero
(postal codes, `010`) or a leading plus (telephone numbers).
"""

from __future__ import annotations

import math
import re

Scalar = str | int | float | bool | None

LONGEST_NUMBER = 30

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_WHOLE = re.compile(r"-?(0|[1-9][0-9]*)", re.ASCII)
_HEX_OR_OCTAL = re.compile(r"0x[0-9a-fA-F]+|0o[0-7]+", re.ASCII)
_POINT = re.compile(r"-?((0|[1-9][0-9]*)(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?", re.ASCII)
_NEVER = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


class Point(float):
    """A number with a point that is said as it was typed: a text `2.50` stays 2.50."""

    def __new__(cls, typed: str) -> Point:
        number = super().__new__(cls, typed)
        number.typed = typed
        return number

    typed: str

    def __str__(self) -> str:
        return self.typed


def scalar(text: str) -> Scalar:
    """What an unquoted word stands for; ValueError when it is a number nobody can count with."""
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(_short(text))
    if _HEX_OR_OCTAL.fullmatch(text):
        return int(_short(text), 0)
    if _POINT.fullmatch(text):
        return _finite(text)
    if _NEVER.fullmatch(text):
        raise ValueError("is not a number anyone can count with")
    return text


def _short(text: str) -> str:
    if len(text) > LONGEST_NUMBER:
        raise ValueError("is too long for a number")
    return text


def _finite(text: str) -> float:
    value = Point(_short(text))
    if not math.isfinite(value):
        raise ValueError("is too large a number")
    return value
