"""Minimum and maximum of every axis, and report bands that no respondent reaches."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from questionnaire.core.base.problems import Where
from questionnaire.core.checks.findings import Bounds, Notes
from questionnaire.core.checks.reached import Reached
from questionnaire.core.checks.score_ranges import ScoreRanges


def bounds(ranges: ScoreRanges) -> Bounds:
    model, policy = ranges.model, ranges.model.policy
    of_dimension = {name: [item.name for item in items] for name, items in model.survey.items_of.items()}
    measured = [variable.name for variable in model.variables if variable.dimension]
    maturity = ranges.maturity.bound(model, measured)
    found = {name: reached.bound(model, of_dimension.get(name, ())) for name, reached in ranges.dimensions.items()}
    dimensions = {name: bound for name, bound in found.items() if bound is not None}
    left_out = frozenset(name for name, one in ranges.dimensions.items() if not one.paths and not one.exhaustive)
    if policy is None or policy.segments:
        by_segment = policy is not None
        return Bounds(maturity=maturity, dimensions=dimensions, left_out=left_out, by_segment=by_segment)
    emitting = [variable.name for variable in model.variables if any(option.emits for option in variable.options)]
    return Bounds(
        fit=ranges.fit.bound(model, model.for_criteria(policy.fit.criteria)),
        timing=ranges.timing.bound(model, model.for_criteria(policy.timing.criteria)),
        intent=ranges.intent.bound(model, emitting),
        maturity=maturity,
        dimensions=dimensions,
        left_out=left_out,
    )


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
