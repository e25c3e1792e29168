"""A composed message, and the words people sent us made safe for where they stand in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

LONGEST_HEADER = 200
LONGEST_FIRST_NAME = 40

# C0 and C1, the Unicode line ends, invisible direction marks, and what is not text at all.
# A no-break space is part of French punctuation and stays.
_BLANKS = re.compile(r"[^\S\xa0\u202f]+")
_NOT_FOR_HEADERS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
_LINKISH = re.compile(r"[/@\\<>\[\]()]|www\.|:", re.IGNORECASE)
_DOT_INSIDE = re.compile(r"(?<=\w)\.(?=\w)")


@dataclass(frozen=True, slots=True)
class Mail:
    """One message to one address. `text` and `html` say the same; `headers` are further ones, such as References."""

    kind: str
    to: str
    subject: str
    text: str
    html: str
    reply_to: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def header_text(words: str) -> str:
    """Words for a header: one line, at most 200 signs, and nothing a reader of mails would decode once more.

    Python's own parser turns an encoded word inside a display name or subject into a real header (safety rule 37).
    """
    line = _BLANKS.sub(" ", _NOT_FOR_HEADERS.sub(" ", words)).strip()
    line = line.replace("=?", "= ?")
    return line if len(line) <= LONGEST_HEADER else line[: LONGEST_HEADER - 1].rstrip() + "…"


def first_name(typed: str) -> str:
    """A prospect's first name as it may stand in a mail to that address: three words, no link, nothing clickable.

    Anybody can type somebody else's address and a message into this field; what is left then is the empty string.
    """
    words = [word for word in header_text(typed).split() if not _LINKISH.search(word)]
    return _DOT_INSIDE.sub(". ", " ".join(words[:3]))[:LONGEST_FIRST_NAME].strip()
