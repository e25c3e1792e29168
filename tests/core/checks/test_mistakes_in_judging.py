"""What the check says of segments, lists of one's own, campaigns and other facts, and what it does not search."""

from __future__ import annotations

from functools import cache

import pytest

from questionnaire.core.base.problems import Problem, Where
from questionnaire.core.checks import check, check_policy
from tests.core.authoring import policy, survey

HIDDEN = "{hidden_fields: [{name: plan, trust: signed}], languages: [en, de], title: {en: A, de: B}}"


@cache
def usual(asked: str) -> frozenset[tuple[str, Where]]:
    return frozenset((problem.code, problem.where) for problem in check(survey(change=asked), policy()).policy)


def found(change: str, asked: str = "{}") -> list[Problem]:
    """The problems of a policy that a change of the minimal policy adds."""
    problems = check(survey(change=asked), policy(change)).policy
    return [problem for problem in problems if (problem.code, problem.where) not in usual(asked)]


def rule(when: str) -> str:
    return f"disqualify: [{{when: {when}, reason: other}}]"


@pytest.mark.parametrize(
    ("when", "code", "message", "hint"),
    [
        ("{campaign.sources: x}", "unknown_name", "a campaign has no `sources`", "did you mean `source`?"),
        ("{campaign.source: LinkedIn}", "unknown_comparison", "`LinkedIn` never fits", "write `linkedin`"),
        ("{hidden.plans: gold}", "unknown_name", "no survey has the hidden field `plans`", "did you mean `plan`?"),
        ("{claim.nothing: gold}", "unknown_name", "hidden field `nothing`", "use a name under `hidden_fields`"),
        ("{score.speed: {gte: 3}}", "unknown_name", "no survey has the dimension `speed`", "name of a dimension"),
        ("{language: dee}", "unknown_comparison", "no survey is in `dee`", "did you mean `de`?"),
        ("{survey: plane}", "unknown_comparison", "there is no survey `plane`", "did you mean `plain`?"),
        ("{domain_in: named}", "unknown_comparison", "`named` is not a list", ""),
        ("{hiden.plan: gold}", "unknown_name", "`hiden.plan`", "did you mean `hidden.plan`?"),
    ],
)  # fmt: skip
def test_a_wrong_name_or_value_is_found_with_the_nearest_one(when: str, code: str, message: str, hint: str) -> None:
    (problem,) = found(rule(when), HIDDEN)
    assert problem.code == code
    assert message in problem.message
    assert hint in problem.hint


def test_facts_of_a_response_are_no_mistakes() -> None:
    for when in ("{campaign.source: linkedin, language: de}", "{hidden.plan: gold, survey: plain}",
                 "{campaign.source: {known: false}, language: {known: true}}"):  # fmt: skip
        assert found(rule(when), HIDDEN) == []


def test_without_a_survey_only_campaigns_are_known_in_full() -> None:
    judged = policy(rule("{hidden.anything: 1, score.anything: {gte: 1}, calculated.cost: 3, campaign.nmae: x}"))
    codes = [(problem.code, problem.hint) for problem in check_policy(judged).policy if "disqualify" in problem.where]
    assert codes == [("unknown_name", "did you mean `name`?")]


def test_a_list_almost_called_like_a_usual_one_is_a_mistake() -> None:
    (problem,) = found("lists: {competitor: [rival.example]}")
    assert (problem.code, problem.hint) == ("unknown_list", "did you mean `competitors`?")
    assert [problem.code for problem in found("lists: {named_accounts: [big.example]}")] == ["unused_list"]
    used = "lists: {named_accounts: [big.example]}\nsegments: [{id: named, when: {domain_in: named_accounts}}]"
    assert [problem.code for problem in found(used)] == ["segment_never"]


def test_a_segment_must_not_rest_on_its_own_points() -> None:
    for fact in ("fit: {gte: 40}", "label: A1", "stage: mql", "total: 3"):
        (problem,) = found(f"segments: [{{id: good, when: {{{fact}}}, mql: {{threshold: 1}}}}]")
        assert (problem.code, problem.where[:3]) == ("fact_too_early", ("segments", 0, "when"))
        assert "rests on the points of the segment" in problem.message


def test_the_policy_of_a_segment_is_checked_too_and_its_problems_name_it() -> None:
    change = """segments: [{id: big, when: {size: core}, intent: {signals: {visit: {points: 90}}},
        checklist: [{id: A, text: A, check: {sizze: core}}]}]"""
    problems = {problem.code: problem for problem in found(change)}
    assert problems["points_lost"].where == ("segments", 0, "intent", "signals", "visit", "points")
    assert problems["unknown_name"].hint == "did you mean `size`?"
    assert problems["unknown_name"].message.startswith("in the segment `big`: ")
    assert len(problems) == 2


def test_an_unknown_name_in_the_condition_of_a_segment_is_found() -> None:
    (problem,) = found("segments: [{id: big, when: {sise: core}, mql: {threshold: 1}}]")
    assert (problem.code, problem.where) == ("unknown_name", ("segments", 0, "when", "sise"))


@pytest.mark.parametrize(
    "change",
    [
        "segments: [{id: big, when: {size: core}, mql: {threshold: 1}}]",
        "fit: {criteria: {size: {levels: {micro: -5}}}}",
        rule("{campaign.source: linkedin}"),
        rule("{language: de}"),
    ],
)
def test_segments_points_against_a_lead_and_facts_of_a_response_are_searched(change: str) -> None:
    findings = check(survey(change=HIDDEN), policy(change))
    assert findings.unsearched == ()
    assert {proof.outcome for proof in findings.witnesses} == {"example", "impossible"}
    assert findings.bounds.fit is not None, "no segment changes its points"


def test_a_segment_that_changes_what_decides_about_it_is_not_searched() -> None:
    change = """segments: [{id: big, when: {size: core}, fit: {criteria: {size: {bands: {core: [9, 500]}}}}},
        {id: near, when: {hand_raise: true}, mql: {immediate_on: [visit]}}]"""
    findings = check(survey(), policy(change))
    assert findings.witnesses == ()
    assert findings.unsearched[0] == (
        "the segment `big` changes how `size` is measured, and `size` decides the segments"
    )


SEGMENTS = """
segments:
  - {id: big, when: {size: core}, checklist: [{id: B-1, text: B, check: {size: small}}]}
  - {id: large, when: {all: [{size: core}, {duplicate: true}]}, mql: {threshold: 1}}
  - {id: other, when: {language: en}, mql: {threshold: 90}}
"""


def test_what_is_impossible_in_a_segment_is_said_of_it() -> None:
    findings = check(survey(), policy(SEGMENTS))
    told = {(problem.code, problem.where): problem.message for problem in findings.policy}
    assert told["segment_never", ("segments", 1, "when")] == (
        "nobody who answers only this survey is in the segment `large`"
    )
    where = ("segments", 0, "checklist", 0)
    assert told["box_never", where].startswith("in the segment `big`: nobody who answers only this survey checks")
    outcomes = {proof.what: proof.outcome for proof in findings.witnesses}
    assert outcomes["segment big"] == outcomes["segment other: verdict nurture"] == "example"
    assert outcomes["no segment"] == outcomes["segment large"] == "impossible"
    assert "segment large: verdict nurture" not in outcomes


def test_a_usual_policy_is_searched() -> None:
    findings = check(survey(), policy())
    assert findings.unsearched == ()
    assert findings.witnesses
