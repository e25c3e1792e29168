"""Cleaning of user input: every string that a person sends is cleaned here once, before other code reads it.

Control characters are removed, and so are invisible characters: zero-width and bidirectional characters, tags, soft
hyphens, private and unassigned code points. Joiners and variation selectors stay where a script or an emoji needs
them, and nowhere else. The text is normalised (NFC) and its length is limited. A lone surrogate is refused, and so is
a stack of combining marks that would draw over the page. Source: safety rule 4.
"""

from __future__ import annotations

import re
import unicodedata

# C0 and C1 except tab and line feed; the Unicode line separators become line feeds below.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
MAX_MARKS = 6

_NON_JOINER, _JOINER = "\u200c", "\u200d"
# Letters, marks and symbols that are drawn blank: combining grapheme joiner, Hangul and Khmer fillers, blank Braille.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_REMOVED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co"})
# Scripts in which joiners change the word, given as the first word of their characters' Unicode names.
_JOINER_SCRIPTS = frozenset(
    "ARABIC SYRIAC MONGOLIAN NKO MANDAIC DEVANAGARI BENGALI GURMUKHI GUJARATI ORIYA TAMIL TELUGU KANNADA MALAYALAM "
    "SINHALA KHMER MYANMAR TIBETAN BALINESE JAVANESE".split()
)
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_EMOJI_SELECTOR = "\ufe0f"


def clean_text(raw: str, longest: int, lines: bool = False) -> str | None:
    """Returns the text to store, or None when it is refused (a surrogate, too many marks on a letter, too long).

    `longest` counts characters after cleaning. Without `lines`, a line break becomes a space.
    """
    if len(raw) > 4 * longest + 1000 or any("\ud800" <= char <= "\udfff" for char in raw):
        return None
    text = _CONTROLS.sub("", _LINE_ENDS.sub("\n", raw))
    if not text.isascii():
        text = visible(text)
    text = text.strip()
    if not lines:
        text = " ".join(text.split())
    return text if len(text) <= longest and not _has_stacked_marks(text) else None


def visible(text: str) -> str:
    """Returns the text without invisible characters, normalised (NFC). Tab and line feed stay."""
    text = unicodedata.normalize("NFC", text)
    # The neighbour that justified a joiner or a selector may be removed itself: repeat until nothing changes.
    while (shorter := unicodedata.normalize("NFC", _without_invisible(text))) != text:
        text = shorter
    return text


def _without_invisible(text: str) -> str:
    output: list[str] = []
    for index, char in enumerate(text):
        before, after = output[-1] if output else "", text[index + 1 : index + 2]
        if _is_allowed(char, before, after):
            output.append(char)
    return "".join(output)


def _is_allowed(char: str, before: str, after: str) -> bool:
    """Whether `char` may stay between these two neighbours."""
    if char in (_NON_JOINER, _JOINER):
        between_words = _script(before) in _JOINER_SCRIPTS and _script(after) in _JOINER_SCRIPTS
        return between_words or (
            char == _JOINER and _is_emoji(before) and _is_emoji(after) and after != _EMOJI_SELECTOR
        )
    if char in _BLANK:
        return False
    number = ord(char)
    if 0xFE00 <= number <= 0xFE0F or 0xE0100 <= number <= 0xE01EF:
        return _is_variation(number, before, after)
    if 0x180B <= number <= 0x180F:
        return number != 0x180E and _script(before) == "MONGOLIAN"
    kind = unicodedata.category(char)
    return char in "\t\n" or (_is_reserved(number) if kind == "Cn" else kind not in _REMOVED_CATEGORIES)


def _script(char: str) -> str:
    """The first word of the character's Unicode name, "" when it has none."""
    return unicodedata.name(char, "").split(" ")[0] if char else ""


def _is_emoji(char: str) -> bool:
    if not char:
        return False
    return char == _EMOJI_SELECTOR or ord(char) in _SKIN_TONES or unicodedata.category(char) in ("So", "Cn")


def _is_variation(number: int, before: str, after: str) -> bool:
    """Whether a variation selector is valid: after a symbol or key (emoji or text style), or after an ideograph.

    Some personal names differ only by the variant of an ideograph.
    """
    if number in (0xFE0E, 0xFE0F):
        signs = bool(before) and (unicodedata.category(before) in ("So", "Sm") or before in "\u203c\u2049\u3030\u303d")
        return signs or (bool(before) and before in "0123456789#*" and after == "\u20e3")
    return _script(before) == "CJK"


def _is_reserved(number: int) -> bool:
    """Whether a code point, unassigned in this Python's Unicode, is in the ranges of future emoji and ideographs."""
    return (0x1F000 <= number <= 0x1FAFF or 0x20000 <= number <= 0x3FFFD) and number & 0xFFFE != 0xFFFE


def _has_stacked_marks(text: str) -> bool:
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks > MAX_MARKS:
            return True
    return False
