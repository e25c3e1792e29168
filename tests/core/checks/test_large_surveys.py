"""Beyond its budgets the check claims less, and nothing wrong."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from questionnaire.core.checks import check, check_survey
from questionnaire.core.checks.build_model import build
from questionnaire.core.checks.compared_names import comparisons
from questionnaire.core.checks.enumerate_states import Budget, sweep
from questionnaire.core.checks.goals import goals
from questionnaire.core.checks.integer_sums import Points
from questionnaire.core.checks.maturity_bounds import ParetoFront
from questionnaire.core.checks.moments import NOW
from questionnaire.core.checks.plan import SearchPlan
from questionnaire.core.checks.policy_formulas import PolicyFormulas
from questionnaire.core.checks.prove import Prover
from questionnaire.core.checks.respondents import Respondents
from questionnaire.core.checks.score_ranges import ScoreRanges
from questionnaire.core.checks.search import Search
from questionnaire.core.scoring.evidence import ResponseEvidence
from questionnaire.core.survey.answers import Answers
from questionnaire.core.survey.maturity import measure
from tests.bench.bench_checks import default_policy, hundred
from tests.bench.branching_shapes import SHAPES, branching, wide
from tests.core.checks.casts import anything, cast, measured
from tests.core.checks.example import asked, policy_of, put, raw_policy, raw_survey, survey_of
from tests.proof.size import sized


@pytest.mark.parametrize("transitions", [0, 40, 400, 2_000])
@pytest.mark.parametrize("seed", range(8))
def test_an_exact_result_of_a_small_budget_is_correct(seed: int, transitions: int) -> None:
    _, survey, policy, _ = cast(seed)
    model = build(survey, policy, comparisons(survey, policy))
    found = ScoreRanges(model, Budget(transitions)).maturity
    everybody = {one.overall for one in measured(seed)} - {None}
    assert set(found.paths) <= everybody
    seen: list[Fraction] = [value for value in everybody if value is not None]
    if found.ends is not None and seen:
        assert found.ends[0] <= min(seen)
        assert found.ends[1] >= max(seen)
    if found.paths and found.is_exact:
        assert (min(found.paths), max(found.paths)) == (min(seen), max(seen))


@pytest.mark.no_cover
def test_every_claim_on_a_survey_of_a_hundred_questions_is_decided() -> None:
    found = check(hundred(), default_policy())
    assert found.problems == ()
    assert [proof.what for proof in found.witnesses if proof.outcome != "example"] == ["verdict lead"]
    assert found.bounds.maturity is not None
    assert found.bounds.maturity.exact


def test_without_budget_nothing_is_called_impossible() -> None:
    survey, policy = survey_of(raw_survey()), policy_of(raw_policy())
    meaning = PolicyFormulas(build(survey, policy, comparisons(survey, policy)), policy)
    lead = next(goal for goal in goals(meaning) if goal.what == "verdict lead")
    assert Search(meaning, lead.formula).run(3).outcome == "no example found"
    assert Search(meaning, lead.formula).run().outcome == "impossible"


def test_when_the_budget_is_spent_nothing_more_is_claimed() -> None:
    survey, policy = survey_of(raw_survey()), policy_of(raw_policy())
    meaning = PolicyFormulas(build(survey, policy, comparisons(survey, policy)), policy)
    prover = Prover(meaning, ScoreRanges(meaning.model))
    prover._budget, prover._later_budget, prover._moments.finishing = (
        0,
        0,
        replace(prover._moments.finishing, people=()),
    )
    claims = {goal.what: prover.prove(goal).outcome for goal in goals(meaning) if goal.what.startswith("verdict")}
    assert claims.pop("verdict lead") == "impossible"
    assert {*claims.values()} == {"no example found"}


def test_an_enumeration_with_too_many_states_or_transitions_stops() -> None:
    survey, policy = survey_of(raw_survey()), policy_of(raw_policy())
    model = build(survey, policy, comparisons(survey, policy))
    plan = SearchPlan(model, (), policy.fit.criteria)
    budget = Budget(3)
    assert sweep(plan, Points(policy.fit.criteria, policy.fit.max), states=3) is None
    assert sweep(plan, Points(policy.fit.criteria, policy.fit.max), budget=budget) is None
    assert budget.left < 0


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


@pytest.mark.parametrize(("choices", "codes"), [(8, ["never_shown"]), (sized(13, 20), [])])
def test_a_question_after_too_many_is_not_judged(choices: int, codes: list[str]) -> None:
    survey = raw_survey()
    several = [{"value": f"c{number}", "text": "-", "flags": [f"f{number}"]} for number in range(choices)]
    survey["pages"][0]["questions"].append(
        {"name": "tools", "type": "multiple_choice", "title": "Tools", "choices": several}
    )
    put(asked(survey, "budget"), "show_if", {"all": [{"tools": "c1"}, {"tools": {"ne": "c1"}}]})
    assert [one.code for one in check_survey(survey_of(survey)).problems] == codes


@pytest.mark.parametrize("seed", range(20))
def test_pareto_optimal_states_have_the_same_minimum_and_maximum_as_all_states(seed: int) -> None:
    _, survey, policy, _ = cast(seed)
    weights = {one.name: one.weight for one in survey.dimensions}
    model = build(survey, policy, comparisons(survey, policy))
    front = ParetoFront(weights)
    paths = sweep(SearchPlan(model, [one.name for one in model.variables if one.dimension], dimensions=weights), front)
    everybody = [one.overall for one in measured(seed) if one.overall is not None]
    found = [value for total in paths or {} if (value := front.value(total)) is not None]
    assert (min(found, default=0), max(found, default=0)) == (min(everybody, default=0), max(everybody, default=0))


def test_bounds_that_differ_from_the_dimensions_are_exact_by_pareto_optimal_states() -> None:
    survey = raw_survey()
    for number in range(12):
        choices = [{"value": f"v{at}", "text": "-", "maturity": at * at * (number + 1) + 1} for at in range(4)]
        name = ("speed", "scoring")[number % 2]
        survey["pages"][1]["questions"].append(
            {"name": f"more_{number}", "type": "single_choice", "title": "-", "required": True, "dimension": name,
             "choices": choices})  # fmt: skip
    ranges = ScoreRanges(build(survey_of(survey), None, {}))
    found = ranges.maturity
    assert found.is_exact
    assert not found.exhaustive
    parts = [(one.weight, ranges.dimensions[one.name]) for one in ranges.model.survey.dimensions]
    assert min(found.paths) == sum(weight * min(one.paths) for weight, one in parts) / 10
    assert max(found.paths) == 100


@pytest.mark.no_cover
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("count", [sized(24, 34)])
def test_no_respondent_of_a_branching_survey_contradicts_a_claim(shape: str, count: int) -> None:
    """Random journeys, judged by the product itself: what the check calls impossible never happens."""
    survey, policy = branching(shape, count), wide()
    findings = check(survey, policy)
    bounds, wrong = findings.bounds, set[str]()
    assert bounds.maturity is not None
    assert all(name in bounds.dimensions for name in survey.items_of)
    meaning = PolicyFormulas(build(survey, policy, comparisons(survey, policy)), policy)
    proofs = zip(goals(meaning), findings.witnesses, strict=False)
    impossible = [goal for goal, proof in proofs if proof.outcome == "impossible"]
    random, people = Random(count), Respondents(meaning.model)
    never = {survey.questions[10 * int(problem.where[1]) + int(problem.where[3])].name
             for problem in findings.survey if problem.code == "never_shown"}  # fmt: skip
    for one in (people.journey() for _ in range(40)):
        assert one is not None
        answers = Answers({name: option.value for name, option in one.options.items()
                           if name in survey.items and option.value is not None})  # fmt: skip
        filled = ResponseEvidence(survey, answers, NOW, contact={"email": "somebody@company.example"}, id="example")
        judged = anything(random, policy, filled, survey)
        wrong |= {goal.what for goal in impossible if goal.holds(judged)}
        wrong |= {name for name in never if name in filled.journey.item_names}
        maturity, card = measure(survey, filled.journey), judged.scorecard
        values = [(bounds.fit, card.fit.score), (bounds.timing, card.timing.score), (bounds.maturity, maturity.overall)]
        values += [(bounds.dimensions[part.name], part.value) for part in maturity.dimensions]
        for bound, value in values:
            assert bound is not None
            assert bound.limits is not None
            wrong |= {f"{value} of {bound}"} if not bound.limits[0] <= (value or 0) <= bound.limits[1] else set()
    assert not wrong
