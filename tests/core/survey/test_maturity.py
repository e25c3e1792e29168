"""Maturity: follows the path, never zero for unanswered dimensions, exact until displayed."""

from __future__ import annotations

from fractions import Fraction

import pytest

from questionnaire.core.survey.maturity import Maturity, measure
from tests.cast import anna, anna_again, assess_lead, bruno, marc, sofia, tom
from tests.core.authoring import filled, refused_survey, survey

ASKED = """
- {name: plan, type: single_choice, title: Plan, dimension: rules, choices: [{value: a, text: A, maturity: 0},
   {value: b, text: B, maturity: 2}, {value: u, text: U, unknown: true}]}
- {name: review, type: single_choice, title: Review, dimension: rules, show_if: {plan: b}, choices: [
   {value: a, text: A, maturity: 1}, {value: b, text: B, maturity: 3}]}
- {name: speed, type: scale, title: Speed, dimension: pace}
- {name: stars, type: rating, title: Stars, dimension: loop}
"""
PLAN = """{dimensions: [{name: pace, title: Pace, weight: 1}, {name: rules, title: Rules, weight: 3},
    {name: loop, title: Loop, weight: 3}], report: {order: ORDER,
    overall: [{from: 0, name: Low, text: L}, {from: 50, name: High, text: H}],
    dimensions: {rules: [{from: 0, text: r0}, {from: 67, text: r67}]}}}"""


def maturity(answers: str, order: str = "weakest_first") -> Maturity:
    asked = survey(ASKED, PLAN.replace("ORDER", order))
    return measure(asked, filled(answers, asked=asked).journey)


def values(found: Maturity) -> dict[str, Fraction]:
    return {dimension.name: dimension.value for dimension in found.dimensions}


@pytest.mark.parametrize(
    ("answers", "rules"),
    [
        ("plan: a", 0), ("plan: b", 100), ("{plan: b, review: a}", 60), ("{plan: b, review: b}", 100),
        # The maximum excludes questions off the path.
        ("{plan: a, review: b}", 0),
    ],
)  # fmt: skip
def test_a_dimension_is_its_value_out_of_the_best_on_this_path(answers: str, rules: int) -> None:
    assert values(maturity(answers))["rules"] == rules


def test_a_dimension_without_an_answer_is_left_out_never_zero() -> None:
    found = maturity("speed: 5")
    assert values(found) == {"pace": 100}
    assert found.overall == found.rounded == 100
    assert found.order == ("pace",)


def test_i_do_not_know_is_left_out_of_value_and_maximum() -> None:
    assert "rules" not in values(maturity("{plan: u, speed: 1}"))


def test_with_no_answer_there_is_no_maturity() -> None:
    found = maturity("{}")
    assert (found.overall, found.rounded, found.band, found.dimensions, found.order) == (None, None, None, (), ())
    assert found.ordered == ()


def test_overall_maturity_is_the_weighted_average_of_the_scored_dimensions() -> None:
    found = maturity("{plan: b, review: a, speed: 2}")
    assert found.overall == Fraction(60 * 3 + 25 * 1, 4)
    assert found.rounded == 51
    assert found.band is not None
    assert found.band.name is not None
    assert found.band.name.say("en") == "High"
    assert maturity("{speed: 3, plan: a, stars: 4}").overall == Fraction(50 + 0 + 75 * 3, 7)


def test_dimensions_are_ordered_by_score_then_weight_then_position() -> None:
    assert maturity("{plan: b, review: a, speed: 2, stars: 1}").order == ("loop", "pace", "rules")
    assert maturity("{plan: a, speed: 1, stars: 1}").order == ("rules", "loop", "pace")
    listed = maturity("{plan: a, speed: 1, stars: 1}", "listed")
    assert listed.order == ("pace", "rules", "loop")
    assert [dimension.name for dimension in listed.ordered] == list(listed.order)


def test_bands_compare_unrounded_scores() -> None:
    found = maturity("{plan: b, review: a}").dimensions[0]
    assert found.band is not None
    assert found.band.text.say("en") == "r0"
    assert found.items == ("plan", "review")
    assert maturity("speed: 2").dimensions[0].band is None


def test_the_six_prospects_have_the_expected_maturity() -> None:
    cast = {"anna": anna(), "tom": tom(), "sofia": sofia(), "bruno": bruno(), "marc": marc()}
    found = {name: assess_lead(lead).maturity for name, lead in cast.items()}
    found["anna again"] = assess_lead(anna(), anna_again()).maturity
    assert {name: one.overall for name, one in found.items()} == {
        "anna": Fraction(800, 30), "tom": 60, "sofia": Fraction(1000, 30), "bruno": 0, "marc": Fraction(2600, 30),
        "anna again": Fraction(1100, 30),
    }  # fmt: skip
    assert {name: one.rounded for name, one in found.items()} == {
        "anna": 27, "tom": 60, "sofia": 33, "bruno": 0, "marc": 87, "anna again": 37,
    }  # fmt: skip
    assert found["anna"].order == found["tom"].order == ("feedback", "definitions", "speed", "scoring")
    texts = {one.name: one.band.from_ for one in found["tom"].dimensions if one.band}
    assert texts == {"definitions": 34, "scoring": 34, "speed": 34, "feedback": 0}


# --- weights, steps, nothing ticked, dimensions of dimensions ------------------------------------------------------

WEIGHED = """
- {name: plan, type: single_choice, title: Plan, dimension: rules, weight: 3, choices: [
   {value: a, text: A, maturity: 0},   {value: b, text: B, maturity: 5}, {value: c, text: C, maturity: 10}]}
- {name: speed, type: scale, title: Speed, dimension: rules}
- {name: share, type: slider, title: Share, dimension: pace, maturity: [{from: 10, value: 1}, {from: 50, value: 4}]}
- {name: people, type: number, title: People, dimension: pace, min: 0, maturity: [
   {from: 0, value: 0}, {from: 2.5, value: 2}]}
- {name: stars, type: rating, title: Stars, dimension: team, maturity: [{from: 1, value: 3}, {from: 3, value: 1}]}
- {name: tools, type: multiple_choice, title: Tools, dimension: team, choices: [{value: x, text: X, maturity: 2},
   {value: y, text: Y, maturity: 1}]}
"""
NESTED = """{dimensions: [{name: rules, title: Rules, weight: 2}, {name: work, title: Work, dimensions: [
    {name: pace, title: Pace, weight: 3}, {name: team, title: Team}]}],
    report: {dimensions: {work: [{from: 0, text: w0}, {from: 50, text: w50}], team: [{from: 0, text: t0}]}}}"""


def nested(answers: str) -> Maturity:
    asked = survey(WEIGHED, NESTED)
    return measure(asked, filled(answers, asked=asked).journey)


def scores(answers: str) -> dict[str, Fraction]:
    return {score.name: score.value for score in nested(answers).every}


def test_with_weights_each_question_counts_by_its_share() -> None:
    # 3 × 5/10 + 1 × 4/4 of 4.
    assert scores("{plan: b, speed: 5}")["rules"] == Fraction(125, 2)
    assert scores("{speed: 2}")["rules"] == 25


@pytest.mark.parametrize(
    ("answers", "pace"),
    [("share: 9", 0), ("share: 10", 25), ("share: 49", 25), ("share: 50", 100),
     ("people: 2.4", 0), ("people: 2.5", 100), ("{share: 10, people: 3}", 50)],
)  # fmt: skip
def test_a_number_is_worth_the_last_step_it_reaches(answers: str, pace: int) -> None:
    assert scores(answers)["pace"] == pace


def test_steps_of_a_scale_may_fall_again() -> None:
    assert scores("{stars: 2, tools: [x, y]}")["team"] == 100
    assert scores("{stars: 5, tools: [x, y]}")["team"] == Fraction(200, 3)


def test_nothing_ticked_counts_as_zero_once_its_page_was_passed() -> None:
    assert scores("{stars: 2}")["team"] == 50
    unanswered = survey(WEIGHED.replace("title: Tools", "title: Tools, none_is: unanswered"), NESTED)
    found = measure(unanswered, filled("{stars: 2}", asked=unanswered).journey)
    assert {score.name: score.value for score in found.every}["team"] == 100
    required = survey("- {name: last, type: text, title: Last, required: true}" + WEIGHED, NESTED)
    found = measure(required, filled("{stars: 2}", asked=required).journey)
    assert {score.name: score.value for score in found.every}["team"] == 100


def test_a_dimension_of_dimensions_is_their_weighted_mean() -> None:
    found = nested("{share: 50, stars: 5, tools: [x, y], plan: a}")
    rules, work = found.dimensions
    assert (rules.parts, [part.name for part in work.parts]) == ((), ["pace", "team"])
    assert work.value == Fraction(3 * 100 + Fraction(200, 3)) / 4
    assert work.items == ("share", "stars", "tools")
    assert work.band is not None
    assert work.band.text.say("en") == "w50"
    assert found.overall == (2 * 0 + work.value) / 3
    assert found.order == ("rules", "work")


def test_a_part_without_an_answer_is_left_out_of_its_dimension() -> None:
    asked = survey(WEIGHED.replace("title: Tools", "title: Tools, none_is: unanswered"), NESTED)
    found = measure(asked, filled("{share: 50}", asked=asked).journey)
    assert [score.name for score in found.every] == ["work", "pace"]
    assert found.overall == 100


def test_steps_out_of_order_are_refused() -> None:
    steps = "[{from: 50, value: 1}, {from: 10, value: 2}]"
    (problem,) = refused_survey(f"- {{name: share, type: slider, title: Share, maturity: {steps}}}")
    assert problem.code == "maturity_order"
    assert problem.message == "the step from 10 stands after the one from 50"
