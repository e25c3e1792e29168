"""Minimum and maximum of every axis, and report bands that no respondent reaches."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from questionnaire.core.base.problems import Where
from questionnaire.core.checks.findings import Bounds, Notes
from questionnaire.core.checks.reached import Reached
from questionnaire.core.checks.score_ranges import ScoreRanges
from questionnaire.core.checks.unsearched import scores_not_searched


def bounds(ranges: ScoreRanges) -> Bounds:
    model = ranges.model
    maturity = ranges.maturity.bound(model)
    by_name = {
        name: bound for name, reached in ranges.dimensions.items() if (bound := reached.bound(model)) is not None
    }
    if model.policy is None or scores_not_searched(model.policy):
        return Bounds(maturity=maturity, dimensions=by_name)
    fit, timing, intent = (reached.bound(model) for reached in (ranges.fit, ranges.timing, ranges.intent))
    return Bounds(fit=fit, timing=timing, intent=intent, maturity=maturity, dimensions=by_name)


def check_bands(notes: Notes, ranges: ScoreRanges) -> None:
    report = ranges.model.survey.report
    scales: list[tuple[Where, Any, Reached]] = [(("report", "overall"), report.overall, ranges.maturity)]
    scales += [(("report", "dimensions", name), bands, ranges.dimensions[name])
              for name, bands in report.dimensions.items() if name in ranges.dimensions]  # fmt: skip
    for where, bands, reached in scales:
        if notes.wrong_at(where) or not reached.paths:
            continue
        for index, band in enumerate(bands):
            end = bands[index + 1].from_ if index + 1 < len(bands) else Fraction(1000)
            if reached.excludes(band.from_, end):
                notes.warning("band_unreachable", (*where, index), f"no answers lead to the band from {band.from_}",
                              "move its start, or remove it")  # fmt: skip
