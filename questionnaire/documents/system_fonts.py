"""Fonts of the operating system that documents may use: found by name, checked, and linked into a private folder.

The render process sees the linked files and the bundled fonts, no others. So a machine with a hundred fonts prints as
one with only these.
"""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from questionnaire.core.brand.writing_systems import WRITING_SYSTEMS, WritingSystem, systems_of_text

FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts")
FONT_FOLDER = "fonts"
"""Name of the folder with the links, inside the private folder of a render process."""

# Variable, coloured and bitmap fonts: WeasyPrint instances the first, and PDF/A refuses what it makes of the others.
_FORBIDDEN_TABLES = {b"fvar", b"COLR", b"CBDT", b"EBDT", b"sbix", b"SVG "}
_COLLECTION = b"ttcf"
# Digits, because the letter at the end of a template version has a meaning of its own.
_VERSION_DIGITS = 12

SystemFonts = Mapping[str, tuple[Path, ...]]
"""Files of the installed writing systems, by the name of the system."""

NO_FONTS: SystemFonts = MappingProxyType({})


def installed_fonts(folders: Iterable[str] = FOLDERS) -> SystemFonts:
    """Returns the usable fonts of this machine. A system counts when it has both faces."""
    wanted = {file for system in WRITING_SYSTEMS for file in system.files}
    found: dict[str, Path] = {}
    for folder in folders:
        for place, names, files in os.walk(folder):
            names.sort()
            for name in wanted.intersection(files) - found.keys():
                path = Path(place) / name
                if _is_static(path):
                    found[name] = path
    return {
        system.name: tuple(found[file] for file in system.files)
        for system in WRITING_SYSTEMS
        if found.keys() >= set(system.files)
    }


def _is_static(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            head = file.read(16)
            offset = 0
            if head[:4] == _COLLECTION:
                (offset,) = struct.unpack(">I", head[12:16])
            file.seek(offset)
            count = struct.unpack(">4xH6x", file.read(12))[0]
            tables = {file.read(16)[:4] for _ in range(count)}
    except (OSError, struct.error):
        return False
    return not tables & _FORBIDDEN_TABLES and b"cmap" in tables


def link_fonts(fonts: SystemFonts, folder: str) -> None:
    """Links the files into the private folder of a render process that is about to start."""
    links = Path(folder) / FONT_FOLDER
    links.mkdir()
    for path in (path for paths in fonts.values() for path in paths):
        (links / path.name).symlink_to(path.resolve())


def linked_fonts(folder: Path) -> SystemFonts:
    """Returns what `link_fonts` linked, for the render process."""
    links = folder / FONT_FOLDER
    return {
        system.name: tuple(links / file for file in system.files)
        for system in WRITING_SYSTEMS
        if all((links / file).exists() for file in system.files)
    }


def font_version(view: Any, fonts: SystemFonts) -> str:
    """Returns the part of a document's version that tells its system fonts: "" when the bundled fonts suffice.

    It changes with the content of the font files, and when a missing font is installed.
    """
    systems = systems_of_text("\n".join(_texts(view)))
    if not systems:
        return ""
    digest = hashlib.sha256()
    for system in systems:
        for path in fonts.get(system.name, ()):
            digest.update(_content_hash(path, path.stat().st_mtime_ns))
        digest.update(system.name.encode())
    return f".{int.from_bytes(digest.digest()) % 10**_VERSION_DIGITS:0{_VERSION_DIGITS}}"


def missing_systems(view: Any, fonts: SystemFonts) -> tuple[WritingSystem, ...]:
    """Returns the writing systems of a document whose fonts are not installed: their letters are squares."""
    return tuple(system for system in systems_of_text("\n".join(_texts(view))) if system.name not in fonts)


@lru_cache(maxsize=2 * len(WRITING_SYSTEMS))
def _content_hash(path: Path, _changed: int) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _texts(view: Any) -> Iterable[str]:
    if isinstance(view, str):
        yield view
    elif isinstance(view, Mapping):
        for value in view.values():
            yield from _texts(value)
    elif isinstance(view, list | tuple):
        for value in view:
            yield from _texts(value)
