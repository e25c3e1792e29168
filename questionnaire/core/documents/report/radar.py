"""The scores of five dimensions or more as a radar: a drawing 200 units wide and high, its centre at 100, 100.

The spokes are in the survey's order, because a drawing sorted by score is always the same spiral. Each spoke has the
number of its bar and chapter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, pi, sin

from questionnaire.core.documents.report.context import ReportContext
from questionnaire.core.documents.view_parts import share_of

FEWEST = 5
RADIUS, LABEL_RADIUS = 78.0, 90.0
QUARTERS = (25, 50, 75)


@dataclass(frozen=True, slots=True)
class Spoke:
    """The end of an axis, the point of its score on it, and the place and text of its number."""

    x: float
    y: float
    score_x: float
    score_y: float
    label_x: float
    label_y: float
    number: int


@dataclass(frozen=True, slots=True)
class Radar:
    """`rings` and `shape` are lists of points as SVG writes them; the last ring is the outer one, 100."""

    rings: tuple[str, ...]
    shape: str
    spokes: tuple[Spoke, ...]


def radar(context: ReportContext) -> Radar | None:
    """Returns None unless the survey wants one and enough dimensions have a score."""
    scores = context.maturity.dimensions
    if context.survey.report.charts.dimensions != "radar" or len(scores) < FEWEST:
        return None
    numbers = {name: number for number, name in enumerate(context.maturity.order, start=1)}
    angles = [2 * pi * index / len(scores) for index in range(len(scores))]
    inner = sorted({one.from_ for one in context.survey.report.overall if one.from_}) or QUARTERS
    spokes = tuple(
        Spoke(
            *_point(angle, RADIUS),
            *_point(angle, RADIUS * share_of(score.value) / 100),
            *_point(angle, LABEL_RADIUS),
            numbers[score.name],
        )
        for angle, score in zip(angles, scores, strict=True)
    )
    rings = tuple(_points(_point(angle, RADIUS * end / 100) for angle in angles) for end in (*inner, 100))
    return Radar(rings, _points((spoke.score_x, spoke.score_y) for spoke in spokes), spokes)


def _point(angle: float, distance: float) -> tuple[float, float]:
    """The first spoke points up, the others follow clockwise."""
    return round(100 + distance * sin(angle), 2), round(100 - distance * cos(angle), 2)


def _points(pairs: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in pairs)
