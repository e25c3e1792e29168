"""A calculated value is evidence of a criterion by its bands: the newest known one counts."""

from __future__ import annotations

import pytest

from questionnaire.core.scoring.evidence import ResponseEvidence
from questionnaire.core.scoring.facts import known_facts, survey_facts
from questionnaire.core.scoring.scorecard import score
from tests.core.authoring import assessed, filled, gathered, policy, survey

ASKED = """
- {name: teams, type: number, title: Teams}
- {name: each, type: number, title: Each, show_if: {teams: {gt: 0}}}
- {name: other, type: text, title: Other}
"""
CHANGE = """
calculated: [{name: people, formula: teams * each, criterion: size, unit: people}, {name: spare, formula: teams}]
report: {blocks: {big: {text: Big}, small: {text: Small}}, next_step: [
    {when: {calculated.people: {gte: 50}}, block: big}, {block: small}]}
"""


def response(answers: str, day: str = "2026-10-01 12:00") -> ResponseEvidence:
    return filled(answers, day, asked=survey(ASKED, CHANGE))


def test_the_bands_of_the_criterion_give_the_level() -> None:
    known = gathered(response("{teams: 4, each: 15}")).known["size"]
    assert (known.level, known.kind, known.name, known.value) == ("core", "calculated", "people", "60\xa0people")
    assert known.source == "calculated people = 60\xa0people"


@pytest.mark.parametrize(
    ("newer", "level"),
    [
        ("{teams: 2, each: 6}", "small"), ("{teams: 4}", "core"), ("{teams: 0}", None), ("{other: x}", None),
        ("{teams: 400, each: 400}", None),
    ],
)  # fmt: skip
def test_the_newest_known_value_counts(newer: str, level: str | None) -> None:
    evidence = gathered(response("{teams: 4, each: 15}"), response(newer, "2026-10-02 11:00"))
    known = evidence.known.get("size")
    assert (known.level if known else None) == level


def test_next_steps_know_calculated_values() -> None:
    evidence = gathered(response("{teams: 4, each: 15}"))
    card = score(policy(), evidence)
    facts = survey_facts(policy(), evidence, card, known_facts(policy(), evidence, card))
    assert (facts["calculated.people"], facts["calculated.spare"]) == (60, 4)
    assert assessed(response("{teams: 4, each: 15}")).next_step == "big"
    assert assessed(response("{teams: 4, each: 2}")).next_step == "small"
