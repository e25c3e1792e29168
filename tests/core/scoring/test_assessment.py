"""The assessment of evidence under a policy."""

from __future__ import annotations

import pytest

from questionnaire.core.base.stage import Stage
from questionnaire.core.cases import CaseLead
from questionnaire.core.scoring.assessment import is_sql_ready, next_step
from questionnaire.core.scoring.evidence import History
from tests.cast import anna, anna_again, assess_lead, bruno, example_policy, example_survey, marc, sofia, tom
from tests.core.authoring import GOOD, QUESTIONS, assessed, at, filled, survey


@pytest.mark.parametrize(
    ("lead", "step"),
    [(anna(), "book_demo"), (tom(), "send_guide"), (sofia(), "send_guide"), (bruno(), "thanks_only"),
     (marc(), "thanks_only")],
    ids=["anna", "tom", "sofia", "bruno", "marc"],
)  # fmt: skip
def test_the_next_step_follows_the_verdict(lead: CaseLead, step: str) -> None:
    assert assess_lead(lead).next_step == step


def test_only_an_sql_ready_lead_is_handed_to_sales() -> None:
    assert [is_sql_ready(assess_lead(lead)) for lead in (anna(), tom(), sofia(), bruno(), marc())] == [
        True, False, False, False, False
    ]  # fmt: skip


def test_a_second_response_updates_the_lead() -> None:
    found = assess_lead(anna(), anna_again())
    assert found.survey is example_survey()
    assert found.policy is example_policy()
    assert found.at == anna_again().at
    assert (found.scorecard.fit.score, found.scorecard.timing.score, found.scorecard.intent.score) == (60, 40, 85)
    assert {name: known.value for name, known in found.evidence.known.items() if name in ("timeline", "budget")} == {
        "timeline": "m3_6", "budget": "estimated"
    }  # fmt: skip
    assert found.evidence.known["seniority"].source == "contact job_title = VP, Sales"
    assert found.maturity.overall is not None
    before = assess_lead(anna()).maturity.overall
    assert before is not None
    assert found.maturity.overall - before == 10


def test_the_maturity_shown_is_that_of_the_newest_response() -> None:
    asked = survey(
        "[{name: speed, type: scale, title: Speed, dimension: pace}]", "dimensions: [{name: pace, title: Pace}]"
    )
    found = assessed(filled("speed: 5", "2026-10-01 10:00", asked), filled("speed: 2", asked=asked))
    assert found.maturity.rounded == 25


def test_stage_and_reason_are_facts_for_routing_and_next_step() -> None:
    plan = """report: {blocks: {a: {text: A}, b: {text: B}}, next_step: [
        {when: {stage: mql}, block: a}, {when: {reason: not_now, size: large, fit_grade: A}, block: b}]}"""
    found = assessed(
        filled(GOOD, asked=survey(QUESTIONS, plan)), history=History(not_now_on=at("2026-10-02 00:00").date())
    )
    assert (found.facts["stage"], found.facts["reason"]) == ("nurture", "not_now")
    assert found.next_step == "b"
    assert assessed(filled(GOOD, asked=survey(QUESTIONS, plan))).next_step is None


def test_a_next_step_without_a_condition_matches_all_others() -> None:
    plan = "report: {blocks: {a: {text: A}, b: {text: B}}, next_step: [{when: {stage: mql}, block: a}, {block: b}]}"
    assert next_step(survey(QUESTIONS, plan), {"stage": "mql"}) == "a"
    assert next_step(survey(QUESTIONS, plan), {}) == "b"
    assert next_step(survey(), {}) is None


def test_an_assessment_is_the_same_every_time() -> None:
    first, second = assess_lead(anna()), assess_lead(anna())
    assert first == second
    assert first.verdict.stage is Stage.SQL_READY


def test_a_past_assessment_can_be_repeated() -> None:
    again = assess_lead(anna(), anna_again(), at=anna().at)
    assert again.verdict == assess_lead(anna()).verdict
    assert again.scorecard == assess_lead(anna()).scorecard
