"""Checks of a whole survey: the example has no problems, proofs have examples, policies may be shared."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Any

import pytest

from questionnaire.core.base import conditions
from questionnaire.core.base.problems import errors
from questionnaire.core.checks import check_all, check_policy, check_survey
from questionnaire.core.checks.build_model import build
from questionnaire.core.checks.enumerate_states import BaseAccumulator
from questionnaire.core.checks.findings import Findings, Witness
from questionnaire.core.checks.formulas import conj
from questionnaire.core.checks.model import Variable
from questionnaire.core.checks.policy_formulas import PolicyFormulas
from questionnaire.core.checks.search import Search
from questionnaire.core.checks.search_state import SearchResult
from questionnaire.core.survey.survey import Survey
from tests.core.checks.example import asked, checked, policy_of, put, raw_policy, raw_survey, survey_of


@pytest.fixture(scope="module")
def clean() -> Findings:
    return checked(raw_survey(), raw_policy())


def test_the_example_has_no_problems(clean: Findings) -> None:
    assert [*map(str, clean.problems)] == []
    assert [*map(str, check_survey(survey_of(raw_survey())).problems)] == []
    assert [*map(str, check_policy(policy_of(raw_policy())).problems)] == []


def test_the_bounds_of_the_example(clean: Findings) -> None:
    found = clean.bounds
    ends = [
        (one.least, one.greatest, one.exact) for one in (found.fit, found.timing, found.intent, found.maturity) if one
    ]
    assert ends == [(0, 70, True), (0, 80, True), (15, 65, True), (0, 100, True)]
    assert found.timing is not None
    assert found.timing.at_most.hidden == {"trigger_event": "hiring"}
    assert set(found.dimensions) == {"definitions", "scoring", "speed", "feedback"}


def test_a_reachable_verdict_has_an_example_respondent(clean: Findings) -> None:
    ready = clean.proof("verdict sql_ready")
    assert ready is not None
    assert ready.witness is not None
    assert ready.witness.answers["employees"] in ("50_199", "200_500")
    assert "next_step = demo" in str(ready)


def test_only_proved_claims_are_impossible(clean: Findings) -> None:
    lead = clean.proof("verdict lead")
    assert lead is not None
    assert str(lead) == "verdict lead: impossible"
    assert {proof.what for proof in clean.witnesses if proof.outcome != "example"} == {"verdict lead"}
    assert clean.proof("verdict customer") is None


def test_an_example_lists_the_facts_besides_its_answers(clean: Findings) -> None:
    diverted = clean.proof("divert partner_team")
    assert diverted is not None
    assert diverted.witness is not None
    assert diverted.witness.outside == ("email domain in partners",)


def test_a_witness_shows_several_answers_as_a_list() -> None:
    assert str(Witness({"tools": ("crm", "sheet"), "size": None}, outside=("signal visit",))) == (
        "tools = [crm, sheet], signal visit"
    )


def test_a_rule_of_a_shared_policy_is_reported_when_no_survey_uses_it() -> None:
    one, other, policy = raw_survey(), raw_survey(), raw_policy()
    put(other, "id", "other")
    policy["disqualify"].append({"when": {"flag": "odd"}, "reason": "odd"})
    alone = check_all([survey_of(one)], policy_of(policy))
    assert [problem.code for problem in alone[0].policy] == ["rule_never"]
    put(asked(other, "industry")["choices"][0], "flags", ["odd"])
    together = check_all([survey_of(one), survey_of(other)], policy_of(policy))
    assert [found.problems for found in together] == [(), ()]
    assert check_all([], policy_of(policy)) == ()


def test_a_policy_alone_gets_no_problem_for_unknown_contact_fields() -> None:
    policy = raw_policy()
    put(policy["disqualify"][4], "when", {"headquarters": "Atlantis"})
    assert check_policy(policy_of(policy)).problems == ()
    put(policy["disqualify"][4], "when", {"contry": "FR"})
    assert [problem.code for problem in check_policy(policy_of(policy)).problems] == ["unknown_name"]


def test_short_fields_prove_nothing_about_longer_words() -> None:
    assert _variable({"type": "text", "max_length": 3, "required": True}, {"asked": "yes"}).exhaustive
    assert not _variable({"type": "text", "max_length": 3, "required": True}, {"asked": "never"}).exhaustive
    assert not _variable({"type": "email", "max_length": 3}, {"asked": {"known": True}}).exhaustive


def test_choices_that_cannot_meet_the_minimum_are_reported() -> None:
    survey = raw_survey()
    choices = [{"value": "a", "text": "A"}, {"value": "b", "text": "B", "exclusive": True}]
    survey["pages"][0]["questions"].append(
        {"name": "tools", "type": "multiple_choice", "title": "Tools", "choices": choices, "min": 2}
    )
    place = "pages[0].questions[3].choices[0]"
    what = "nobody can choose `a`: 2 are asked for, and 1 can go together — lower `min`"
    said = [str(problem) for problem in checked(survey, raw_policy()).problems]
    assert said == [f"choice_unreachable: {place}: {what}"]


def _variable(question: dict[str, Any], show_if: Any) -> Variable:
    survey: Survey = survey_of({
        "schema": "survey/1", "id": "tiny", "version": 1, "policy": "default", "title": "Tiny",
        "pages": [{"name": "one", "questions": [
            {"name": "asked", "title": "Asked", **question},
            {"name": "then", "type": "text", "title": "Then", "show_if": show_if},
        ]}],
    })  # fmt: skip
    return build(survey, None, {}).by_name["asked"]


@pytest.mark.parametrize(
    ("question", "show_if", "truths"),
    [
        ({"type": "number", "min": 0, "max": 10, "step": 4}, {"asked": {"gt": 8}}, {False, None}),
        ({"type": "number", "min": 0, "max": 10}, {"asked": {"gt": 8}}, {True, False, None}),
        ({"type": "number", "max": 3, "required": True}, {"asked": {"lt": "2.5"}}, {True, False}),
        ({"type": "number"}, {"asked": {"ne": 7}}, {True, False, None}),
        ({"type": "date", "min": "2026-01-01", "required": True}, {"asked": {"gte": "2026-01-01"}}, {True}),
        ({"type": "date", "max": "2026-03-01"}, {"asked": {"gt": "2026-02-28"}}, {True, False, None}),
        ({"type": "text", "required": True}, {"asked": "yes"}, {True, False}),
        ({"type": "consent"}, {"asked": True}, {True, None}),
        ({"type": "country", "required": True}, {"asked": ["FR", "DE"]}, {True, False}),
        ({"type": "nps", "required": True}, {"asked": {"lte": 10}}, {True}),
        ({"type": "slider", "max": 5000}, {"asked": {"gte": 5000}}, {True, False, None}),
    ],
)
def test_values_are_divided_at_the_values_in_conditions(
    question: dict[str, Any], show_if: Any, truths: set[bool | None]
) -> None:
    variable = _variable(question, show_if)
    condition, _ = conditions.parse(show_if)
    assert condition is not None
    test = next(iter(conditions.tests(condition)))
    assert variable.exhaustive
    assert {conditions.evaluate(test, {"asked": option.value}) for option in variable.options} == truths


def test_text_comparisons_by_order_prove_nothing() -> None:
    assert not _variable({"type": "text"}, {"asked": {"lt": "m"}}).exhaustive


def test_sets_of_choices_with_equal_features_are_merged() -> None:
    choices = [{"value": f"c{number}", "text": f"C{number}"} for number in range(60)]
    put(choices[7], "flags", ["odd"])
    variable = _variable({"type": "multiple_choice", "choices": choices, "max": 5}, {"asked": "c3"})
    assert variable.exhaustive
    shown = {("c3" in option.value, option.flags) for option in variable.options if option.value is not None}
    odd, plain = frozenset({"odd"}), frozenset[str]()
    assert shown == {(True, odd), (True, plain), (False, odd), (False, plain)}


def test_too_many_sets_of_choices_are_not_exhaustive() -> None:
    choices = [{"value": f"c{number}", "text": "-", "flags": [f"f{number}"]} for number in range(20)]
    assert not _variable({"type": "multiple_choice", "choices": choices}, {"asked": "c3"}).exhaustive


def test_maturity_of_decimals_is_exact() -> None:
    survey = raw_survey()
    for place, choice in enumerate(asked(survey, "feedback")["choices"]):
        put(choice, "maturity", f"{place}.5")
    bound = check_survey(survey_of(survey)).bounds.dimensions["feedback"]
    assert (bound.least, bound.greatest) == (Fraction(100, 7), 100)


def _found(raw_under: Any, wanted: Callable[[PolicyFormulas], Any], raw: Any = None) -> SearchResult:
    """Returns the search result of one claim about the example."""
    survey, policy = survey_of(raw or raw_survey()), policy_of(raw_under)
    meaning = PolicyFormulas(build(survey, policy, {}), policy)
    return Search(meaning, wanted(meaning)).run()


def test_a_not_now_with_a_demo_request_needs_review() -> None:
    said = conditions.Test("flag", "eq", "not_now")

    def both(meaning: PolicyFormulas, reason: str) -> Any:
        return conj((meaning.rule(said), meaning.verdict(lambda _, why: why == reason)))

    review = _found(raw_policy(), lambda meaning: both(meaning, "not_now_hand_raise"))
    assert review.outcome == "example"
    assert (review.choices["value:timeline"], review.choices["value:next_step"]) == ("not_now", "demo")
    nurture = _found(raw_policy(), lambda meaning: both(meaning, "not_now"))
    assert nurture.choices["value:next_step"] in ("case_study", "report_only")


def _ordered(name: str, truth: bool, meaning: PolicyFormulas) -> Any:
    return meaning.rule(conditions.Test(name, "gte", 2), truth)


def test_a_set_has_no_order_so_such_a_comparison_is_never_true_and_never_false() -> None:
    for name in ("flag", "icp"):
        for truth in (True, False):
            claim = partial(_ordered, name, truth)
            assert _found(raw_policy(), claim).outcome == "impossible"


def test_a_signal_can_grow_strong_by_many_assets() -> None:
    policy = raw_policy()
    put(policy["intent"]["signals"]["case_study_request"], "strong_at", {"assets": 2})
    policy["checklist"].append(
        {"id": "X-1", "text": "-", "check": {"signal": "case_study_request", "strong_signals": 1}}
    )
    found = checked(raw_survey(), policy).proof("box X-1 checked")
    assert found is not None
    assert found.outcome == "example"


def test_a_number_finds_its_level_in_a_band() -> None:
    survey = raw_survey()
    page = survey["pages"][0]["questions"]
    put(page, 0, {"name": "employees", "type": "number", "title": "How many?", "criterion": "size", "required": True,
                  "min": 10})  # fmt: skip
    told = [(one.code, one.where[-1]) for one in checked(survey, raw_policy()).problems]
    assert ("level_unreachable", "micro") in told
    assert ("level_unreachable", "small") not in told


def test_a_name_in_two_surveys_takes_the_values_of_both() -> None:
    one, other, third, policy = raw_survey(), raw_survey(), raw_survey(), raw_policy()
    asked(other, "industry")["choices"].append({"value": "retail", "text": "Retail", "level": "other"})
    put(policy["routing"]["rules"][1], "when", {"answer.industry": "retail"})
    assert [one.code for one in checked(one, policy).problems] == ["unknown_comparison"]
    both = check_all([survey_of(one), survey_of(other)], policy_of(policy))
    assert [found.problems for found in both] == [(), ()]
    put(third["pages"][0]["questions"], 1, {"name": "industry", "type": "number", "title": "Code of your industry"})
    mixed = check_all([survey_of(other), survey_of(third)], policy_of(policy))
    assert mixed[0].problems == ()


def test_the_base_accumulator_adds_nothing() -> None:
    base = BaseAccumulator()
    assert base.value(base.close(7, "size", "core")) == 7


def test_a_cap_above_its_axis_is_reported() -> None:
    policy = raw_policy()
    put(policy["intent"]["groups"], "web", 120)
    assert [one.where for one in checked(raw_survey(), policy).problems] == [("intent", "groups", "web")]


def test_a_survey_without_answerable_questions_is_reported_without_an_exception() -> None:
    survey = raw_survey()
    put(survey, "pages", [{"name": "one", "questions": [{"name": "hello", "type": "statement", "title": "Hello"}]}])
    for key in ("dimensions", "report", "hidden_fields", "contact"):
        survey.pop(key)
    put(survey["display"], "gate", "none")
    found = checked(survey, raw_policy())
    assert not errors(found.problems)
    assert "sql_unreachable" in {problem.code for problem in found.problems}
    assert found.bounds.fit is None
