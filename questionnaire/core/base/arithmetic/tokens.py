"""The tokens of a formula, each with its place in the text, and the text with other names."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from questionnaire.core.base.arithmetic.forms import FUNCTIONS

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*)|(?P<sign>\S))"
)
_SAME = str.maketrans("×·⋅÷−–", "***/--")


@dataclass(frozen=True, slots=True)
class FormulaToken:
    """A number, a name or a sign. `at` counts characters from 1; the last token of a formula is "end"."""

    kind: str
    text: str
    at: int


def tokens(text: str) -> list[FormulaToken]:
    """The tokens from left to right; the last one is the end."""
    plain = text.translate(_SAME)
    matches = (match for match in _TOKEN.finditer(plain) if match.lastgroup)
    found = [
        FormulaToken(str(match.lastgroup), match[str(match.lastgroup)], match.start(str(match.lastgroup)) + 1)
        for match in matches
    ]
    return [*found, FormulaToken("end", "", len(plain) + 1)]


def replace_names(text: str, replacement: Callable[[str], str]) -> str:
    """The formula with other names; everything else stays as it was written. Functions are no names."""
    every = tokens(text)
    for token, after in reversed(list(pairwise(every))):
        if token.kind == "name" and not (token.text in FUNCTIONS and after.text == "("):
            start = token.at - 1
            text = text[:start] + replacement(token.text) + text[start + len(token.text) :]
    return text
