"""What the check says of a policy with segments: what is impossible in one of them, and what in all."""

from __future__ import annotations

from questionnaire.cli.check_report import reach
from questionnaire.core.base.problems import path_text
from questionnaire.core.checks import check
from tests.core.authoring import policy, survey

BIG = "segments: [{id: big, when: {size: core}, mql: {threshold: 1}}]"
CONTACT = "contact: {fields: [{name: email, type: email, required: true}]}"
BLOCKS = "blocks: {one: {text: A}, two: {text: B}}"


def unreachable_steps(condition: str) -> list[tuple[str, str]]:
    change = f"{CONTACT}\nreport: {{{BLOCKS}, next_step: [{{when: {condition}, block: one}}, {{block: two}}]}}"
    return [(problem.code, path_text(problem.where)) for problem in check(survey(change=change), policy(BIG)).survey]


def test_a_next_step_is_reported_where_it_is_impossible_in_every_segment() -> None:
    assert unreachable_steps("{all: [{timeline: later}, {budget: 'yes'}]}") == [("rule_never", "report.next_step[0]")]
    assert unreachable_steps("{size: small}") == []


def test_a_rule_that_is_impossible_in_one_segment_alone_is_not_reported() -> None:
    findings = check(survey(), policy(f"disqualify: [{{when: {{size: small}}, reason: small}}]\n{BIG}"))
    outcomes = {proof.what: proof.outcome for proof in findings.witnesses}
    assert outcomes["disqualify small"] == "example"
    assert outcomes["segment big: disqualify small"] == "impossible"
    assert not [problem for problem in findings.policy if "disqualify" in problem.where]


def test_what_a_segment_takes_over_from_the_policy_is_reported_once() -> None:
    change = """
    fit: {criteria: {sector: {levels: {never: 1}}}}
    segments: [{id: big, when: {size: core}, fit: {criteria: {size: {levels: {core: 20}}}}}]
    """
    places = [
        problem.where for problem in check(survey(), policy(change)).policy if problem.code == "level_unreachable"
    ]
    assert places == [("fit", "criteria", "sector", "levels", "never")]


def test_an_axis_whose_points_a_segment_changes_has_limits_in_each() -> None:
    worth_more = "fit: {criteria: {size: {levels: {core: 40}}}}"
    findings = check(survey(), policy(f"segments: [{{id: big, when: {{size: core}}, {worth_more}}}]"))
    bounds = findings.bounds
    assert bounds.fit is None
    assert bounds.by_segment == {"no segment": {"fit": (0, 60)}, "segment big": {"fit": (0, 70)}}
    assert bounds.timing is not None
    assert bounds.timing.greatest == 60
    told = [" ".join(line.split()) for line in reach(survey(), findings)]
    assert "segment big: FIT between 0 and 70, which" in told
    assert any(line.startswith("TIMING, greatest 60 *") for line in told)


def test_an_axis_that_is_not_searched_for_each_segment_has_no_limits() -> None:
    measured = "fit: {criteria: {size: {bands: {core: [9, 500]}}}}"
    findings = check(survey(), policy(f"segments: [{{id: big, when: {{size: core}}, {measured}}}]"))
    assert findings.bounds.fit is None
    assert not findings.bounds.by_segment
    assert "FIT depends on the segment" in [" ".join(line.split()) for line in reach(survey(), findings)]


def test_a_segment_of_amounts_that_no_answers_give_is_neither_found_nor_called_impossible() -> None:
    asked = "- {name: hours, type: number, min: 0, max: 9, title: Hours}"
    change = "display: {gate: none}\ncalculated: [{name: v, formula: hours - hours}]"
    judged = policy("segments: [{id: odd, when: {calculated.v: {gt: 0}}, mql: {threshold: 1}}]")
    findings = check(survey(asked, change), judged)
    proof = findings.proof("segment odd")
    assert proof is not None
    assert (proof.outcome, proof.witness) == ("no example found", None)
    assert "segment_never" not in {problem.code for problem in findings.policy}
