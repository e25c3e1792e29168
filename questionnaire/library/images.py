"""Pictures beside a survey: found, held against limits, and drawn again in our own format before anybody sees them.

Nothing is decoded before its kind and its size in pixels are known: a small file may claim to be a huge picture.
"""

from __future__ import annotations

import copy
import hashlib
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from questionnaire.core.base.problems import Problem, Where
from questionnaire.core.survey.survey import Survey
from questionnaire.library.load import AuthoredFile

KINDS = ("PNG", "JPEG", "WEBP")
LARGEST_FILE = 8_000_000
MOST_PIXELS = 40_000_000
WIDEST, TALLEST = 800, 1200
# Up to this size a drawing is kept to the dot; a photograph is not.
EXACT_BYTES = 60_000

Problems = tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ProcessedImage:
    """A picture ready to be shown. `name` holds a mark of the author's file, and width and height in pixels."""

    name: str
    content: bytes


def read_pictures(survey: AuthoredFile[Survey]) -> tuple[Mapping[str, ProcessedImage], Problems]:
    """The pictures of the choices by the name their author wrote, and what is wrong with the others, placed."""
    folder = survey.path.parent.resolve()
    found: dict[str, ProcessedImage] = {}
    problems: list[Problem] = []
    for where, image in _named(survey.value):
        if image in found:
            continue
        file = (folder / image).resolve()
        if not file.is_relative_to(folder) or not file.is_file():
            said = f"there is no picture `{image}` beside the survey"
            problems.append(Problem("picture_missing", where, said, "put the file there, or correct its name"))
            continue
        read = read_picture(file, where)
        if isinstance(read, Problem):
            problems.append(read)
        else:
            found[image] = read
    return found, survey.placed(tuple(problems))


def _named(survey: Survey) -> Iterator[tuple[Where, str]]:
    for page, one in enumerate(survey.pages):
        for index, question in enumerate(one.questions):
            for where, image in question.images:
                yield ("pages", page, "questions", index, *where), image


def read_picture(file: Path, where: Where = ()) -> ProcessedImage | Problem:
    """One file as a picture of ours, at most 800 pixels wide, without what a camera noted in it."""
    if file.stat().st_size > LARGEST_FILE:
        return Problem("picture_large", where, f"`{file.name}` is larger than 8 MB", "save it 800 pixels wide")
    source = file.read_bytes()
    drawn = drawn_again(source, WIDEST, TALLEST)
    if isinstance(drawn, str):
        hint = "save it as PNG, JPEG or WebP, about 800 pixels wide"
        return Problem("picture_unreadable", where, f"`{file.name}` {drawn}", hint)
    mark = hashlib.sha256(source).hexdigest()[:32]
    return ProcessedImage(f"{mark}-{drawn.width}x{drawn.height}.webp", _as_webp(drawn))


def drawn_again(source: bytes, widest: int, tallest: int) -> Image.Image | str:
    """The picture, turned upright and made small enough; or what is wrong with it, to follow the name of its file."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(source), formats=KINDS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    return "has more than 40 million pixels"
                upright = ImageOps.exif_transpose(opened)
                drawn = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        return "has more than 40 million pixels"
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return "cannot be read as a picture"
    drawn.thumbnail((widest, tallest), Image.Resampling.LANCZOS)
    drawn.info.clear()
    return drawn


def _as_webp(drawn: Image.Image) -> bytes:
    exact, photograph = BytesIO(), BytesIO()
    drawn.save(exact, "WEBP", lossless=True, quality=80, method=6)
    if exact.tell() <= EXACT_BYTES:
        return exact.getvalue()
    drawn.save(photograph, "WEBP", quality=82, method=6)
    return min(exact.getvalue(), photograph.getvalue(), key=len)


def with_pictures(raw: Mapping[str, Any], pictures: Mapping[str, ProcessedImage]) -> Mapping[str, Any]:
    """The survey as it is published: each `image` names the picture that is kept with it.

    So a changed picture is a changed survey, and needs a new version like any other change.
    """
    if not pictures:
        return raw
    published = copy.deepcopy(dict(raw))
    for page in published["pages"]:
        for question in page["questions"]:
            for choice in question.get("choices", ()):
                if choice.get("image") in pictures:
                    choice["image"] = pictures[choice["image"]].name
    return published
