"""Characters of a page before it becomes a PDF: substitutes for those without a glyph, and the families of the others.

PDF/A forbids a reference to a missing glyph, and a font outside the known ones would make pages differ between
machines. So a character that no known font has becomes a visible square, and the families of a page are listed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element

from fontTools.ttLib import TTCollection, TTFont

from questionnaire.core.brand.writing_systems import family_of, systems_of_text
from questionnaire.documents.system_fonts import SystemFonts
from questionnaire.settings import bundle_dir

SUBSTITUTE = "\N{WHITE SQUARE}"
_NOT_RENDERED = ("title", "meta", "style")
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
# Each text has its direction from its letters.
_DIRECTION_MARKS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
FOREIGN = "data-foreign"
"""Marks an element with text in a system font: letter spacing and slant of Latin are wrong for it."""


# --- glyphs ----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def bundled_characters() -> frozenset[int]:
    """Returns the code points that every bundled face has, so that weight and slant do not affect legibility."""
    return _shared_characters(tuple(sorted(bundle_dir("static").glob("fonts/*.ttf"))), "")


@lru_cache(maxsize=32)
def _shared_characters(faces: tuple[Path, ...], family: str) -> frozenset[int]:
    return frozenset.intersection(*(_characters_of(face, family) for face in faces))


def _characters_of(path: Path, family: str) -> frozenset[int]:
    if path.suffix == ".ttc":
        with TTCollection(path, lazy=True) as collection:
            face = next((font for font in collection if font["name"].getBestFamilyName() == family), None)
            return frozenset(face.getBestCmap()) if face is not None else frozenset()
    with TTFont(path, lazy=True) as face:
        return frozenset(face.getBestCmap())


def drawable(text: str, characters: frozenset[int] = frozenset()) -> str:
    """Replaces characters without a glyph with a visible square, and removes invisible format characters.

    `characters` are code points of system fonts. Joiners stay between letters of these fonts, which need them.
    """
    if text.isascii():
        return text
    bundled = bundled_characters()
    drawn: list[str] = []
    for character in unicodedata.normalize("NFC", text):
        if character in _JOINERS:
            before = ord((drawn[-1] if drawn else "") or "-")
            joins = before in characters and before not in bundled and ord(character) in characters
            drawn.append(character if joins else "")
        elif character not in _DIRECTION_MARKS:
            code = ord(character)
            drawn.append(character if code in bundled or code in characters else _substitute(character))
    return "".join(drawn)


def _substitute(character: str) -> str:
    if character in "\t\n\r\f":
        return character
    category = unicodedata.category(character)
    if category in ("Cf", "Cc", "Mn", "Me"):
        return ""
    return " " if category in ("Zs", "Zl", "Zp") else SUBSTITUTE


# --- a page ----------------------------------------------------------------------------------------------------


def rendered_elements(root: Element) -> Iterator[Element]:
    """Yields the elements whose text is drawn."""
    # The tag of a comment is a function.
    return (one for one in root.iter() if one.tag not in _NOT_RENDERED and not callable(one.tag))


def own_text(element: Element) -> str:
    """Returns the text of an element without that of its children."""
    return "".join((element.text or "", *(child.tail or "" for child in element)))


def substitute_characters(root: Element, fonts: SystemFonts) -> tuple[str, ...]:
    """Makes every text of a page drawable. Returns the families of the system fonts that it needs."""
    elements = list(rendered_elements(root))
    text = "\n".join(map(own_text, elements))
    languages = [one.get("lang", "") for one in elements]
    systems = [system for system in systems_of_text(text) if system.name in fonts]
    families = tuple(family_of(system, languages, text) for system in systems)
    characters: frozenset[int] = frozenset()
    for system, family in zip(systems, families, strict=True):
        characters |= _shared_characters(fonts[system.name], family)
    for element in elements:
        _substitute_in(element, characters)
        if systems and any(system.pattern.search(own_text(element)) for system in systems):
            element.set(FOREIGN, "")
    return families


def _substitute_in(element: Element, characters: frozenset[int]) -> None:
    if element.text:
        element.text = drawable(element.text, characters)
    for child in element:
        if child.tail:
            child.tail = drawable(child.tail, characters)
