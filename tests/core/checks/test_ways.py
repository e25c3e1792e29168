"""The shortest way to a result: answers that the product itself judges so."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from questionnaire.core.cases import Case, Outcome, conclude, lead_of
from questionnaire.core.checks.example_case import case_of_witness
from questionnaire.core.checks.ways import Way, find_way, ways
from questionnaire.core.policy import Policy
from questionnaire.core.survey.survey import Survey
from questionnaire.library.domains import known_domains
from tests.cast import example_policy, example_survey
from tests.core.authoring import policy, survey

NOW = datetime(2026, 10, 2, 10, tzinfo=UTC)


def case_to(asked: Survey, judged: Policy, way: Way) -> dict[str, Any]:
    found = find_way(asked, judged, way)
    assert found.witness is not None, found.outcome
    return case_of_witness(found.witness, judged, known_domains(), NOW)


def outcome_of(asked: Survey, judged: Policy, case: dict[str, Any]) -> Outcome:
    read, problems = Case.from_raw({"at": NOW.isoformat(), **case})
    assert read is not None, problems
    lead, problems = lead_of(read, asked, judged)
    assert lead is not None, problems
    return conclude(lead, judged, known_domains())


def stage_by(asked: Survey, judged: Policy, stage: str) -> str:
    return str(outcome_of(asked, judged, case_to(asked, judged, Way("stage", stage))).assessment.verdict.stage)


def test_every_stage_and_step_of_the_sample_is_reached_by_answers_or_is_said_to_be_impossible() -> None:
    asked, judged = example_survey(), example_policy()
    outcomes = {}
    for way in ways(asked):
        found = find_way(asked, judged, way)
        outcomes[way] = found.outcome
        if found.witness is not None and not (found.witness.known and found.witness.known.lists):
            case = case_of_witness(found.witness, judged, known_domains(), NOW)
            result = outcome_of(asked, judged, case).assessment
            step = asked.report.next_step[int(way.name)].block if way.kind == "step" else ""
            assert way.name in (str(result.verdict.stage), "") or result.next_step == step, way
    assert outcomes[Way("stage", "lead")] == "impossible"
    assert {outcome for way, outcome in outcomes.items() if way.name != "lead"} == {"example"}


def test_a_way_takes_answers_alone_where_that_is_enough() -> None:
    found = find_way(example_survey(), example_policy(), Way("stage", "sql_ready"))
    assert found.witness is not None
    assert found.witness.outside == ()


def test_a_way_may_take_a_visit_and_a_history() -> None:
    asked = survey()
    seen = policy("{disqualify: [{when: {signal: visit}, reason: seen}]}")
    case = case_to(asked, seen, Way("stage", "disqualified"))
    assert [signal["name"] for signal in case["signals"]] == ["visit"]
    assert stage_by(asked, seen, "disqualified") == "disqualified"
    for condition, key in (("{customer: true}", "customer"), ("{duplicate: true}", "duplicate"),
                           ("{account_owner: {known: true}}", "account_owner"), ("{not_now: past}", "not_now_on"),
                           ("{not_now: recent}", "not_now_on")):  # fmt: skip
        judged = policy(f"{{disqualify: [{{when: {condition}, reason: known}}]}}")
        assert key in case_to(asked, judged, Way("stage", "disqualified"))["history"], condition
        assert stage_by(asked, judged, "disqualified") == "disqualified"


def test_an_address_is_of_the_kind_and_on_the_list_that_the_way_takes() -> None:
    asked = survey(change="contact: {fields: [{name: email, type: email, required: true}]}")
    for condition in ("{email_kind: free}", "{email_kind: disposable}", "{domain_in: partners}"):
        judged = policy(f"{{lists: {{partners: [ally.example]}}, disqualify: [{{when: {condition}, reason: no}}]}}")
        assert stage_by(asked, judged, "disqualified") == "disqualified", condition


def test_a_campaign_a_language_and_what_a_link_claims_are_part_of_the_case() -> None:
    asked = survey(change="hidden_fields: [{name: source, trust: open}]\nlanguages: [en, fr]")
    campaign = policy("{disqualify: [{when: {campaign.source: fair}, reason: no}]}")
    assert case_to(asked, campaign, Way("stage", "disqualified"))["campaign"] == {"source": "fair"}
    spoken = policy("{disqualify: [{when: {language: fr}, reason: no}]}")
    assert case_to(asked, spoken, Way("stage", "disqualified"))["language"] == "fr"
    claimed = policy("{disqualify: [{when: {claim.source: fair}, reason: no}]}")
    assert case_to(asked, claimed, Way("stage", "disqualified"))["claims"] == {"source": "fair"}


def test_what_is_only_true_later_is_answered_before() -> None:
    judged = policy("""{fit: {criteria: {size: {levels: {core: {points: 15, valid_for: P30D}}}}},
                        disqualify: [{when: {all: [{size: {known: false}}, {answer.size: large}]}, reason: old}]}""")
    case = case_to(survey(), judged, Way("stage", "disqualified"))
    assert case["answered_at"] < NOW.isoformat()


ENDINGS = """
- {name: team, type: single_choice, title: Team, required: true,
   choices: [{value: one, text: O}, {value: two, text: T}]}
- {name: tool, type: single_choice, title: Tool, show_if: {team: two},
   choices: [{value: a, text: A}, {value: b, text: B}]}
"""


def test_answers_lead_to_an_ending_or_none_do() -> None:
    change = """
    endings: [{name: small, when: {team: one}, title: Small}, {name: odd, when: {tool: b}, title: Odd},
              {name: never, when: {all: [{team: one}, {team: two}]}, title: Never}]
    """
    asked = survey(ENDINGS, change)
    for name, answers in (("small", {"team": "one"}), ("odd", {"team": "two", "tool": "b"})):
        case = case_to(asked, policy(), Way("ending", name))
        assert case["answers"] == answers
        ending = outcome_of(asked, policy(), case).assessment.evidence.journeys[-1].ending
        assert ending is not None
        assert ending.name == name
    assert find_way(asked, policy(), Way("ending", "never")).outcome == "impossible"
    assert find_way(asked, policy(), Way("ending", "gone")).outcome == "impossible"
    assert [way.name for way in ways(asked) if way.kind == "ending"] == ["small", "odd", "never"]


def test_somebody_is_offered_no_next_step() -> None:
    change = "report: {blocks: {one: {text: A}}, next_step: [{when: {size: large}, block: one}]}"
    asked = survey(change=change)
    assert outcome_of(asked, policy(), case_to(asked, policy(), Way("gap"))).assessment.next_step is None
    assert find_way(asked, policy(), Way("step", "7")).outcome == "impossible"
    always = survey(change="report: {blocks: {one: {text: A}}, next_step: [{block: one}]}")
    assert find_way(always, policy(), Way("gap")).outcome == "impossible"


def test_a_block_is_seen() -> None:
    change = "report: {content_blocks: [{id: big, when: {size: large}, text: Big}]}"
    asked = survey(change=change)
    found = outcome_of(asked, policy(), case_to(asked, policy(), Way("block", "big")))
    assert found.assessment.content_blocks == ("big",)


TWICE = """
- {name: size, type: single_choice, title: Size, criterion: size, required: true,
   choices: [{value: a, text: A, level: core}, {value: b, text: B, level: small}]}
- {name: again, type: single_choice, title: Again, criterion: size, required: true,
   choices: [{value: a, text: A, level: core}, {value: b, text: B, level: small}]}
"""


def test_somebody_answers_two_questions_of_one_criterion() -> None:
    case = case_to(survey(TWICE), policy(), Way("twice", "again"))
    assert {"size", "again"} <= set(case["answers"])
    assert find_way(survey(TWICE), policy(), Way("twice", "gone")).outcome == "no example found"


def test_a_way_is_found_in_the_segment_that_has_one() -> None:
    judged = policy("{segments: [{id: big, when: {size: core}, disqualify: [{when: {size: core}, reason: big}]}]}")
    assert stage_by(survey(), judged, "disqualified") == "disqualified"


def test_a_policy_whose_segments_cannot_be_searched_is_not_called_impossible() -> None:
    judged = policy("""{segments: [{id: big, when: {size: core},
                        fit: {criteria: {size: {levels: {core: {points: 5, valid_for: P30D}}}}}}]}""")
    assert find_way(survey(), judged, Way("stage", "sql_ready")).outcome == "no example found"
