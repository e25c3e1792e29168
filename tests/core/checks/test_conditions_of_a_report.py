"""Conditions of next steps and content blocks know what a response brings along, and are checked and proved so."""

from __future__ import annotations

import pytest

from questionnaire.core.checks import Findings, check
from tests.core.authoring import policy, survey

ASKED = "- {name: q, type: scale, title: Q, from: 0, to: 4, dimension: data}"
CHANGE = """
languages: [en, fr]
display: {gate: none}
hidden_fields: [{name: partner}]
dimensions: [{name: data, title: Data}]
report:
  blocks: {one: {text: A}, two: {text: B}}
  next_step: [{when: %s, block: one}, {block: two}]
  content_blocks: [{id: seen, after: summary, text: {en: C, fr: D}, when: %s}]
"""


def found(condition: str) -> Findings:
    return check(survey(ASKED, CHANGE % (condition, condition)), policy())


@pytest.mark.parametrize(
    "condition",
    ["{language: fr}", "{survey: plain}", "{campaign.source: linkedin}", "{first_campaign.medium: cpc}",
     "{hidden.partner: acme}", "{claim.partner: acme}", "{score.data: {gte: 50}}"],
)  # fmt: skip
def test_a_report_may_ask_where_somebody_came_from(condition: str) -> None:
    findings = found(condition)
    wrong = {problem.code for problem in findings.survey} & {"unknown_name", "unknown_comparison", "rule_never"}
    assert wrong == set()
    for what in ("next step 1 one", "content block seen"):
        proof = findings.proof(what)
        assert proof is not None
        assert proof.outcome == "example", what


@pytest.mark.parametrize(
    ("condition", "codes"),
    [
        ("{language: de}", {"unknown_comparison"}),
        ("{campaign.source: LinkedIn}", {"unknown_comparison"}),
        ("{score.dat: {gte: 50}}", {"unknown_name"}),
        ("{hidden.partnr: acme}", {"unknown_name"}),
    ],
)
def test_a_wrong_name_or_value_is_reported_for_a_step_and_a_block(condition: str, codes: set[str]) -> None:
    places = {(problem.code, problem.where[1]) for problem in found(condition).survey if problem.code in codes}
    assert places == {(code, part) for code in codes for part in ("next_step", "content_blocks")}


def test_a_score_that_nobody_has_makes_a_step_impossible() -> None:
    findings = found("{score.data: {gt: 100}}")
    assert {(problem.code, problem.where[1]) for problem in findings.survey if problem.code == "rule_never"} == {
        ("rule_never", "next_step"), ("rule_never", "content_blocks"),
    }  # fmt: skip
