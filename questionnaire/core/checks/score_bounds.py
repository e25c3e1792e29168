"""Minimum and maximum of every axis, and report bands that no respondent reaches."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from questionnaire.core.base.problems import Where
from questionnaire.core.checks.findings import Bound, Bounds, Notes
from questionnaire.core.checks.limits import Limits
from questionnaire.core.checks.reached import Reached
from questionnaire.core.checks.score_ranges import ScoreRanges
from questionnaire.core.policy import Policy


def bounds(ranges: ScoreRanges) -> Bounds:
    model, policy = ranges.model, ranges.model.policy
    of_dimension = {name: [item.name for item in items] for name, items in model.survey.items_of.items()}
    measured = [variable.name for variable in model.variables if variable.dimension]
    maturity = ranges.maturity.bound(model, measured)
    found = {name: reached.bound(model, of_dimension.get(name, ())) for name, reached in ranges.dimensions.items()}
    dimensions = {name: bound for name, bound in found.items() if bound is not None}
    left_out = frozenset(name for name, one in ranges.dimensions.items() if not one.paths and not one.exhaustive)
    segmented = _segmented(policy) if policy is not None else frozenset[str]()
    own = {axis: bound for axis, bound in (axes(ranges) if policy else {}).items() if axis not in segmented}
    return Bounds(own.get("fit"), own.get("timing"), own.get("intent"), maturity=maturity, dimensions=dimensions,
                  left_out=left_out, segmented=segmented)  # fmt: skip


def axes(ranges: ScoreRanges) -> dict[str, Bound | None]:
    """The bounds of each axis under the policy of the model, whoever is in a segment of it."""
    model, policy = ranges.model, ranges.model.policy
    assert policy is not None
    emitting = [variable.name for variable in model.variables if any(option.emits for option in variable.options)]
    return {
        "fit": ranges.fit.bound(model, model.for_criteria(policy.fit.criteria)),
        "timing": ranges.timing.bound(model, model.for_criteria(policy.timing.criteria)),
        "intent": ranges.intent.bound(model, emitting),
    }


def limits_by_segment(parts: Iterable[tuple[str, ScoreRanges]], policy: Policy) -> dict[str, dict[str, Limits]]:
    """What nobody exceeds on the axes whose points segments change, under the points of each part."""
    segmented = _segmented(policy)
    found = {word: axes(ranges) for word, ranges in parts} if segmented else {}
    return {
        word: {axis: bound.limits or (bound.least, bound.greatest) for axis in segmented if (bound := bounds[axis])}
        for word, bounds in found.items()
    }


def _segmented(policy: Policy) -> frozenset[str]:
    """The axes on which a segment gives other points."""
    under = [policy.for_segment(segment.id) for segment in policy.segments]
    axes = ("fit", "timing", "intent")
    return frozenset(axis for axis in axes if any(getattr(one, axis) != getattr(policy, axis) for one in under))


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
