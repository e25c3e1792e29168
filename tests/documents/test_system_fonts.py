"""Finding, checking and linking fonts of the operating system."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from questionnaire.core.brand.writing_systems import CHINESE_JAPANESE_KOREAN, WRITING_SYSTEMS
from questionnaire.documents import characters
from questionnaire.documents.system_fonts import (
    FONT_FOLDER,
    NO_FONTS,
    SystemFonts,
    font_version,
    installed_fonts,
    link_fonts,
    linked_fonts,
    missing_systems,
)

HEBREW, THAI = (next(one for one in WRITING_SYSTEMS if one.name == name) for name in ("Hebrew", "Thai"))


def copied(fonts: SystemFonts, name: str, folder: Path) -> tuple[Path, ...]:
    return tuple(Path(shutil.copy(path, folder / path.name)) for path in fonts[name])


def test_a_writing_system_counts_when_both_its_faces_are_found_in_any_folder(
    tmp_path: Path, fonts: SystemFonts
) -> None:
    assert installed_fonts([str(tmp_path / "nowhere"), str(tmp_path)]) == {}
    deep = tmp_path / "a" / "noto"
    deep.mkdir(parents=True)
    regular, bold = copied(fonts, "Hebrew", deep)
    copied(fonts, "Thai", tmp_path)
    (tmp_path / "NotoSansThai-Bold.ttf").unlink()
    (tmp_path / "Other-Regular.ttf").write_bytes(regular.read_bytes())
    assert installed_fonts([str(tmp_path)]) == {"Hebrew": (regular, bold)}


def test_variable_broken_and_empty_fonts_are_left_out(tmp_path: Path, fonts: SystemFonts) -> None:
    regular, _ = copied(fonts, "Hebrew", tmp_path)
    for content in (with_table(regular.read_bytes(), b"fvar"), with_table(regular.read_bytes(), b"COLR"), b"", b"ttcf"):
        regular.write_bytes(content)
        assert installed_fonts([str(tmp_path)]) == {}, content[:20]


def with_table(font: bytes, tag: bytes) -> bytes:
    """The font with its last table under another name."""
    count = int.from_bytes(font[4:6])
    last = 12 + 16 * (count - 1)
    return font[:last] + tag + font[last + 4 :]


def test_the_render_process_sees_the_fonts_that_its_parent_linked(tmp_path: Path, fonts: SystemFonts) -> None:
    link_fonts({"Thai": fonts["Thai"]}, str(tmp_path))
    links = tuple(tmp_path / FONT_FOLDER / file for file in THAI.files)
    assert linked_fonts(tmp_path) == {"Thai": links}
    assert [link.resolve() for link in links] == [path.resolve() for path in fonts["Thai"]]


def test_the_version_tells_the_content_of_the_needed_fonts_and_nothing_else(tmp_path: Path, fonts: SystemFonts) -> None:
    view = {"title": "x", "lines": ("ok", ["שלום", {"deep": None, "number": 3}])}
    version = font_version(view, fonts)
    assert version[0] == "."
    assert version[1:].isdigit()
    copies = copied(fonts, "Hebrew", tmp_path)
    assert font_version(view, {"Hebrew": copies, "Thai": fonts["Thai"]}) == version
    copies[1].write_bytes(copies[1].read_bytes() + b"\0")
    changed = font_version(view, {"Hebrew": copies})
    assert len({version, changed, font_version(view, NO_FONTS)}) == 3
    assert font_version({"title": "Łódź – ✓ 🙂"}, fonts) == ""


def test_missing_fonts_are_those_of_letters_in_the_document(fonts: SystemFonts) -> None:
    assert missing_systems(["שלום"], NO_FONTS) == (HEBREW,)
    assert missing_systems(["שלום"], fonts) == ()
    assert missing_systems(["Nordwind"], NO_FONTS) == ()


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("שלום x", "שלום x"),
        ("株", "□"),
        ("קר\N{ZERO WIDTH JOINER}א", "קר\N{ZERO WIDTH JOINER}א"),
        ("a\N{ZERO WIDTH JOINER}b", "ab"),
        ("\N{ZERO WIDTH NON-JOINER}ק", "ק"),
        ("ק\N{RIGHT-TO-LEFT OVERRIDE}ק", "קק"),
    ],
)
def test_joiners_stay_between_letters_of_a_system_font_only(fonts: SystemFonts, typed: str, drawn: str) -> None:
    known = characters._shared_characters(fonts["Hebrew"], HEBREW.family)
    assert characters.drawable(typed, known) == drawn


def test_a_collection_without_the_family_draws_nothing(fonts: SystemFonts) -> None:
    faces = fonts[CHINESE_JAPANESE_KOREAN.name]
    assert ord("直") in characters._shared_characters(faces, "Noto Sans CJK JP")
    assert characters._shared_characters(faces, "Noto Sans CJK XX") == frozenset()
