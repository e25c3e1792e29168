"""The map of a survey's journey as a drawing: stops in a row, arcs over what some skip, branches to early endings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from textwrap import wrap

from questionnaire.core.editing.journey_map import EndingEntry, JourneyMap, Stop
from questionnaire.core.editing.paths import Path

STEP, LEFT, LINE = 92, 52, 92
"""Distance of stops, place of the first one, height of the line; in pixels."""
BRANCH, BRANCH_HEIGHT = 172, 40
LONGEST_LINE = 13


@dataclass(frozen=True, slots=True)
class StopShape:
    stop: Stop
    x: int
    lines: tuple[str, ...]
    skipped: Fraction | None


@dataclass(frozen=True, slots=True)
class PageShape:
    label: str
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class EndingShape:
    """`curve` leads from the stop to the box at `x`, `y`."""

    path: Path
    title: str
    x: int
    y: int
    curve: str
    share: Fraction | None


@dataclass(frozen=True, slots=True)
class Drawing:
    width: int
    height: int
    stops: tuple[StopShape, ...]
    pages: tuple[PageShape, ...]
    ends: tuple[EndingShape, ...]
    result_x: int
    contact_x: int | None


def drawing(
    found: JourneyMap, titles: Mapping[str, str], skipped: Mapping[str, Fraction], ended: Mapping[str, Fraction],
    *, has_contact: bool,
) -> Drawing:  # fmt: skip
    """`titles`: name of an ending -> its title; `skipped` and `ended` as core/survey/journey_shares has them."""
    count = len(found.stops)
    known = {stop.name: skipped.get(stop.name) for stop in found.stops if stop.is_conditional}
    stops = tuple(
        StopShape(stop, LEFT + STEP * index, _lines(stop.label), known.get(stop.name))
        for index, stop in enumerate(found.stops)
    )
    pages = tuple(
        PageShape(label, group[0].x - 30, group[-1].x + 30)
        for label, group in ((name, list(some)) for name, some in groupby(stops, key=lambda one: one.stop.page))
    )
    ends = tuple(_end(end, row, titles, ended) for row, end in enumerate(found.endings))
    contact = LEFT + STEP * count if has_contact else None
    result = LEFT + STEP * (count + has_contact)
    width = max(result + STEP, *(end.x + 260 for end in ends), 0)
    return Drawing(width, BRANCH + BRANCH_HEIGHT * len(ends), stops, pages, ends, result, contact)


def _end(end: EndingEntry, row: int, titles: Mapping[str, str], ended: Mapping[str, Fraction]) -> EndingShape:
    start, y = LEFT + STEP * max(end.after - 1, 0), BRANCH + BRANCH_HEIGHT * row
    x = start + 64
    # Between the words below two stops.
    down = start + 46
    curve = f"M{start + 10} {LINE + 10}C{down + 4} {LINE + 22} {down} {y - 34} {down} {y - 18}Q{down} {y} {x} {y}"
    return EndingShape(end.path, titles.get(end.name) or end.name, x, y, curve, ended.get(end.name))


def _lines(label: str) -> tuple[str, ...]:
    """Two short lines at most."""
    lines = wrap(label, LONGEST_LINE)
    return tuple(lines) if len(lines) <= 2 else (lines[0], f"{lines[1][: LONGEST_LINE - 1]}…")
