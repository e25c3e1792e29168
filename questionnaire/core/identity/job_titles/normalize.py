"""Titles made comparable: one token per word, without case, accents, plural and feminine endings.

The same folding goes over the words of the table, so an ending that is cut wrongly is cut wrongly on both sides.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from questionnaire.core.base import texts

PART, AND = "|", "&"
"""What stands between two roles. A name of one role may run across AND ("chief product & technology officer")."""

# One word for two genders: Leiter/in, Leiter:in, directeur(trice), chargé·e; and what a job offer adds: (m/w/d), (H/F).
_GENDERS = re.compile(
    r"\((?:in|innen|e|es|ne|trice|rice|euse)\)|(?<=\w)[/:*_·.•](?:innen|in|es|e|ne|trice|rice|euse)\b", re.IGNORECASE
)
_SEXES = re.compile(r"\(?\b[hfmwdxv](?:\s?[/|]\s?[hfmwdxv]\b)+\)?", re.IGNORECASE)
_DOTTED = re.compile(r"\b[a-z](?:\.[a-z])+\b\.?", re.IGNORECASE)
_TOKEN = re.compile(r"(?P<part>[,;:|•·()\[\]\n\r–—]|\s-\s)|(?P<and>[&/+])|(?P<at>@)|(?P<word>[^\W_]+)")
_ANDS = frozenset({"and", "und", "et", "sowie"})

_GERMAN_FEMININE = re.compile(r"(?<=er|or|nt|at|ur|st|ar)in(?:nen)?$")
_FRENCH_FEMININE = {
    "trice": "teur", "euse": "eur", "ante": "ant", "ente": "ent", "inte": "int", "ere": "er", "effe": "ef",
    "ale": "al", "ee": "e",
}  # fmt: skip
_FEMININE_ENDINGS = tuple(_FRENCH_FEMININE)
_NOT_PLURAL = ("ss", "us", "is")
_ALWAYS_PLURAL = frozenset({"partners"})  # whom somebody looks after, never what somebody is


@dataclass(frozen=True, slots=True)
class Token:
    folded: str
    written: str


def tokens(title: str) -> tuple[Token, ...]:
    text = _DOTTED.sub(lambda match: match[0].replace(".", ""), unicodedata.normalize("NFKC", title))
    text = _SEXES.sub(" ", _GENDERS.sub("", text))
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        written = match[0]
        if match["part"]:
            found.append(Token(PART, ","))
        elif match["and"]:
            found.append(Token(AND, "&"))
        elif match["at"]:
            found.append(Token("at", written))
        else:
            folded = fold(written)
            found.append(Token(AND if folded in _ANDS else folded, written))
    return tuple(found)


def fold(word: str) -> str:
    """`Geschäftsführerinnen` and `Geschaeftsfuehrer` -> `geschaftsfuhrer`; `directrices` -> `directeur`."""
    plain = texts.fold(word).replace("ae", "a").replace("oe", "o").replace("ue", "u")
    if plain in _ALWAYS_PLURAL:
        return plain
    if len(plain) > 2 and plain.endswith("s") and not plain.endswith(_NOT_PLURAL):
        plain = plain[:-1]
    if plain.endswith(_FEMININE_ENDINGS):
        feminine = next(ending for ending in _FEMININE_ENDINGS if plain.endswith(ending))
        return plain.removesuffix(feminine) + _FRENCH_FEMININE[feminine]
    return _GERMAN_FEMININE.sub("", plain)
