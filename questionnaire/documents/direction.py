"""Writing direction on paper: which way each text runs, and the style sheet of a page from right to left.

WeasyPrint knows the property `direction`, but neither `dir="auto"` nor the isolation of `<bdi>` nor logical margins.
"""

from __future__ import annotations

import re
import unicodedata
from xml.etree.ElementTree import Element

from questionnaire.documents.characters import own_text, rendered_elements

_STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_LINES = ("p", "h1", "h2", "h3", "h4", "dt")
_INLINE = ("bdi", "span", "small", "strong", "em", "a")
_SIDE = re.compile(r"\b(left|right)\b")
_FOUR_SIDES = re.compile(r"\b(margin|padding): ([^\s;]+) ([^\s;]+) ([^\s;]+) ([^\s;]+);")


def direction_of(text: str) -> str:
    """Returns `ltr` or `rtl` by the first letter of a text; "" without letters."""
    if text.isascii():
        return "ltr" if any(character.isalpha() for character in text) else ""
    return next(filter(None, (_STRONG.get(unicodedata.bidirectional(character)) for character in text)), "")


def mark_directions(root: Element) -> None:
    """Sets `dir` on each element whose own text runs against the page, and mirrors the positions of style attributes.

    A page from left to right without a letter of the other direction stays as it is.
    """
    page = root.get("dir", "ltr")
    if page == "ltr" and not any(_RIGHT_TO_LEFT.search(piece) for piece in root.itertext()):
        return
    for element in rendered_elements(root):
        if element is root or element.tag == "body":
            continue
        if page == "rtl" and (style := element.get("style")):
            element.set("style", mirrored(style))
        own = direction_of(own_text(element))
        if not own and element.tag in _LINES:
            own = direction_of("".join(element.itertext()))
        # An inline element may stand in a line that runs the other way.
        if own and (own != page or element.tag in _INLINE):
            element.set("dir", own)


def mirrored(css: str) -> str:
    """Returns CSS with left and right exchanged, also in margins and paddings of four values."""
    swapped = _SIDE.sub(lambda side: "left" if side[1] == "right" else "right", css)
    return _FOUR_SIDES.sub(r"\1: \2 \5 \4 \3;", swapped)
