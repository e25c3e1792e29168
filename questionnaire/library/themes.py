"""The brand file: a theme and the logo that lies beside it."""

from __future__ import annotations

from pathlib import Path

from questionnaire.core.problems import Problem
from questionnaire.core.theme import LARGEST_LOGO, Theme, read_theme
from questionnaire.library.reading import read_source


def load_theme(file: Path) -> tuple[Theme | None, tuple[Problem, ...]]:
    """The theme of a YAML file. Its `logo` key names a PNG or JPEG in the same folder."""
    source, problems = read_source(file)
    if source is None or problems:
        return None, problems
    raw = source.raw
    logo = b""
    if isinstance(raw, dict) and raw.get("logo"):
        picture = file.parent / Path(str(raw.pop("logo"))).name
        if not picture.is_file() or picture.stat().st_size > LARGEST_LOGO:
            hint = f"put it beside {file.name}, at most 300 kB"
            return None, (Problem("theme_logo", ("logo",), f"`{picture.name}` is not there", hint).at(str(file), 1),)
        logo = picture.read_bytes()
    theme, wrong = read_theme(raw, logo)
    return theme, tuple(problem.at(str(file), source.line(problem.where)) for problem in wrong)
