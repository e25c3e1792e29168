"""Loading of the brand file: a theme, and the logo in the same folder."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image

from questionnaire.core.base.problems import Problem
from questionnaire.core.brand.logos import LARGEST_LOGO
from questionnaire.core.brand.theme import Theme, read_theme
from questionnaire.library.catalogue import SUFFIXES
from questionnaire.library.images import reencode_image
from questionnaire.library.yaml.reader import read_source
from questionnaire.library.yaml.source import Source

THEME = "theme"
"""The name of a theme's file, without its suffix."""
MAX_WIDTH, MAX_HEIGHT = 800, 400


def load_theme(file: Path) -> tuple[Theme | None, tuple[Problem, ...]]:
    """Loads the theme of a YAML file. Its `logo` key names a PNG, JPEG or WebP file in the same folder."""
    source, problems = read_source(file)
    if source is None or problems:
        return None, problems
    raw = source.raw
    logo: bytes | Problem = b""
    if isinstance(raw, dict) and raw.get("logo"):
        logo = _logo(source, file.parent / Path(str(raw.pop("logo"))).name)
    if isinstance(logo, Problem):
        return None, (logo,)
    theme, theme_problems = read_theme(raw, logo)
    return theme, tuple(problem.at(str(file), source.line(problem.where)) for problem in theme_problems)


def theme_beside(survey: Path) -> Theme | None:
    """The theme in the folder of a survey's file; None without one that can be read."""
    files = (survey.with_name(f"{THEME}{suffix}") for suffix in SUFFIXES)
    return next((load_theme(file)[0] for file in files if file.is_file()), None)


def _logo(source: Source, file: Path) -> bytes | Problem:
    """Returns the logo re-encoded: the bytes of a foreign file are never sent to anyone."""
    message = ""
    if not file.is_file() or file.stat().st_size > LARGEST_LOGO:
        message, hint = f"`{file.name}` is not there", f"put it beside {Path(source.name).name}, at most 300 kB"
    else:
        image = reencode_image(file.read_bytes(), MAX_WIDTH, MAX_HEIGHT)
        if not isinstance(image, str):
            return _encode(image)
        message, hint = f"`{file.name}` {image}", "export it as PNG, 600 pixels wide"
    return source.placed((Problem("theme_logo", ("logo",), message, hint),))[0]


def _encode(image: Image.Image) -> bytes:
    """Encodes as PNG, for transparency; as JPEG when the PNG would be too large, as for a photograph."""
    png, jpeg = BytesIO(), BytesIO()
    image.save(png, "PNG", optimize=True)
    if png.tell() <= LARGEST_LOGO:
        return png.getvalue()
    image.convert("RGB").save(jpeg, "JPEG", quality=88)
    return jpeg.getvalue()
