"""Steps of a question that fall between two bands of its criterion: `49.5` between 49 and 50.

Without `step` a question takes any number, but people answer in whole ones, so nothing is reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from questionnaire.core.base.problems import Where
from questionnaire.core.base.quantities import Exact
from questionnaire.core.checks.check_questions import places
from questionnaire.core.checks.findings import Notes
from questionnaire.core.policy import Policy
from questionnaire.core.policy.axes import Criterion
from questionnaire.core.survey.questions import Question
from questionnaire.core.survey.questions.question import Constraints
from questionnaire.core.survey.survey import Survey


def check_band_holes(notes: Notes, survey: Survey, policy: Policy) -> None:
    asked: list[tuple[Where, Question]] = [*places(survey)]
    asked += [(("contact", "fields", index), field.question) for index, field in enumerate(survey.contact_fields)]
    for where, question in asked:
        criterion = policy.criteria.get(question.criterion or "")
        if criterion is None or question.kind != "number":
            continue
        for low, high, value in _holes(criterion, question.constraints):
            notes.warning("band_hole", (*where, "criterion"),
                          f"{value} finds no level of `{question.criterion}`: bands end at {low} and go on at {high}",
                          "write `step: 1`, or end the band later")  # fmt: skip


def _holes(criterion: Criterion, limits: Constraints) -> Iterator[tuple[str, str, str]]:
    """The end of a band, the start of the next one, and a number between them that the question accepts."""
    ordered = sorted(criterion.bands.values(), key=lambda band: (band[0] is not None, band[0] or 0))
    for (_, end), (start, _) in pairwise(ordered):
        # A gap wider than 1 is a mistake of the policy, whatever the question accepts.
        if end is not None and start is not None and 0 < start - end <= 1:
            value = _between(Fraction(end), Fraction(start), limits)
            if value is not None:
                yield decimal_text(end), decimal_text(start), decimal_text(value)


def _between(end: Fraction, start: Fraction, limits: Constraints) -> Fraction | None:
    if limits.step is None:
        return None
    base, step = Fraction(limits.min or 0), Fraction(limits.step)
    value = base + ((end - base) // step + 1) * step
    inside = (limits.min is None or value >= limits.min) and (limits.max is None or value <= limits.max)
    return value if end < value < start and inside else None


def decimal_text(value: Exact) -> str:
    """`49.5`, never `99/2`."""
    return str(value) if isinstance(value, int) or value.denominator == 1 else f"{float(value):g}"
