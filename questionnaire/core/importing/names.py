"""FreeNames, values and language tags as our documents allow them, made of those of a source."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from questionnaire.core.base.conditions import FACTS, JOINTS

LONGEST_NAME = 60
RESERVED = frozenset(FACTS) | frozenset(JOINTS) | {"score", "calculated", "answer", "consent", "min", "max", "round"}
_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_IN_BRACKETS = re.compile(r"\(([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*)\)\s*$")
_LANGUAGES: Mapping[str, str] = {
    "english": "en", "french": "fr", "français": "fr", "german": "de", "deutsch": "de", "spanish": "es",
    "español": "es", "italian": "it", "italiano": "it", "portuguese": "pt", "português": "pt", "dutch": "nl",
    "nederlands": "nl", "arabic": "ar", "hebrew": "he", "polish": "pl", "swedish": "sv", "danish": "da",
    "norwegian": "nb", "finnish": "fi", "czech": "cs", "russian": "ru", "chinese": "zh", "japanese": "ja",
}  # fmt: skip


def plain_name(raw: str, otherwise: str) -> str:
    """Lower-case letters, digits and `_`, a letter first; `otherwise` when nothing of it is left."""
    letters = unicodedata.normalize("NFKD", raw.replace("ß", "ss")).encode("ascii", "ignore").decode()
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z][a-z])", "_", letters)
    name = re.sub(r"[^a-z0-9]+", "_", spaced.lower()).strip("_")
    if name and not name[0].isalpha():
        name = f"{otherwise}_{name}"
    name = name[:LONGEST_NAME].rstrip("_") or otherwise
    return f"{name[: LONGEST_NAME - 7]}_answer" if name in RESERVED else name


def short_name(title: str, otherwise: str) -> str:
    """A name out of the first words of a title."""
    words = plain_name(title, otherwise).split("_")
    name = words[0][:40]
    for word in words[1:]:
        if len(name) + len(word) > 30:
            break
        name = f"{name}_{word}"
    return plain_name(name, otherwise)


class FreeNames:
    """FreeNames of one kind, each used once."""

    def __init__(self) -> None:
        self.used: set[str] = set()

    def take(self, name: str) -> str:
        """The name, or the name with a number where it is used already."""
        free, number = name, 2
        while free in self.used:
            end = f"_{number}"
            free, number = name[: LONGEST_NAME - len(end)] + end, number + 1
        self.used.add(free)
        return free


def choice_value(raw: str, otherwise: str) -> str:
    """Letters, digits and `_ . + -`, no space; the case stays."""
    letters = unicodedata.normalize("NFKD", raw.replace("ß", "ss")).encode("ascii", "ignore").decode()
    value = re.sub(r"[^A-Za-z0-9_.+-]+", "_", letters).strip("_.+-")[:LONGEST_NAME].rstrip("_.+-")
    return value or otherwise


def slug(raw: str) -> str:
    """An id for a survey."""
    return plain_name(raw, "survey").replace("_", "-").strip("-")


def language_tag(raw: str) -> str | None:
    """The tag of a language: of `French (fr)`, `Deutsch`, `pt_br` or `de-informal`; None when it is none."""
    bracket = _IN_BRACKETS.search(raw)
    word = (bracket[1] if bracket else raw).strip().replace("_", "-")
    known = _LANGUAGES.get(word.lower())
    if known:
        return known
    first, *others = word.split("-")
    others = [part.upper() if len(part) == 2 else part for part in others if part.lower() not in ("informal", "easy")]
    tag = "-".join([first.lower(), *others])
    return tag if _TAG.fullmatch(tag) else None
