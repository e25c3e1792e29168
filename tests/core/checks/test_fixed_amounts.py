"""What needs several numbers, or many answers of a dimension, to be extreme together is found."""

from __future__ import annotations

import pytest

from questionnaire.core.checks import Proof, check
from tests.core.authoring import policy, survey

ALONE = "display: {gate: none}"
AREA = """
- {name: kind, type: single_choice, title: K, required: true, choices: [
    {value: office, text: O, number: 100}, {value: hall, text: H, number: 200}]}
- {name: area, type: number, min: 100, max: 50000, title: A}
- {name: roughly, type: single_choice, title: R, required: true, show_if: {area: {known: false}}, choices: [
    {value: some, text: S, number: 500}, {value: much, text: M, number: 5000}]}
- {name: heat, type: number, min: 0, max: 5000000, title: H}
- {name: power, type: number, min: 0, max: 5000000, title: P}
"""
USE = """
display: {gate: none}
calculated:
  - {name: floor, cases: [{when: {area: {known: true}}, formula: area}, {formula: roughly}]}
  - {name: energy, cases: [{when: {heat: {known: true}, power: {known: true}}, formula: heat + power},
                           {formula: floor * kind}]}
  - {name: compared, formula: energy / floor / kind * 100}
report:
  content_blocks: [{id: seen, after: summary, text: C, when: {calculated.compared: %s}}]
"""


def block(comparison: str) -> Proof:
    proof = check(survey(AREA, USE % comparison), policy()).proof("content block seen")
    assert proof is not None
    return proof


@pytest.mark.parametrize("comparison", ["{gt: 130}", "{gt: 400}", "{lt: 20}", "100"])
def test_a_ratio_is_found_where_all_its_numbers_must_be_given_and_far_apart(comparison: str) -> None:
    proof = block(comparison)
    assert proof.outcome == "example"
    assert {"kind", "area", "heat", "power"} <= proof.decided_by


def test_an_amount_outside_the_interval_is_impossible_and_one_that_no_answers_give_is_not_claimed() -> None:
    assert block("{lt: 0}").outcome == "impossible"
    hours = "- {name: hours, type: number, min: 0, max: 9, title: Hours}"
    change = f"{ALONE}\ncalculated: [{{name: v, formula: hours - hours}}]"
    judged = policy("disqualify: [{when: {calculated.v: {gt: 0}}, reason: odd}]")
    proof = check(survey(hours, change), judged).proof("disqualify odd")
    assert proof is not None
    assert proof.outcome == "no example found"


ROWS = "\n".join(
    f"- {{name: s{at}, type: scale, title: S, from: 0, to: 4, required: true, dimension: {dimension}}}"
    for at, dimension in enumerate(["calm", "calm", "calm", "fast", "fast"])
)
SIZE = """
- {name: size, type: single_choice, title: S, required: true, criterion: size, choices: [
    {value: l, text: L, level: core}, {value: s, text: S, level: small}]}
"""
DIMENSIONS = "dimensions: [{name: calm, title: Calm}, {name: fast, title: Fast}]"


def test_a_score_of_one_dimension_is_found_together_with_a_level_and_the_opposite_score_of_another() -> None:
    condition = "{all: [{score.calm: {lt: 10}}, {score.fast: {gt: 90}}, {size: core}]}"
    judged = policy(f"disqualify: [{{when: {condition}, reason: odd}}]")
    proof = check(survey(ROWS + SIZE, f"{ALONE}\n{DIMENSIONS}"), judged).proof("disqualify odd")
    assert proof is not None
    assert proof.outcome == "example"
    assert {"s0", "s4", "size"} <= proof.decided_by


SOLD = """
- {name: staff, type: number, min: 5, max: 50000, required: true, title: S}
- {name: toil, type: single_choice, title: T, required: true, choices: [
    {value: few, text: F, number: 1}, {value: many, text: M, number: 12}]}
"""


def test_a_lead_for_sales_is_found_where_a_box_needs_a_calculated_amount() -> None:
    change = f"{ALONE}\ncalculated: [{{name: lost, formula: round(staff * toil / 40), criterion: sector}}]"
    judged = policy("""
    fit: {criteria: {sector: {bands: {other: [0, 1], priority: [2, null]}}}, completeness: {minimum: 0%}}
    checklist: [{id: L-1, text: Much is lost, check: {sector: priority}, blocking: true}]
    """)
    findings = check(survey(SOLD + SIZE, change), judged)
    outcomes = {proof.what: proof.outcome for proof in findings.witnesses}
    assert (outcomes["box L-1 checked"], outcomes["verdict sql_ready"]) == ("example", "example")


def test_an_example_is_in_a_language_of_the_survey_where_its_language_makes_no_difference() -> None:
    change = f"languages: [en, fr]\n{ALONE}\ncalculated: [{{name: lost, formula: staff * toil, criterion: sector}}]"
    judged = policy("""
    fit: {criteria: {sector: {bands: {other: [0, 1], priority: [2, null]}}}}
    disqualify: [{when: {any: [{answer.toil: few}, {language: fr}]}, reason: odd}]
    """)
    proof = check(survey(SOLD, change), judged).proof("disqualify odd")
    assert proof is not None
    assert proof.outcome == "example"
