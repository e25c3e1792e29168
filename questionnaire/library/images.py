"""Images of a survey: loaded, checked against limits, and re-encoded before anyone sees them.

Nothing is decoded before its format and its size in pixels are known: a small file may claim to be a huge image.
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
from questionnaire.core.survey.questions.picture import PICTURE_KEYS
from questionnaire.core.survey.survey import Survey
from questionnaire.library.load import AuthoredFile

KINDS = ("PNG", "JPEG", "WEBP")
MAX_FILE_BYTES = 8_000_000
MAX_PIXELS = 40_000_000
MAX_WIDTH, MAX_HEIGHT = 800, 1200
# Lossless up to this size, lossy above.
LOSSLESS_BYTES = 60_000

Problems = tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ProcessedImage:
    """An image ready to be served. `name` contains a hash of the author's file, and width and height in pixels."""

    name: str
    content: bytes


def read_pictures(survey: AuthoredFile[Survey]) -> tuple[Mapping[str, ProcessedImage], Problems]:
    """Returns the pictures of a survey by their authored name, and the problems of the others, with file and line."""
    folder = survey.path.parent.resolve()
    images: dict[str, ProcessedImage] = {}
    problems: list[Problem] = []
    for where, image in _image_names(survey.value):
        if image in images:
            continue
        file = (folder / image).resolve()
        if not file.is_relative_to(folder) or not file.is_file():
            message = f"there is no picture `{image}` beside the survey"
            problems.append(Problem("picture_missing", where, message, "put the file there, or correct its name"))
            continue
        processed = read_picture(file, where)
        if isinstance(processed, Problem):
            problems.append(processed)
        else:
            images[image] = processed
    return images, survey.placed(tuple(problems))


def _image_names(survey: Survey) -> Iterator[tuple[Where, str]]:
    for page, content in enumerate(survey.pages):
        for index, question in enumerate(content.questions):
            for where, image in question.images:
                yield ("pages", page, "questions", index, *where), image
    for index, block in enumerate(survey.report.content_blocks):
        if block.image:
            yield ("report", "content_blocks", index, "image"), block.image
    theme = survey.theme
    if theme is not None and theme.logo:
        yield ("theme", "logo"), theme.logo
    if theme is not None and theme.dark is not None and theme.dark.logo:
        yield ("theme", "dark", "logo"), theme.dark.logo


def read_picture(file: Path, where: Where = ()) -> ProcessedImage | Problem:
    """Returns one file as a processed image, at most 800 pixels wide, without camera metadata."""
    if file.stat().st_size > MAX_FILE_BYTES:
        return Problem("picture_large", where, f"`{file.name}` is larger than 8 MB", "save it 800 pixels wide")
    image = process_picture(file.read_bytes())
    if isinstance(image, str):
        hint = "save it as PNG, JPEG or WebP, about 800 pixels wide"
        return Problem("picture_unreadable", where, f"`{file.name}` {image}", hint)
    return image


def process_picture(source: bytes, ratio: str = "") -> ProcessedImage | str:
    """The picture as it is served, or its problem as text. `ratio`: what its middle is cropped to, such as `4:3`."""
    image = reencode_image(source, MAX_WIDTH, MAX_HEIGHT)
    if isinstance(image, str):
        return image
    if ratio:
        across, down = map(int, ratio.split(":"))
        unit = min(image.width / across, image.height / down)
        image = ImageOps.fit(image, (max(round(across * unit), 1), max(round(down * unit), 1)))
    digest = hashlib.sha256(source + ratio.encode()).hexdigest()[:32]
    return ProcessedImage(f"{digest}-{image.width}x{image.height}.webp", _as_webp(image))


def reencode_image(source: bytes, max_width: int, max_height: int) -> Image.Image | str:
    """Returns the image, rotated upright and reduced; or its problem as text that follows the file name."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(source), formats=KINDS) as file:
                if file.width * file.height > MAX_PIXELS:
                    return "has more than 40 million pixels"
                upright = ImageOps.exif_transpose(file)
                image = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        return "has more than 40 million pixels"
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return "cannot be read as a picture"
    image.thumbnail((max_width, max_height), Image.Resampling.LANCZOS)
    image.info.clear()
    return image


def _as_webp(image: Image.Image) -> bytes:
    lossless, lossy = BytesIO(), BytesIO()
    image.save(lossless, "WEBP", lossless=True, quality=80, method=6)
    if lossless.tell() <= LOSSLESS_BYTES:
        return lossless.getvalue()
    image.save(lossy, "WEBP", quality=82, method=6)
    return min(lossless.getvalue(), lossy.getvalue(), key=len)


def draw_on_paper(picture: bytes, paper: str, max_width: int, max_height: int) -> bytes:
    """A picture of ours as PNG without transparency, reduced to these pixels. `paper` is the colour below it."""
    with Image.open(BytesIO(picture), formats=KINDS) as file:
        image = file.convert("RGBA")
    image.thumbnail((max_width, max_height), Image.Resampling.LANCZOS)
    drawn, png = Image.new("RGBA", image.size, paper), BytesIO()
    drawn.alpha_composite(image)
    drawn.convert("RGB").save(png, "PNG", optimize=True)
    return png.getvalue()


def with_pictures(raw: Mapping[str, Any], pictures: Mapping[str, ProcessedImage]) -> Mapping[str, Any]:
    """Returns the survey as it is published: each `image` and `logo` is the name of the stored image.

    A changed image is therefore a changed survey, and needs a new version like any other change.
    """
    if not pictures:
        return raw
    published = copy.deepcopy(dict(raw))
    for holder in _picture_holders(published):
        for key in PICTURE_KEYS:
            if holder.get(key) in pictures:
                holder[key] = pictures[holder[key]].name
    return published


def _picture_holders(raw: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The questions, choices, changed choices, blocks and theme of a survey as written: whatever may name a picture."""
    for page in raw["pages"]:
        for question in page["questions"]:
            yield question
            choices = question.get("choices", ())
            if isinstance(choices, Mapping):
                yield from choices.get("with", {}).values()
            elif not isinstance(choices, str):
                yield from choices
    for choices in raw.get("choice_sets", {}).values():
        yield from choices
    yield from raw.get("report", {}).get("content_blocks", ())
    theme = raw.get("theme") or {}
    yield from (theme, theme.get("dark") or {})
