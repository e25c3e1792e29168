"""The reachable scores of a survey under its policy, and one example answer set for each verdict."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaire.core.checks import Bound, Findings, FormulaRange
from questionnaire.core.survey.survey import Survey


def reach(survey: Survey, findings: Findings) -> Iterator[str]:
    """Yields the lines printed after the problems of a survey."""
    yield ""
    yield f"{survey.id} v{survey.version}"
    bounds = findings.bounds
    for name, range_ in bounds.calculated.items():
        yield f"  {name}: {_range(range_)}"
    scores = {"FIT": bounds.fit, "TIMING": bounds.timing, "INTENT from answers": bounds.intent}
    percents = {"maturity": bounds.maturity}
    percents |= {f"maturity of {name}": bound for name, bound in bounds.dimensions.items()}
    for name, bound in scores.items() if bounds.scores_searched else ():
        yield from _bound(name, bound, "")
    if not bounds.scores_searched:
        yield "  FIT, TIMING and INTENT: not searched"
    if not bounds.maturity_searched:
        yield "  maturity: not searched"
    for name, bound in percents.items() if bounds.maturity_searched else ():
        nested = name == "maturity" and any(dimension.parts for dimension in survey.dimensions)
        if nested:
            yield "  maturity: not searched, for dimensions have dimensions of their own"
        else:
            yield from _bound(name, bound, " %")
    if findings.unsearched:
        yield f"  Which rules can apply was not searched: {'; '.join(findings.unsearched)}."
    for proof in findings.witnesses:
        yield f"  {proof.what}: {proof.outcome}"
        if proof.witness:
            yield f"      {proof.witness}"


def _range(range_: FormulaRange) -> str:
    """The least and greatest value; what is only a bound is said to be one."""
    least, greatest = ("?" if end is None else f"{float(end):.12g}" for end in (range_.least, range_.greatest))
    return f"{least} to {greatest}" if range_.reached else f"between {least} and {greatest}, which may not be reached"


def _bound(name: str, bound: Bound | None, unit: str) -> Iterator[str]:
    if bound is None:
        yield f"  {name}: nothing to measure"
        return
    least, greatest = float(bound.least), float(bound.greatest)
    doubt = "" if bound.exact else ", as far as was searched"
    yield f"  {name}: {least:g} to {greatest:g}{unit}{doubt}"
    yield f"      least with {bound.at_least}"
    yield f"      most with {bound.at_most}"
