"""Writing systems that the bundled fonts lack: their characters, languages, and the system fonts that print them.

The list is closed, because a font outside it may break PDF/A or PDF/UA (variable, coloured or bitmap fonts). A system
has two static faces, regular and bold, in the files `<file>-Regular.<suffix>` and `<file>-Bold.<suffix>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

NOTO, NOTO_CJK = "fonts-noto-core", "fonts-noto-cjk"
"""Debian packages."""

FACES = ("Regular", "Bold")


@dataclass(frozen=True, slots=True)
class WritingSystem:
    """`languages` are primary subtags, `blocks` is the inside of a regular expression's character class.

    `package` is the Debian package of the font. `files` are the names of its faces.
    """

    name: str
    languages: tuple[str, ...]
    blocks: str
    family: str
    package: str = NOTO
    suffix: str = "ttf"
    pattern: re.Pattern[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "pattern", re.compile(f"[{self.blocks}]"))

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(f"{self.family.replace(' ', '')}-{face}.{self.suffix}" for face in FACES)


ARABIC = WritingSystem(
    "Arabic",
    ("ar", "ckb", "fa", "ps", "sd", "ug", "ur"),
    "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
    "Noto Sans Arabic",
)
CHINESE_JAPANESE_KOREAN = WritingSystem(
    "Chinese, Japanese and Korean",
    ("ja", "ko", "yue", "zh"),
    "\u1100-\u11ff\u2e80-\u2fdf\u3000-\u31ff\u3200-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\ufe30-\ufe4f\uff00-\uffef\U00020000-\U000323af",
    "Noto Sans CJK",
    NOTO_CJK,
    "ttc",
)
WRITING_SYSTEMS: tuple[WritingSystem, ...] = (
    ARABIC,
    WritingSystem("Armenian", ("hy",), "\u0530-\u058f\ufb13-\ufb17", "Noto Sans Armenian"),
    WritingSystem("Bengali", ("as", "bn"), "\u0980-\u09ff", "Noto Sans Bengali"),
    CHINESE_JAPANESE_KOREAN,
    WritingSystem(
        "Devanagari", ("hi", "kok", "mr", "ne", "sa"), "\u0900-\u097f\u1cd0-\u1cff\ua8e0-\ua8ff", "Noto Sans Devanagari"
    ),
    WritingSystem("Ethiopic", ("am", "ti"), "\u1200-\u139f\u2d80-\u2ddf\uab00-\uab2f", "Noto Sans Ethiopic"),
    WritingSystem("Georgian", ("ka",), "\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f", "Noto Sans Georgian"),
    WritingSystem("Gujarati", ("gu",), "\u0a80-\u0aff", "Noto Sans Gujarati"),
    WritingSystem("Gurmukhi", ("pa",), "\u0a00-\u0a7f", "Noto Sans Gurmukhi"),
    WritingSystem("Hebrew", ("he", "yi"), "\u0590-\u05ff\ufb1d-\ufb4f", "Noto Sans Hebrew"),
    WritingSystem("Kannada", ("kn",), "\u0c80-\u0cff", "Noto Sans Kannada"),
    WritingSystem("Khmer", ("km",), "\u1780-\u17ff\u19e0-\u19ff", "Noto Sans Khmer"),
    WritingSystem("Lao", ("lo",), "\u0e80-\u0eff", "Noto Sans Lao"),
    WritingSystem("Malayalam", ("ml",), "\u0d00-\u0d7f", "Noto Sans Malayalam"),
    WritingSystem("Myanmar", ("my",), "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f", "Noto Sans Myanmar"),
    WritingSystem("Sinhala", ("si",), "\u0d80-\u0dff", "Noto Sans Sinhala"),
    WritingSystem("Tamil", ("ta",), "\u0b80-\u0bff", "Noto Sans Tamil"),
    WritingSystem("Telugu", ("te",), "\u0c00-\u0c7f", "Noto Sans Telugu"),
    WritingSystem("Thai", ("th",), "\u0e00-\u0e7f", "Noto Sans Thai"),
)

# The bundled fonts end before Armenian. General punctuation and symbols after it belong to no system.
_FIRST = re.compile("[\u0530-\u1fff\u2c00-\U000323af]")
_KANA, _HANGUL, _BOPOMOFO = (
    re.compile("[\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f]"),
    re.compile("[\u1100-\u11ff\uac00-\ud7ff]"),
    re.compile("[\u3105-\u312f]"),
)


def systems_of_text(text: str) -> tuple[WritingSystem, ...]:
    """Returns the writing systems of a text beyond the bundled fonts, in the order of the table."""
    if text.isascii() or not _FIRST.search(text):
        return ()
    return tuple(system for system in WRITING_SYSTEMS if system.pattern.search(text))


@lru_cache(maxsize=256)
def system_of_language(tag: str) -> WritingSystem | None:
    """Returns the writing system of a BCP 47 tag beyond the bundled fonts: Arabic for `ar-EG`, None for `fr`."""
    primary = tag.lower().replace("_", "-").split("-")[0]
    return next((system for system in WRITING_SYSTEMS if primary in system.languages), None)


def family_of(system: WritingSystem, languages: Iterable[str], text: str) -> str:
    """Returns the font family of a writing system.

    Chinese, Japanese and Korean share code points but not shapes: the first of `languages` (BCP 47) that is one of them
    decides, otherwise letters that only one of them has, otherwise simplified Chinese.
    """
    if system is not CHINESE_JAPANESE_KOREAN:
        return system.family
    shapes = next(filter(None, map(_shapes_of_language, languages)), "") or _shapes_of_text(text)
    return f"{system.family} {shapes}"


def _shapes_of_language(tag: str) -> str:
    primary, *rest = tag.lower().replace("_", "-").split("-")
    if primary in ("ja", "ko"):
        return {"ja": "JP", "ko": "KR"}[primary]
    if primary not in ("zh", "yue"):
        return ""
    if "hk" in rest or "mo" in rest or primary == "yue":
        return "HK"
    return "TC" if "hant" in rest or "tw" in rest else "SC"


def _shapes_of_text(text: str) -> str:
    signs = ((_KANA, "JP"), (_HANGUL, "KR"), (_BOPOMOFO, "TC"))
    return next((shapes for pattern, shapes in signs if pattern.search(text)), "SC")


def packages_of(systems: Sequence[WritingSystem]) -> tuple[str, ...]:
    """Returns the Debian packages with the fonts of these systems, each once."""
    return tuple(sorted({system.package for system in systems}))
