"""The text gate: every string a person sends passes here once, before anything else reads it.

Control characters go, and so does what nobody sees: zero-width and bidirectional characters, tags, soft hyphens,
private and unassigned code points. What a script or an emoji is spelled with stays, but only there. The rest is
normalised (NFC) and capped. A lone surrogate, or a pile of combining marks made to draw over the page, is refused.
Source: safety rule 4.
"""

from __future__ import annotations

import re
import unicodedata

# C0 and C1 except tab and line feed; the Unicode line separators become line feeds below.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
MOST_MARKS = 6

_NON_JOINER, _JOINER = "\u200c", "\u200d"
# Letters, marks and symbols that show nothing: combining grapheme joiner, Hangul and Khmer fillers, blank Braille.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_GONE = frozenset({"Cc", "Cf", "Cs", "Co"})
# Scripts, as the names of their characters begin, in which joiners make another word.
_JOINED = frozenset(
    "ARABIC SYRIAC MONGOLIAN NKO MANDAIC DEVANAGARI BENGALI GURMUKHI GUJARATI ORIYA TAMIL TELUGU KANNADA MALAYALAM "
    "SINHALA KHMER MYANMAR TIBETAN BALINESE JAVANESE".split()
)
_SKIN = range(0x1F3FB, 0x1F400)
_TO_EMOJI = "\ufe0f"


def clean_text(typed: str, longest: int, lines: bool = False) -> str | None:
    """The text as it is kept, or None when it cannot be (a surrogate, too many marks on a letter, too long).

    `longest` counts characters after cleaning. Without `lines`, a line break becomes a space.
    """
    if len(typed) > 4 * longest + 1000 or any("\ud800" <= char <= "\udfff" for char in typed):
        return None
    text = _CONTROLS.sub("", _ENDS.sub("\n", typed))
    if not text.isascii():
        text = visible(text)
    text = text.strip()
    if not lines:
        text = " ".join(text.split())
    return text if len(text) <= longest and not _piled(text) else None


def visible(text: str) -> str:
    """The text without what nobody sees, normalised (NFC). Tab and line feed stay."""
    text = unicodedata.normalize("NFC", text)
    # What a joiner or a selector stood beside may go itself: another look or two settles it.
    while (once := unicodedata.normalize("NFC", _without_invisible(text))) != text:
        text = once
    return text


def _without_invisible(text: str) -> str:
    kept: list[str] = []
    for place, char in enumerate(text):
        before, after = kept[-1] if kept else "", text[place + 1 : place + 2]
        if _stays(char, before, after):
            kept.append(char)
    return "".join(kept)


def _stays(char: str, before: str, after: str) -> bool:
    """Whether `char` has any business between these two."""
    if char in (_NON_JOINER, _JOINER):
        between_words = _script(before) in _JOINED and _script(after) in _JOINED
        return between_words or (char == _JOINER and _is_emoji(before) and _is_emoji(after) and after != _TO_EMOJI)
    if char in _BLANK:
        return False
    number = ord(char)
    if 0xFE00 <= number <= 0xFE0F or 0xE0100 <= number <= 0xE01EF:
        return _varies(number, before, after)
    if 0x180B <= number <= 0x180F:
        return number != 0x180E and _script(before) == "MONGOLIAN"
    kind = unicodedata.category(char)
    return char in "\t\n" or (_may_come(number) if kind == "Cn" else kind not in _GONE)


def _script(char: str) -> str:
    """The first word of the character's name, "" for none."""
    return unicodedata.name(char, "").split(" ")[0] if char else ""


def _is_emoji(char: str) -> bool:
    if not char:
        return False
    return char == _TO_EMOJI or ord(char) in _SKIN or unicodedata.category(char) in ("So", "Cn")


def _varies(number: int, before: str, after: str) -> bool:
    """Variation selectors: of a sign or a key (as emoji or not), and of ideographs, where names differ by them."""
    if number in (0xFE0E, 0xFE0F):
        signs = bool(before) and (unicodedata.category(before) in ("So", "Sm") or before in "\u203c\u2049\u3030\u303d")
        return signs or (bool(before) and before in "0123456789#*" and after == "\u20e3")
    return _script(before) == "CJK"


def _may_come(number: int) -> bool:
    """Unassigned in this Python's Unicode, but where the next emoji and ideographs will be."""
    return (0x1F000 <= number <= 0x1FAFF or 0x20000 <= number <= 0x3FFFD) and number & 0xFFFE != 0xFFFE


def _piled(text: str) -> bool:
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks > MOST_MARKS:
            return True
    return False
