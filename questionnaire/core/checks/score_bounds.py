"""The least and the greatest of every axis, and the bands nobody falls into."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from questionnaire.core.base.problems import Where
from questionnaire.core.checks.findings import Bound, Bounds, Notes
from questionnaire.core.checks.maturity_bounds import MaturityBounds
from questionnaire.core.checks.model import Model
from questionnaire.core.checks.reachability import Reached, intent, points


def bounds(model: Model, dimensions: Mapping[str, Reached], overall: MaturityBounds) -> Bounds:
    policy, said = model.policy, overall.reached.bound(model)
    if said is not None:
        said = Bound(said.least, said.greatest, said.at_least, said.at_most, overall.sure)
    by_name = {name: found for name, reached in dimensions.items() if (found := reached.bound(model)) is not None}
    if policy is None:
        return Bounds(maturity=said, dimensions=by_name)
    return Bounds(
        fit=points(model, policy.fit.criteria, policy.fit.max).bound(model),
        timing=points(model, policy.timing.criteria, policy.timing.max).bound(model),
        intent=intent(model, policy).bound(model),
        maturity=said,
        dimensions=by_name,
    )


def check_bands(notes: Notes, model: Model, dimensions: Mapping[str, Reached], overall: MaturityBounds) -> None:
    report = model.survey.report
    found: list[tuple[Where, Any, Reached]] = [(("report", "overall"), report.overall, overall.reached)]
    found += [(("report", "dimensions", name), bands, dimensions[name])
              for name, bands in report.dimensions.items() if name in dimensions]  # fmt: skip
    for where, bands, reached in found:
        if notes.wrong_at(where) or not reached.ways:
            continue
        sure = overall.sure if where[1] == "overall" else reached.all
        for index, band in enumerate(bands):
            end = bands[index + 1].from_ if index + 1 < len(bands) else Fraction(1000)
            inside = any(band.from_ <= value < end for value in reached.ways)
            beyond = sure and (max(reached.ways) < band.from_ or min(reached.ways) >= end)
            if not inside and (reached.all or beyond):
                notes.warning("band_unreachable", (*where, index), f"no answers lead to the band from {band.from_}",
                              "move its start, or remove it")  # fmt: skip
