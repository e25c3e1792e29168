"""The text gate: every string a person sends passes here once, before anything else reads it.

Control characters go, the rest is normalised (NFC) and capped. A lone surrogate, or a pile of combining marks
made to draw over the page, is refused. Source: safety rule 4.
"""

from __future__ import annotations

import re
import unicodedata

# C0 and C1 except tab and line feed; the Unicode line separators become line feeds below.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufff9-\ufffb]")
_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
MOST_MARKS = 6


def clean(typed: str, longest: int, lines: bool = False) -> str | None:
    """The text as it is kept, or None when it cannot be (a surrogate, too many marks on a letter, too long).

    `longest` counts characters after cleaning. Without `lines`, a line break becomes a space.
    """
    if len(typed) > 4 * longest + 1000 or any("\ud800" <= char <= "\udfff" for char in typed):
        return None
    text = unicodedata.normalize("NFC", _CONTROLS.sub("", _ENDS.sub("\n", typed))).strip()
    if not lines:
        text = " ".join(text.split())
    return text if len(text) <= longest and not _piled(text) else None


def _piled(text: str) -> bool:
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks > MOST_MARKS:
            return True
    return False
