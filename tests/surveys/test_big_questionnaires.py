"""Large questionnaires of three public shapes: expressed as a whole, checked, answered and scored."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from questionnaire.core import cases
from questionnaire.core.checks import check
from questionnaire.core.survey.answers import read_answers
from questionnaire.core.survey.calculated_facts import calculate_all
from questionnaire.core.survey.journey import Journey, derive_journey
from questionnaire.core.survey.maturity import measure
from questionnaire.core.survey.questions import Question, Value
from questionnaire.core.survey.survey import Survey
from questionnaire.library.domains import known_domains
from tests.surveys.big_questionnaires import (
    ALL,
    answered,
    delivery_assessment,
    impact_assessment,
    policy,
    security_model,
)


def _extreme(item: Question, best: bool) -> Value:
    if item.kind == "text":
        return "Someone."
    if not item.answer_choices:
        limits = item.constraints
        return int((limits.max if best else limits.min) or 0)
    pick = max if best else min
    value = pick(item.answer_choices, key=lambda choice: choice.worth).value
    every = tuple(choice.value for choice in item.answer_choices)
    return value if item.kind == "choice" else every if best else ()


def _path(made: Survey, best: bool) -> Journey:
    given = {item.name: _extreme(item, best) for item in made.items.values()}
    read, mistakes = read_answers(made, {name: value for name, value in given.items() if value != ()})
    assert not mistakes
    return derive_journey(made, read)


def test_each_has_its_size_and_is_found_without_fault() -> None:
    assert [len(build().items) for build in ALL] == [299, 75, 90]
    for build in ALL:
        findings = check(build(), policy())
        assert (findings.survey, findings.policy, findings.unsearched) == ((), (), ()), build.__name__


@pytest.mark.parametrize("best", [True, False])
def test_the_best_answers_score_a_hundred_and_the_worst_nothing(best: bool) -> None:
    for build in ALL:
        made = build()
        scores = measure(made, _path(made, best))
        assert {score.value for score in scores.every} == {100 if best else 0}, build.__name__
        assert len(scores.every) == len(made.dimensions_by_name)


def test_answers_at_random_lead_to_a_result() -> None:
    for build in ALL:
        made = build()
        for seed in range(3):
            scores = measure(made, answered(made, Random(seed)))
            assert scores.overall is not None
            assert 0 < scores.overall < 100
            assert scores.band is not None


def test_a_follow_up_of_the_impact_assessment_is_asked_after_a_yes_alone() -> None:
    made = impact_assessment()
    worst, best = _path(made, best=False), _path(made, best=True)
    assert "s3_q1" in worst.answers
    assert "s3_q1" not in best.answers
    assert len(worst.visible) == 299
    assert len(best.visible) < 220


def test_measures_of_eighty_percent_take_fifteen_percent_off_the_impact() -> None:
    made = impact_assessment()
    values = calculate_all(made, _path(made, best=True))
    assert values["impact"] == 0
    careful = {item.name: _extreme(item, item.dimension not in risks_of(made)) for item in made.items.values()}
    read, _ = read_answers(made, {name: value for name, value in careful.items() if value != ()})
    values = calculate_all(made, derive_journey(made, read))
    assert (values["measures"], values["impact"]) == (100, 85)


def risks_of(made: Survey) -> set[str]:
    return {part.name for part in made.dimensions[0].parts}


def test_a_practice_of_the_security_model_is_worth_the_mean_of_its_streams_and_levels() -> None:
    made = security_model()
    half = {item.name: "v3" if item.name.endswith(("a1", "a2", "b1")) else "v0" for item in made.items.values()}
    read, _ = read_answers(made, half)
    journey = derive_journey(made, read)
    assert {score.value for score in measure(made, journey).every} == {50}
    assert calculate_all(made, journey)["f0_level"] == Fraction(3, 2)


def test_the_delivery_assessment_has_one_level_of_five_dimensions() -> None:
    made = delivery_assessment()
    assert [len(made.items_of[one.name]) for one in made.dimensions] == [15] * 5
    assert not any(one.parts for one in made.dimensions)


def test_whoever_answers_one_becomes_a_lead_with_a_verdict() -> None:
    contact = {"email": "ada@firm.example", "company": "Firm", "country": "FR", "role": "decides", "plan": "soon"}
    for build in ALL:
        answers = {name: list(value) if isinstance(value, tuple) else value
                   for name, value in answered(build(), Random(7)).answers.items()}  # fmt: skip
        file, problems = cases.read({"at": "2026-10-06T10:00:00+02:00", "answers": answers, "contact": contact})
        assert file is not None, problems
        lead, mistakes = cases.lead_of(file.cases[0], build(), policy())
        assert lead is not None, mistakes
        told = cases.conclude(lead, policy(), known_domains()).transcript
        assert (told["verdict"]["stage"], told["label"], told["fit"]["score"]) == ("review", "A2", 30)
