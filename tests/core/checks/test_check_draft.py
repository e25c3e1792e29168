"""The checks that run with every edit of a draft."""

from __future__ import annotations

from questionnaire.core import policy as policies
from questionnaire.core.checks import check, check_draft
from questionnaire.core.survey import survey as surveys
from tests.authored import authored_file


def test_the_quick_checks_find_what_the_whole_check_finds_without_a_search() -> None:
    raw = authored_file("sales-marketing-alignment/survey.yaml")
    policy, _ = policies.read(authored_file("policies/default.yaml"))
    broken = {**raw, "title": "Hello {{nobody}}"}
    survey, _ = surveys.read(broken)
    assert survey is not None
    assert policy is not None
    found = check_draft(survey, policy)
    assert [problem.code for problem in found] == ["unknown_placeholder"]
    assert set(found) <= set(check(survey, policy).survey)
    assert check_draft(survey, None) == found
