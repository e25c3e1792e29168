"""View values shared by report and dossier, and functions for answers in words.

A field never has the name of a mapping's method (`items`, `keys`, `values`, `get` …), so that a template reads the
value and its stored JSON in the same way. Authored texts stay Markdown; templates sanitise them and fill placeholders.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from questionnaire.core.survey.journey import Journey
from questionnaire.core.survey.questions import Question
from questionnaire.core.survey.report_texts import Band


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a document. Its template is `sections/<name>.html`."""

    name: str
    content: Any


@dataclass(frozen=True, slots=True)
class BandStep:
    """A band of the 0–100 scale: its start, width, and name ("" when it has none)."""

    start: int
    width: int
    name: str
    reached: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart. `share` is exact to 0.01%, `rounded` the figure that people read, `level` the band's name.

    `colour` is one of the theme's four, "" without one.
    """

    title: str
    share: float
    rounded: int | float
    level: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A question and its answer in the words that the prospect saw."""

    question: str
    answer: str


def share_of(value: Fraction) -> float:
    """The percentage as a float for charts."""
    return float(round(value, 2))


def steps(
    bands: tuple[Band, ...], value: Fraction | None, language: str, values: Mapping[str, str]
) -> tuple[BandStep, ...]:
    """The scale drawn behind a bar; empty for a survey without bands."""
    ordered = sorted(bands, key=lambda band: band.from_)
    ends = [*(band.from_ for band in ordered), 100][1:]
    return tuple(
        BandStep(
            start=band.from_,
            width=end - band.from_,
            name=band.label(language, values),
            reached=value is not None and value >= band.from_ and (value < end or end == 100),
        )
        for band, end in zip(ordered, ends, strict=True)
    )


def clipped(text: str, limit: int = 400) -> str:
    """Cuts a longer text with an ellipsis, because space in a PDF is limited."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def items_to_answer(journey: Journey) -> tuple[Question, ...]:
    """The items on the path that take an answer, in order."""
    return tuple(item for question in journey.visible if question.asks for item in question.items)


def as_plain(view: Any) -> dict[str, Any]:
    """Converts a view value to JSON types: mappings, lists, strings, numbers."""
    document: dict[str, Any] = json.loads(json.dumps(asdict(view), ensure_ascii=False))
    return document
