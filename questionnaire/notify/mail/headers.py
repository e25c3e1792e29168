"""What people typed, made safe for a header and for a mail to that address."""

from __future__ import annotations

import re
import unicodedata

from questionnaire.core.identity.email_address import deliverable_email

LONGEST_HEADER = 200
LONGEST_FIRST_NAME = 40

# C0 and C1, the Unicode line ends, invisible direction marks, and what is not text at all.
# A no-break space is part of French punctuation and stays.
_BLANKS = re.compile(r"[^\S\xa0\u202f]+")
_NOT_FOR_HEADERS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
# What a word of a name may hold beside letters and marks; modifier letters only where names are written with them,
# for others of them look like a dot or a colon.
_IN_NAMES = frozenset("'’ʼʻ-‐‑.,\u200c\u200d々ー")
_LETTERS_AND_MARKS = frozenset(("Lu", "Ll", "Lt", "Lo", "Mn", "Mc"))
_DOT_INSIDE = re.compile(r"\.(?=[^\s\-‐‑.])")


def header_text(words: str) -> str:
    """Words for a header: one line, at most 200 signs, and nothing a reader of mails would decode once more.

    Python's own parser turns an encoded word inside a display name or subject into a real header (safety rule 37).
    """
    line = _BLANKS.sub(" ", _NOT_FOR_HEADERS.sub(" ", words)).strip()
    line = line.replace("=?", "= ?")
    return line if len(line) <= LONGEST_HEADER else line[: LONGEST_HEADER - 1].rstrip() + "…"


def first_name(typed: str) -> str:
    """A prospect's first name as it may stand in a mail to that address: three words, no link, nothing clickable.

    Anybody can type somebody else's address and a message into this field; what is left then is the empty string. A
    word is let through for what it is made of: a list of what makes a link is never complete, for mail programs and
    browsers read dots, slashes and colons of many scripts as those of an address.
    """
    words = [word for word in header_text(typed).rstrip("…").split() if all(_in_a_name(sign) for sign in word)]
    words = [word for word in words if not word.lower().startswith("www.")]
    return _DOT_INSIDE.sub(". ", " ".join(words[:3]))[:LONGEST_FIRST_NAME].strip()


def _in_a_name(sign: str) -> bool:
    return sign in _IN_NAMES or unicodedata.category(sign) in _LETTERS_AND_MARKS


def answer_address(address: str) -> str:
    """The address as it may stand in Reply-To, "" when it cannot: not every mail server and reader takes one beyond
    ASCII, and a rep's mail must not depend on it."""
    found = deliverable_email(address) or ""
    return found if found.isascii() else ""
