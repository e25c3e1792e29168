"""Password strength: refuses passwords that are easy to guess.

zxcvbn estimates how many guesses find a password, from frequency lists of passwords, names and words, and from what an
attacker knows about this person (docs/decisions/0013). There are no composition rules: a few words are fine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from questionnaire.core.base.problems import Problem

SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 200
# Under the sign-in limits (480 attempts a day per account) this takes about 500 years.
LEAST_GUESSES = 10**8
PRODUCT = ("questionnaire", "diagnostic", "password", "admin")
# The limit of zxcvbn: its run time grows with the square of the length.
_MOST_CHARACTERS = 72
_HINT = "use a few words that belong to nobody else"


def weaknesses(password: str, about: Sequence[str]) -> Iterator[Problem]:
    """The problem of a password, if any. `about`: known facts about the person (email address, name, company)."""
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
    """Each text and its words, letters only, three letters or more."""
    for text in texts:
        folded = text.casefold()
        for word in dict.fromkeys(
            (_plain(folded), _plain(folded.partition("@")[0]), *re.findall(r"[^\W\d_]{3,}", folded))
        ):
            if len(word) > 2:
                yield word


def _plain(text: str) -> str:
    """The letters of a text: digits and signs are what people append."""
    return "".join(sign for sign in text.casefold() if sign.isalpha())


def _is_about(password: str, known: Sequence[str]) -> bool:
    """Whether fewer than four letters remain of the password after removing the known words."""
    rest = _plain(password)
    for word in sorted(known, key=len, reverse=True):
        rest = rest.replace(word, "")
    return len(rest) < 4


def _guesses(password: str, known: Sequence[str]) -> float:
    # Imported late: it loads hundreds of kilobytes of word lists, and only two commands set a password.
    from zxcvbn import zxcvbn

    return float(zxcvbn(password[:_MOST_CHARACTERS], user_inputs=list(known), max_length=_MOST_CHARACTERS)["guesses"])
