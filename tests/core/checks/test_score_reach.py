"""What answers reach on each axis, without the rest of a check."""

from __future__ import annotations

from questionnaire.core import policy as policies
from questionnaire.core.checks import check
from questionnaire.core.checks.score_reach import score_reach
from questionnaire.core.survey import survey as surveys
from tests.core.checks.example import raw_policy, raw_survey


def test_the_reach_of_the_sample_is_that_of_its_check() -> None:
    survey, policy = surveys.read(raw_survey())[0], policies.read(raw_policy())[0]
    assert survey is not None
    assert policy is not None
    found, whole = score_reach(survey, policy), check(survey, policy).bounds
    for axis in ("fit", "intent", "timing", "maturity"):
        mine, theirs = getattr(found, axis), getattr(whole, axis)
        assert (mine.least, mine.greatest, mine.exact) == (theirs.least, theirs.greatest, theirs.exact), axis
    assert (found.fit.least, found.fit.greatest) == (0, 70)  # type: ignore[union-attr]  # measured
