"""Which passwords are refused: those that are guessed first.

zxcvbn estimates how many guesses a password stands, from frequency lists of passwords, names and words, and from what
an attacker knows of this person (docs/decisions/0013). No rules of composition: a few words are fine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from questionnaire.core.base.problems import Problem

SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 200
# With the limits of sign-in (480 tries a day for one account) this is half a thousand years.
LEAST_GUESSES = 10**8
PRODUCT = ("questionnaire", "diagnostic", "password", "admin")
# zxcvbn's own limit: its time grows with the square of the length.
_LOOKED_AT = 72
_HINT = "use a few words that belong to nobody else"


def weaknesses(password: str, about: Sequence[str]) -> Iterator[Problem]:
    """What is wrong with the password of somebody; `about` is what is known of them: address, name, company."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        hint = f"use {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters; a few words are fine"
        yield Problem("staff_password", ("password",), "the password is too short or too long", hint)
        return
    known = tuple(_words_of((*about, *PRODUCT)))
    if _is_about(password, known):
        yield Problem("staff_password", ("password",), "this password is a name or an address of yours, or ours", _HINT)
    elif _guesses(password, known) < LEAST_GUESSES:
        yield Problem("staff_password", ("password",), "this password is among the first that are guessed", _HINT)


def _words_of(texts: Iterable[str]) -> Iterator[str]:
    """Each text, and the words in it of three letters and more, without signs."""
    for text in texts:
        folded = text.casefold()
        for word in dict.fromkeys(
            (_plain(folded), _plain(folded.partition("@")[0]), *re.findall(r"[^\W\d_]{3,}", folded))
        ):
            if len(word) > 2:
                yield word


def _plain(text: str) -> str:
    """Letters alone: digits and signs are what people append."""
    return "".join(sign for sign in text.casefold() if sign.isalpha())


def _is_about(password: str, known: Sequence[str]) -> bool:
    """Whether nothing is left of the password once what is known of the person is taken out."""
    left = _plain(password)
    for word in sorted(known, key=len, reverse=True):
        left = left.replace(word, "")
    return len(left) < 4


def _guesses(password: str, known: Sequence[str]) -> float:
    # A few hundred kilobytes of word lists, for the two commands that set a password.
    from zxcvbn import zxcvbn

    return float(zxcvbn(password[:_LOOKED_AT], user_inputs=list(known), max_length=_LOOKED_AT)["guesses"])
