"""What the authors of every survey believe in, one test for each case they wrote."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from questionnaire.core.cases import compare, conclude, lead_of
from questionnaire.library.catalogue import SurveyFolder, find_policy, survey_beside
from questionnaire.library.domains import known_domains
from questionnaire.library.load import load_cases, load_survey
from tests.conventions.checkout import ROOT


def _cases() -> Iterator[Any]:
    for path in SurveyFolder(ROOT / "surveys").cases(features=True):
        cases, problems = load_cases(path)
        beside = survey_beside(path)
        assert cases is not None, problems
        assert beside is not None, path
        survey, problems = load_survey(beside)
        assert survey is not None, problems
        policy, problems = find_policy(cases.value.policy or survey.value.policy, beside)
        assert policy is not None, problems
        for case in cases.value.cases:
            yield pytest.param(case, survey.value, policy.value, id=f"{survey.value.id}: {case.name}")


@pytest.mark.parametrize(("case", "survey", "policy"), list(_cases()))
def test_what_the_authors_expect_is_what_comes(case: Any, survey: Any, policy: Any) -> None:
    lead, problems = lead_of(case, survey, policy)
    assert lead is not None, problems
    assert compare(case.expect, conclude(lead, policy, known_domains()).transcript) == ()
