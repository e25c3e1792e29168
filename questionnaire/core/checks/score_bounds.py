"""Minimum and maximum of every axis, and report bands that no respondent reaches."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from questionnaire.core.base.problems import Where
from questionnaire.core.checks.findings import Bound, Bounds, Notes
from questionnaire.core.checks.maturity_bounds import MaturityBounds
from questionnaire.core.checks.model import Model
from questionnaire.core.checks.reachability import Reached, intent, points
from questionnaire.core.checks.unsearched import scores_not_searched


def bounds(model: Model, dimensions: Mapping[str, Reached], overall: MaturityBounds) -> Bounds:
    policy, overall_bound = model.policy, overall.reached.bound(model)
    if overall_bound is not None:
        overall_bound = Bound(
            overall_bound.least, overall_bound.greatest, overall_bound.at_least, overall_bound.at_most, overall.exact
        )
    by_name = {name: bound for name, reached in dimensions.items() if (bound := reached.bound(model)) is not None}
    if policy is None or scores_not_searched(policy):
        return Bounds(maturity=overall_bound, dimensions=by_name)
    return Bounds(
        fit=points(model, policy.fit.criteria, policy.fit.max).bound(model),
        timing=points(model, policy.timing.criteria, policy.timing.max).bound(model),
        intent=intent(model, policy).bound(model),
        maturity=overall_bound,
        dimensions=by_name,
    )


def check_bands(notes: Notes, model: Model, dimensions: Mapping[str, Reached], overall: MaturityBounds) -> None:
    report = model.survey.report
    scales: list[tuple[Where, Any, Reached]] = [(("report", "overall"), report.overall, overall.reached)]
    scales += [(("report", "dimensions", name), bands, dimensions[name])
              for name, bands in report.dimensions.items() if name in dimensions]  # fmt: skip
    for where, bands, reached in scales:
        if notes.wrong_at(where) or not reached.paths:
            continue
        exact = overall.exact if where[1] == "overall" else reached.exhaustive
        for index, band in enumerate(bands):
            end = bands[index + 1].from_ if index + 1 < len(bands) else Fraction(1000)
            inside = any(band.from_ <= value < end for value in reached.paths)
            is_outside = exact and (max(reached.paths) < band.from_ or min(reached.paths) >= end)
            if not inside and (reached.exhaustive or is_outside):
                notes.warning("band_unreachable", (*where, index), f"no answers lead to the band from {band.from_}",
                              "move its start, or remove it")  # fmt: skip
