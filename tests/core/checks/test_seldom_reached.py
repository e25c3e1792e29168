"""What hardly anybody reaches, or what is too large to look through, is neither missed nor called impossible."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from questionnaire.core.checks import check, check_survey
from questionnaire.core.checks.build_model import build
from questionnaire.core.checks.enumerate_states import Path
from questionnaire.core.checks.maturity_bounds import ParetoFront
from questionnaire.core.checks.respondents import Respondents
from questionnaire.core.checks.score_ranges import ScoreRanges
from questionnaire.core.survey.answers import Answers
from questionnaire.core.survey.journey import derive_journey
from questionnaire.core.survey.maturity import measure
from tests.core.authoring import policy, survey
from tests.proof.size import sized

ASKED = "\n".join(f"- {{name: a{index}, type: yes_no, title: A}}" for index in range(12))
RARE = "{all: [" + ", ".join(f'{{a{index}: "yes"}}' for index in range(12)) + "]}"
ALONE = "display: {gate: none}"
ENDING = 'endings: [{name: bye, when: {a0: "no"}, title: Goodbye}]'


@pytest.mark.parametrize(("budget_for", "is_reported"), [(RARE, False), ('{a0: "no"}', True)])
def test_completeness_is_called_unreachable_only_when_nobody_reaches_it(budget_for: str, is_reported: bool) -> None:
    asked = ASKED
    for name, level, condition in (
        ("size", "core", RARE), ("sector", "priority", RARE), ("budget", "allocated", budget_for),
    ):  # fmt: skip
        asked += (
            f"\n- {{name: {name}, type: single_choice, title: T, criterion: {name}, show_if: {condition},"
            f" choices: [{{value: v, text: V, level: {level}}}, {{value: u, text: U, unknown: true}}]}}"
        )
    findings = check(survey(asked, ALONE), policy("fit: {completeness: {minimum: 100%}}"))
    assert ("completeness_unreachable" in {problem.code for problem in findings.policy}) is is_reported


def test_a_dimension_that_hardly_anybody_sees_is_found() -> None:
    asked = f"{ASKED}\n- {{name: q, type: scale, title: Q, dimension: seldom, show_if: {RARE}}}"
    change = f"""
    {ALONE}
    {ENDING}
    dimensions: [{{name: seldom, title: Seldom}}]
    report: {{dimensions: {{seldom: [{{from: 0, text: Low}}, {{from: 50, text: High}}]}}}}
    """
    findings = check_survey(survey(asked, change))
    assert findings.problems == ()
    bound = findings.bounds.dimensions["seldom"]
    assert (bound.least, bound.greatest, bound.exact) == (0, 100, True)


def test_a_dimension_of_choices_that_show_in_too_many_ways_is_left_out() -> None:
    conditions = [f'show_if: {{a{index}: "yes"}}' for index in range(7)]
    choices = ", ".join(f"{{value: v{at}, text: V, maturity: {at}, {one}}}" for at, one in enumerate(conditions))
    asked = f"{ASKED}\n- {{name: q, type: single_choice, title: Q, dimension: work, choices: [{choices}]}}"
    findings = check_survey(survey(asked, f"{ALONE}\ndimensions: [{{name: work, title: Work}}]"))
    assert findings.problems == ()
    assert (findings.bounds.dimensions, findings.bounds.maturity) == ({}, None)


SIZE = "- {name: size, type: single_choice, title: S, criterion: size, choices: [{value: l, text: L, level: core}]}"


@pytest.mark.parametrize("ending", ["", ENDING])
def test_a_level_that_no_choice_has_is_reported_with_endings_too(ending: str) -> None:
    findings = check(survey(f"{ASKED}\n{SIZE}", f"{ALONE}\n{ending}"), policy())
    told = {problem.where for problem in findings.policy if problem.code == "level_unreachable"}
    assert ("fit", "criteria", "size", "levels", "small") in told
    assert findings.bounds.fit is not None
    assert findings.bounds.fit.limits == (0, 30)


def test_scores_of_a_survey_that_may_end_early_are_found() -> None:
    wish = "- {name: wish, type: single_choice, title: W, choices: [{value: demo, text: D, emits: demo}]}"
    change = f"{ALONE}\n{ENDING}\ndimensions: [{{name: work, title: Work}}]"
    scale = "- {name: q, type: scale, title: Q, dimension: work}"
    findings = check(survey(f"{ASKED}\n{SIZE}\n{wish}\n{scale}", change), policy())
    intent = findings.bounds.intent
    assert intent is not None
    assert (intent.least, intent.greatest, intent.exact) == (0, 50, True)
    assert findings.unfinished == ()


def test_the_ends_of_a_dimension_with_too_many_percentages_are_exact() -> None:
    questions, least, best = [], 0, 0
    for number in range(9):
        worths = [at * at * 7**number % 1009 + number + 1 for at in range(4)]
        least, best = least + min(worths), best + max(worths)
        choices = ", ".join(f"{{value: v{at}, text: V, maturity: {worth}}}" for at, worth in enumerate(worths))
        asked = f"name: q{number}, type: single_choice, title: Q, required: true, dimension: work"
        questions.append(f"- {{{asked}, choices: [{choices}]}}")
    found = check_survey(survey("\n".join(questions), f"{ALONE}\ndimensions: [{{name: work, title: Work}}]"))
    bound = found.bounds.dimensions["work"]
    assert (bound.least, bound.greatest, bound.exact) == (Fraction(100 * least, best), 100, True)


def test_the_ends_of_an_axis_with_too_many_sums_are_exact() -> None:
    names = [f"c{number}" for number in range(30)]
    criteria = ", ".join(f"{name}: {{levels: {{high: {18 + at}, none: 0}}}}" for at, name in enumerate(names))
    asked = "\n".join(
        f"- {{name: q{name}, type: single_choice, title: Q, criterion: {name},"
        f" {'show_if: {qc28: n}, ' if name == 'c29' else ''}"
        " choices: [{value: h, text: H, level: high}, {value: n, text: N, level: none}]}"
        for name in names
    )
    judged = policy(f"fit: {{max: 1000, criteria: {{{criteria}}}}}")
    bound = check(survey(asked, ALONE), judged).bounds.fit
    assert bound is not None
    assert (bound.least, bound.greatest, bound.exact) == (0, sum(range(18, 48)) - 46, True)


def test_of_totals_with_too_many_that_are_optimal_none_is_left_out() -> None:
    def totals(count: int) -> dict[Any, Path]:
        pairs = [*((at, 100 - at) for at in range(count)), (count // 2, 100 - count // 2 + 1), (count, 101)]
        return {(1, Fraction(first), (("work", second, 200),)): None for first, second in pairs}

    front = ParetoFront({"work": 1})
    assert len(front.thin(totals(30))) == 31
    assert front.thin(totals(80)) == totals(80)


@pytest.mark.parametrize(("pairs", "codes"), [(2, ["never_shown"]), (sized(12, 14), [])])
def test_a_condition_with_too_many_cases_is_not_judged(pairs: int, codes: list[str]) -> None:
    choices = "choices: [{value: x, text: X}, {value: y, text: Y}, {value: z, text: Z}]"
    names = [f"{letter}{number}" for letter in "qr" for number in range(pairs)]
    asked = "\n".join(f"- {{name: {name}, type: single_choice, title: T, {choices}}}" for name in [*names, "end"])
    either = ", ".join(f"{{any: [{{q{number}: x}}, {{r{number}: x}}]}}" for number in range(pairs))
    asked += f"\n- {{name: last, type: text, title: L, show_if: {{all: [{either}, {{end: x}}, {{end: y}}]}}}}"
    assert [problem.code for problem in check_survey(survey(asked, ALONE)).problems] == codes


VARIED = """
- {name: plan, type: yes_no, title: Plan, required: true}
- {name: tools, type: multiple_choice, title: Tools, choices: [{value: a, text: A},
    {value: b, text: B, show_if: {plan: "yes"}}]}
- {name: more, type: yes_no, title: More, show_if: {tools: a}}
"""


def test_a_respondent_chooses_only_what_shows() -> None:
    model = build(survey(VARIED, ALONE), None, {})
    for one in Respondents(model).sample:
        answers = {name: option.value for name, option in one.options.items()}
        assert answers["plan"] == "yes" or "b" not in (answers.get("tools") or ())


def test_an_example_has_only_the_fields_that_show_with_its_answers() -> None:
    change = """
    contact: {fields: [{name: email, type: email, required: true},
        {name: phone, type: phone, required: true, show_if: {size: small}}]}
    """
    findings = check(survey(change=change), policy())
    shown = {
        ("phone" in proof.witness.contact, proof.witness.answers.get("size") == "small")
        for proof in findings.witnesses
        if proof.witness is not None
    }
    assert shown
    assert all(has_phone is is_small for has_phone, is_small in shown)


def test_a_question_that_asks_for_more_choices_than_show_is_reported_and_nobody_answers_it() -> None:
    asked = VARIED.replace("type: multiple_choice,", "type: multiple_choice, required: true, min: 2,")
    stuck = survey(asked, ALONE)
    assert "choices_too_few" in {problem.code for problem in check_survey(stuck).problems}
    people = Respondents(build(stuck, None, {})).sample
    assert people
    assert {one.options["plan"].value for one in people} == {"yes"}


HIDDEN = "hidden_fields: [{name: campaign, criterion: timeline, trust: signed%s}]"
ANSWER = "- {name: q, type: yes_no, title: Q}"


def proof_of(condition: str, asked: str, change: str) -> tuple[str, tuple[str, ...]]:
    """What is proved of a rule with this condition, and what its example needs besides the answers."""
    judged = policy(f"disqualify: [{{when: {condition}, reason: odd}}]")
    proof = check(survey(asked, f"{ALONE}\n{change}"), judged).proof("disqualify odd")
    assert proof is not None
    return proof.outcome, proof.witness.outside if proof.witness is not None else ()


def test_an_example_tells_that_a_field_came_without_a_personal_link() -> None:
    condition = "{all: [{claim.campaign: soon}, {hidden.campaign: {known: false}}]}"
    outcome, outside = proof_of(condition, ANSWER, HIDDEN % "")
    assert outcome == "example"
    assert outside == ("campaign = soon without a personal link",)


def test_no_level_of_a_field_is_called_impossible_where_not_every_value_was_looked_at() -> None:
    short = HIDDEN % ", max_length: 4"
    assert proof_of("{timeline: soon}", ANSWER, short)[0] == "example"
    assert proof_of("{timeline: later}", ANSWER, short)[0] == "no example found"


NESTED = """
dimensions:
  - {name: upper, title: U, weight: 2, dimensions: [{name: a, title: A, weight: 3}, {name: c, title: C}]}
  - {name: other, title: O, dimensions: [{name: b, title: B}, {name: d, title: D, weight: 2}]}
report: {overall: [{from: 0, text: Low}, {from: 50, text: High}]}
"""
CHOICES = "choices: [{value: x, text: X, maturity: 1}, {value: y, text: Y, maturity: 2}]"
NESTED_QUESTIONS = "\n".join(
    f"- {{name: q_{name}, type: single_choice, title: T, required: true, dimension: {name}, {CHOICES}}}"
    for name in "abcd"
)


def test_every_mean_of_dimensions_of_dimensions_is_found_where_their_questions_alternate() -> None:
    asked = survey(NESTED_QUESTIONS, f"{ALONE}\n{NESTED}")
    found = ScoreRanges(build(asked, None, {})).maturity
    everybody = (dict(zip(asked.items, values, strict=True)) for values in product("xy", repeat=4))
    means = {measure(asked, derive_journey(asked, Answers(answers))).overall for answers in everybody}
    assert found.exhaustive
    assert {*found.paths} == means


def test_a_score_of_a_dimension_of_dimensions_is_compared_within_its_limits() -> None:
    assert proof_of("{score.upper: {gte: 50}}", NESTED_QUESTIONS, NESTED)[0] == "example"
    assert proof_of("{score.upper: {lt: 50}}", NESTED_QUESTIONS, NESTED)[0] == "impossible"


def test_the_overall_maturity_of_parts_is_left_out_where_choices_of_one_show_in_too_many_ways() -> None:
    conditions = [f'show_if: {{a{index}: "yes"}}' for index in range(7)]
    choices = ", ".join(f"{{value: v{at}, text: V, maturity: {at}, {one}}}" for at, one in enumerate(conditions))
    asked = f"{ASKED}\n- {{name: q, type: single_choice, title: Q, dimension: a, choices: [{choices}]}}"
    assert check_survey(survey(asked, f"{ALONE}\n{NESTED}")).bounds.maturity is None
