"""The reachable scores of a survey under its policy, and which rules can apply: a table with an example each."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from questionnaire.core.checks import Bound, Findings, FormulaRange, Witness
from questionnaire.core.survey.survey import Survey

CLAIM, OUTCOME, EXAMPLE = 36, 26, 72
OUTCOMES = {"example": "possible", "impossible": "impossible", "no example found": "not searched to the end"}


def reach(survey: Survey, findings: Findings) -> Iterator[str]:
    """Yields the lines printed after the problems of a survey."""
    yield ""
    yield f"{survey.id} v{survey.version}: of people who answer only this survey; signals may come from anywhere."
    yield "Scores are those on finishing. “Impossible” also holds later, when answers and signals have expired."
    yield from _row("Claim", "Result", ["Example (* decides)"])
    yield from _row("-" * (CLAIM - 2), "-" * (OUTCOME - 2), ["-" * EXAMPLE])
    bounds = findings.bounds
    for name, range_ in bounds.calculated.items():
        yield from _row(name, _range(range_), [])
    shown = (("FIT", "fit", bounds.fit), ("TIMING", "timing", bounds.timing))
    for name, axis, bound in (*shown, ("INTENT from answers", "intent", bounds.intent)):
        of_parts = [(word, limits[axis]) for word, limits in bounds.by_segment.items() if axis in limits]
        if not of_parts:
            segmented = axis in bounds.segmented
            yield from _bound(name, bound, "", "depends on the segment" if segmented else "nothing to measure")
        for word, (least, greatest) in of_parts:
            found = f"between {float(least):g} and {float(greatest):g}, which may not be reached"
            yield from _row(f"{word}: {name}", found, [])
    measured = {name for name, items in survey.items_of.items() if items}
    yield from _bound("maturity", bounds.maturity, " %", _without(bool(measured), bool(bounds.left_out)))
    for name in survey.dimensions_by_name:
        bound = bounds.dimensions.get(name)
        yield from _bound(f"maturity of {name}", bound, " %", _without(name in measured, name in bounds.left_out))
    if findings.unsearched:
        yield f"  Which rules can apply was not searched: {'; '.join(findings.unsearched)}."
    for proof in findings.witnesses:
        example = _marked(proof.witness, proof.decided_by) if proof.witness else []
        yield from _row(proof.what, OUTCOMES[proof.outcome], example)


def _without(is_measured: bool, is_left_out: bool) -> str:
    """What is said of a maturity without an example."""
    if not is_measured:
        return "nothing to measure"
    return "not searched" if is_left_out else "no example found"


def _range(range_: FormulaRange) -> str:
    """The least and greatest value; what is only a bound is said to be one."""
    least, greatest = ("?" if end is None else f"{float(end):.12g}" for end in (range_.least, range_.greatest))
    return f"{least} to {greatest}" if range_.reached else f"between {least} and {greatest}, which may not be reached"


def _bound(name: str, bound: Bound | None, unit: str, without: str) -> Iterator[str]:
    if bound is None:
        yield from _row(name, without, [])
        return
    low, high = bound.limits or (bound.least, bound.greatest)
    for word, value, limit, person, proof in (
        ("least", bound.least, low, bound.at_least, "never below"),
        ("greatest", bound.greatest, high, bound.at_most, "never above"),
    ):
        doubt = "" if value == limit else f" found, {proof} {float(limit):g}"
        yield from _row(f"{name}, {word}", f"{float(value):g}{unit}{doubt}", _marked(person, bound.decided_by))


def _marked(person: Witness, decided_by: frozenset[str]) -> list[str]:
    """The example as text: what decides, marked, and whether there is more, which makes no difference."""
    decisive = [f"*{text}" for name, text in person.parts if name in decided_by]
    decisive += [f"*{fact}" for fact in person.outside]
    others = ["others: any"] if len(person.parts) > len(decisive) - len(person.outside) else []
    return textwrap.wrap(", ".join([*decisive, *others]), EXAMPLE)


def _row(claim: str, outcome: str, example: list[str]) -> Iterator[str]:
    claims, outcomes = textwrap.wrap(claim, CLAIM - 2), textwrap.wrap(outcome, OUTCOME - 2)
    for index in range(max(len(claims), len(outcomes), len(example))):
        cells = [cell[index] if index < len(cell) else "" for cell in (claims, outcomes, example)]
        yield f"  {cells[0]:{CLAIM}}{cells[1]:{OUTCOME}}{cells[2]}".rstrip()
