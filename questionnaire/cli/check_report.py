"""The reachable scores of a survey under its policy, and one example answer set for each verdict."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaire.core.checks import Bound, Findings
from questionnaire.core.survey.survey import Survey


def reach(survey: Survey, findings: Findings) -> Iterator[str]:
    """Yields the lines printed after the problems of a survey."""
    yield ""
    yield f"{survey.id} v{survey.version}"
    bounds = findings.bounds
    scores = {"FIT": bounds.fit, "TIMING": bounds.timing, "INTENT from answers": bounds.intent}
    percents = {"maturity": bounds.maturity}
    percents |= {f"maturity of {name}": bound for name, bound in bounds.dimensions.items()}
    for name, bound in scores.items():
        yield from _bound(name, bound, "")
    for name, bound in percents.items():
        yield from _bound(name, bound, " %")
    if findings.unsearched:
        yield f"  Which rules can apply was not searched: {'; '.join(findings.unsearched)}."
    for proof in findings.witnesses:
        yield f"  {proof.what}: {proof.outcome}"
        if proof.witness:
            yield f"      {proof.witness}"


def _bound(name: str, bound: Bound | None, unit: str) -> Iterator[str]:
    if bound is None:
        yield f"  {name}: nothing to measure"
        return
    least, greatest = float(bound.least), float(bound.greatest)
    doubt = "" if bound.exact else ", as far as was searched"
    yield f"  {name}: {least:g} to {greatest:g}{unit}{doubt}"
    yield f"      least with {bound.at_least}"
    yield f"      most with {bound.at_most}"
