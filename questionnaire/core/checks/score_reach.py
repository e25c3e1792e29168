"""What respondents can reach on each axis, without the other proofs of a check: for a page that shows only this."""

from __future__ import annotations

from questionnaire.core.checks.build_model import build
from questionnaire.core.checks.findings import Bounds
from questionnaire.core.checks.score_bounds import bounds
from questionnaire.core.checks.score_ranges import ScoreRanges
from questionnaire.core.policy import Policy
from questionnaire.core.survey.survey import Survey


def score_reach(survey: Survey, policy: Policy) -> Bounds:
    return bounds(ScoreRanges(build(survey, policy, {})))
