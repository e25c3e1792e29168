"""The brand file: a theme and the logo that lies beside it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image

from questionnaire.core.base.problems import Problem
from questionnaire.core.brand.theme import LARGEST_LOGO, Theme, read_theme
from questionnaire.library.images import drawn_again
from questionnaire.library.yaml.reader import read_source
from questionnaire.library.yaml.source import Source

WIDEST, TALLEST = 800, 400


def load_theme(file: Path) -> tuple[Theme | None, tuple[Problem, ...]]:
    """The theme of a YAML file. Its `logo` key names a PNG, JPEG or WebP in the same folder."""
    source, problems = read_source(file)
    if source is None or problems:
        return None, problems
    raw = source.raw
    logo: bytes | Problem = b""
    if isinstance(raw, dict) and raw.get("logo"):
        logo = _logo(source, file.parent / Path(str(raw.pop("logo"))).name)
    if isinstance(logo, Problem):
        return None, (logo,)
    theme, wrong = read_theme(raw, logo)
    return theme, tuple(problem.at(str(file), source.line(problem.where)) for problem in wrong)


def _logo(source: Source, file: Path) -> bytes | Problem:
    """The logo drawn again: nobody is sent the bytes of a file we did not make."""
    wrong = ""
    if not file.is_file() or file.stat().st_size > LARGEST_LOGO:
        wrong, hint = f"`{file.name}` is not there", f"put it beside {Path(source.name).name}, at most 300 kB"
    else:
        drawn = drawn_again(file.read_bytes(), WIDEST, TALLEST)
        if not isinstance(drawn, str):
            return _written(drawn)
        wrong, hint = f"`{file.name}` {drawn}", "export it as PNG, 600 pixels wide"
    return source.placed((Problem("theme_logo", ("logo",), wrong, hint),))[0]


def _written(drawn: Image.Image) -> bytes:
    """As PNG, for it may be transparent; a photograph, which would be too large for that, as JPEG."""
    exact, photograph = BytesIO(), BytesIO()
    drawn.save(exact, "PNG", optimize=True)
    if exact.tell() <= LARGEST_LOGO:
        return exact.getvalue()
    drawn.convert("RGB").save(photograph, "JPEG", quality=88)
    return photograph.getvalue()
