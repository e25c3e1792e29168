"""Beyond its budgets the check claims less, and nothing wrong."""

from __future__ import annotations

from fractions import Fraction

import pytest

from questionnaire.core.checks import _comparisons, check
from questionnaire.core.checks.enumerate_states import sweep
from questionnaire.core.checks.goals import goals
from questionnaire.core.checks.integer_sums import Points
from questionnaire.core.checks.maturity_bounds import ParetoFront, maturity
from questionnaire.core.checks.model import build
from questionnaire.core.checks.plan import SearchPlan
from questionnaire.core.checks.policy_formulas import PolicyFormulas
from questionnaire.core.checks.prove import Prover
from questionnaire.core.checks.reachability import dimension, showing
from questionnaire.core.checks.search import Search
from questionnaire.core.survey.maturity import measure
from tests.bench.bench_checks import default_policy, hundred
from tests.core.checks.example import asked, policy_of, put, raw_policy, raw_survey, survey_of
from tests.core.checks.small_surveys import cast


@pytest.mark.parametrize("budget", [(1, 10_000), (6, 10_000), (10_000, 12), (40, 60)])
@pytest.mark.parametrize("seed", range(8))
def test_an_exact_result_of_a_small_budget_is_correct(seed: int, budget: tuple[int, int]) -> None:
    _, survey, policy, people = cast(seed)
    model = build(survey, policy, _comparisons(survey, policy))
    dimensions = {one.name: dimension(model, one.name) for one in survey.dimensions}
    found = maturity(model, dimensions, *budget)
    everybody = {measure(survey, one.journey()).overall for one in people} - {None}
    assert set(found.reached.paths) <= everybody
    if found.exact and everybody:
        seen: list[Fraction] = [value for value in everybody if value is not None]
        assert (min(found.reached.paths), max(found.reached.paths)) == (min(seen), max(seen))


def test_every_claim_on_a_survey_of_a_hundred_questions_is_decided() -> None:
    found = check(hundred(), default_policy())
    assert found.problems == ()
    assert [proof.what for proof in found.witnesses if proof.outcome != "example"] == ["verdict lead"]
    assert found.bounds.maturity is not None
    assert found.bounds.maturity.exact


def test_without_budget_nothing_is_called_impossible() -> None:
    survey, policy = survey_of(raw_survey()), policy_of(raw_policy())
    meaning = PolicyFormulas(build(survey, policy, _comparisons(survey, policy)), policy)
    lead = next(goal for goal in goals(meaning) if goal.what == "verdict lead")
    assert Search(meaning, lead.formula).run(3).outcome == "no example found"
    assert Search(meaning, lead.formula).run().outcome == "impossible"


def test_when_the_budget_is_spent_nothing_more_is_claimed() -> None:
    survey, policy = survey_of(raw_survey()), policy_of(raw_policy())
    meaning = PolicyFormulas(build(survey, policy, _comparisons(survey, policy)), policy)
    prover = Prover(meaning)
    prover._budget = 0
    claims = {prover.prove(goal).outcome for goal in goals(meaning) if goal.what.startswith("verdict")}
    assert claims == {"no example found"}


def test_an_enumeration_with_too_many_states_or_transitions_stops() -> None:
    survey, policy = survey_of(raw_survey()), policy_of(raw_policy())
    model = build(survey, policy, _comparisons(survey, policy))
    plan = SearchPlan(model, (), policy.fit.criteria)
    assert sweep(plan, Points(policy.fit.criteria, policy.fit.max), states=3) is None
    assert sweep(plan, Points(policy.fit.criteria, policy.fit.max), most=3) is None
    assert showing(model, {"speed"}) == ["response_time"]


def test_decaying_points_prove_nothing() -> None:
    survey, policy = raw_survey(), raw_policy()
    for name in ("webinar_attended", "case_study_download"):
        policy["intent"]["signals"][name].pop("window")
        put(policy["intent"]["signals"][name], "decay", {"every": "P1M", "by": "30%"})
    put(policy["checklist"][5], "check", {"intent": 37})
    found = check(survey_of(survey), policy_of(policy))
    box = found.proof("box INT-3 checked")
    assert box is not None
    assert box.outcome == "no example found"


def test_a_question_after_too_many_is_not_judged() -> None:
    survey = raw_survey()
    several = [{"value": f"c{number}", "text": "-", "flags": [f"f{number}"]} for number in range(20)]
    survey["pages"][0]["questions"].append(
        {"name": "tools", "type": "multiple_choice", "title": "Tools", "choices": several}
    )
    put(asked(survey, "budget"), "show_if", {"all": [{"tools": "c1"}, {"tools": {"ne": "c1"}}]})
    assert "never_shown" not in {one.code for one in check(survey_of(survey), policy_of(raw_policy())).problems}


@pytest.mark.parametrize("seed", range(20))
def test_pareto_optimal_states_have_the_same_minimum_and_maximum_as_all_states(seed: int) -> None:
    _, survey, policy, people = cast(seed)
    weights = {one.name: one.weight for one in survey.dimensions}
    model = build(survey, policy, _comparisons(survey, policy))
    extremes = ParetoFront(weights)
    paths = sweep(SearchPlan(model, showing(model, weights), dimensions=weights), extremes)
    everybody = [value for one in people if (value := measure(survey, one.journey()).overall) is not None]
    found = [total / weight for weight, total, _ in paths or {} if weight]
    assert not extremes.truncated
    assert (min(found, default=0), max(found, default=0)) == (min(everybody, default=0), max(everybody, default=0))


def test_too_many_pareto_optimal_states_stop_the_enumeration() -> None:
    survey = hundred()
    model = build(survey, default_policy(), {})
    weights = {one.name: one.weight for one in survey.dimensions}
    extremes = ParetoFront(weights)
    assert not sweep(SearchPlan(model, showing(model, weights), dimensions=weights), extremes)
    assert extremes.truncated


def test_bounds_that_differ_from_the_dimensions_are_exact_by_pareto_optimal_states() -> None:
    survey = raw_survey()
    for number in range(12):
        choices = [{"value": f"v{at}", "text": "-", "maturity": at * at * (number + 1) + 1} for at in range(4)]
        name = ("speed", "scoring")[number % 2]
        survey["pages"][1]["questions"].append(
            {"name": f"more_{number}", "type": "single_choice", "title": "-", "required": True, "dimension": name,
             "choices": choices})  # fmt: skip
    model = build(survey_of(survey), None, {})
    dimensions = {one: dimension(model, one) for one in ("definitions", "scoring", "speed", "feedback")}
    found = maturity(model, dimensions, states=400)
    assert found.exact
    assert not found.reached.exhaustive
    parts = [(one.weight, dimensions[one.name]) for one in model.survey.dimensions]
    assert min(found.reached.paths) == sum(weight * min(one.paths) for weight, one in parts) / 10
    assert max(found.reached.paths) == 100
