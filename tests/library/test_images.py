"""Images of a survey: limits are checked before decoding, and images are re-encoded before storing."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from questionnaire.core.base.problems import Problem
from questionnaire.library import images
from questionnaire.library.images import read_picture, read_pictures, with_pictures
from questionnaire.library.load import load_survey
from tests.conventions.checkout import ROOT


def _saved(folder: Path, name: str, kind: str, size: tuple[int, int] = (1200, 600), **how: object) -> Path:
    mode = "RGBA" if kind == "PNG" else "RGB"
    Image.new(mode, size, (20, 90, 60, 128) if mode == "RGBA" else (20, 90, 60)).save(folder / name, kind, **how)
    return folder / name


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_wide_image_is_reencoded_at_most_800_pixels_wide(tmp_path: Path, kind: str) -> None:
    read = read_picture(_saved(tmp_path, "a.png", kind))
    assert not isinstance(read, Problem)
    assert read.name.endswith("-800x400.webp")
    with Image.open(BytesIO(read.content)) as drawn:
        assert (drawn.format, drawn.size) == ("WEBP", (800, 400))
        assert drawn.has_transparency_data == (kind == "PNG")


def test_camera_metadata_is_removed_and_the_image_rotated_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Camera of Anna Keller"
    read = read_picture(_saved(tmp_path, "a.jpg", "JPEG", (60, 30), exif=exif))
    assert not isinstance(read, Problem)
    assert read.name.endswith("-30x60.webp")
    assert b"Anna" not in read.content
    assert b"EXIF" not in read.content


def test_a_photograph_is_stored_lossy(tmp_path: Path) -> None:
    Image.effect_noise((800, 600), 90).convert("RGB").save(tmp_path / "noise.png")
    read = read_picture(tmp_path / "noise.png")
    assert not isinstance(read, Problem)
    assert len(read.content) < (tmp_path / "noise.png").stat().st_size


def _bomb(width: int, height: int) -> bytes:
    """A file of some bytes that claims to be huge."""

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(b"")) + part(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (_bomb(7000, 7000), "has more than 40 million pixels"),
        (_bomb(12_000, 12_000), "has more than 40 million pixels"),
        (_bomb(60_000, 60_000), "has more than 40 million pixels"),
        (b"\x89PNG\r\n\x1a\n" + b"broken", "cannot be read as a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "cannot be read as a picture"),
        (b"GIF89a" + bytes(40), "cannot be read as a picture"),
        (b"", "cannot be read as a picture"),
    ],
)
def test_unsupported_files_are_reported_and_never_decoded(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "a.png").write_bytes(content)
    read = read_picture(tmp_path / "a.png", ("image",))
    assert isinstance(read, Problem)
    assert (read.code, read.where, read.message) == ("picture_unreadable", ("image",), f"`a.png` {said}")
    assert read.hint


def test_a_file_that_is_too_large_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "MAX_FILE_BYTES", 10)
    read = read_picture(_saved(tmp_path, "a.png", "PNG"))
    assert isinstance(read, Problem)
    assert read.code == "picture_large"


SURVEY = """\
schema: survey/1
id: shapes
version: 1
policy: features
title: Shapes
pages:
  - name: only
    questions:
      - {name: other, type: yes_no, title: Yes?}
      - name: shape
        type: picture_choice
        title: Which?
        choices:
          - {value: a, text: A, image: a.png, alt: A}
          - {value: b, text: B, image: nowhere.png, alt: B}
          - {value: c, text: C, image: broken.png, alt: C}
          - {value: d, text: D, image: a.png, alt: D}
"""


def test_every_image_of_a_survey_is_read_once_and_problems_have_lines(tmp_path: Path) -> None:
    (tmp_path / "survey.yaml").write_text(SURVEY, encoding="utf-8")
    _saved(tmp_path, "a.png", "PNG")
    (tmp_path / "broken.png").write_bytes(b"broken")
    sheet, problems = load_survey(tmp_path / "survey.yaml")
    assert sheet is not None, problems
    found, wrong = read_pictures(sheet)
    assert set(found) == {"a.png"}
    assert [(problem.code, problem.line) for problem in wrong] == [("picture_missing", 15), ("picture_unreadable", 16)]


def test_a_published_survey_names_its_images_by_content_hash() -> None:
    sheet, _ = load_survey(ROOT / "surveys" / "features" / "picture-choice.yaml")
    assert sheet is not None
    found, wrong = read_pictures(sheet)
    assert wrong == ()
    published = with_pictures(sheet.source.raw, found)
    names = [choice["image"] for choice in published["pages"][0]["questions"][0]["choices"]]
    assert names == [picture.name for picture in found.values()]
    assert sheet.source.raw["pages"][0]["questions"][0]["choices"][0]["image"] == "pictures/rising.png"
    assert with_pictures(sheet.source.raw, {}) is sheet.source.raw


def test_the_logos_of_a_survey_are_pictures_beside_it_and_stored_under_their_content(tmp_path: Path) -> None:
    file, text = tmp_path / "survey.yaml", (ROOT / "surveys/features/text.yaml").read_text(encoding="utf-8")
    theme = "title: Text\ntheme:\n  logo: logo.png\n  dark: {logo: dark.webp}\n"
    file.write_text(text.replace("title: Text\n", theme, 1), encoding="utf-8")
    _saved(tmp_path, "logo.png", "PNG")
    sheet, _ = load_survey(file)
    assert sheet is not None
    _found, wrong = read_pictures(sheet)
    assert [(problem.code, problem.line) for problem in wrong] == [("picture_missing", 9)]
    _saved(tmp_path, "dark.webp", "WEBP", (60, 30))
    found, wrong = read_pictures(sheet)
    assert wrong == ()
    published = with_pictures(sheet.source.raw, found)["theme"]
    assert published == {"logo": found["logo.png"].name, "dark": {"logo": found["dark.webp"].name}}
    assert sheet.source.raw["theme"]["logo"] == "logo.png"
