"""Normalisation of job titles: one token per word, without case, accents, plural and feminine endings.

The words of the table are folded in the same way, so a wrongly cut ending is cut on both sides.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from questionnaire.core.base import texts

PART, AND = "|", "&"
"""Tokens between two roles. One role may contain AND ("chief product & technology officer")."""

# Gender forms (Leiter/in, Leiter:in, directeur(trice), chargé·e), and the suffixes of job offers: (m/w/d), (H/F).
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
_ALWAYS_PLURAL = frozenset({"partners"})  # the people managed, never the person's own role


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a title: `folded` for comparison, `written` as in the title."""

    folded: str
    written: str


def tokens(title: str) -> tuple[Token, ...]:
    text = _DOTTED.sub(lambda match: match[0].replace(".", ""), unicodedata.normalize("NFKC", title))
    text = _SEXES.sub(" ", _GENDERS.sub("", text))
    result: list[Token] = []
    for match in _TOKEN.finditer(text):
        written = match[0]
        if match["part"]:
            result.append(Token(PART, ","))
        elif match["and"]:
            result.append(Token(AND, "&"))
        elif match["at"]:
            result.append(Token("at", written))
        else:
            folded = fold(written)
            result.append(Token(AND if folded in _ANDS else folded, written))
    return tuple(result)


def fold(word: str) -> str:
    """`Geschäftsführerinnen` and `Geschaeftsfuehrer` become `geschaftsfuhrer`; `directrices` becomes `directeur`."""
    folded = texts.fold(word).replace("ae", "a").replace("oe", "o").replace("ue", "u")
    if folded in _ALWAYS_PLURAL:
        return folded
    if len(folded) > 2 and folded.endswith("s") and not folded.endswith(_NOT_PLURAL):
        folded = folded[:-1]
    if folded.endswith(_FEMININE_ENDINGS):
        feminine = next(ending for ending in _FEMININE_ENDINGS if folded.endswith(ending))
        return folded.removesuffix(feminine) + _FRENCH_FEMININE[feminine]
    return _GERMAN_FEMININE.sub("", folded)
