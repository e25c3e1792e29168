"""The SQL-ready checklist: checked, open or unknown, each box with its evidence."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from questionnaire.core.base.conditions import Members
from questionnaire.core.scoring.checklist import Ticked, open_boxes, plain
from tests.cast import anna, assess_lead, bruno, marc, sofia, tom
from tests.core.authoring import assessed, filled, policy

BOXES = """checklist: [{id: ICP, text: Matches, check: {all: [{icp: size}, {icp: sector}]}},
    {id: PAY, text: Budget, check: {budget: allocated}, blocking: true},
    {id: NEG, text: Good, check: {negative_signal: false}}]"""


def boxes(answers: str, now: str = "2026-10-02 12:00") -> dict[str, Ticked]:
    return {box.id: box for box in assessed(filled(answers), judged=policy(BOXES), now=now).checklist}


@pytest.mark.parametrize(
    ("answers", "state", "evidence"),
    [
        ("{size: large, sector: saas}", "checked",
         "Size: core (answer size = large); Sector: priority (answer sector = saas)"),
        ("{size: large, sector: other}", "open", "Sector: other (answer sector = other)"),
        ("size: large", "unknown", "Sector: unknown"),
        ("{size: micro}", "open", "Size: micro (answer size = micro)"),
    ],
)  # fmt: skip
def test_a_box_says_what_decided_it(answers: str, state: str, evidence: str) -> None:
    box = boxes(answers)["ICP"]
    assert (box.state, box.evidence, box.text.say("en")) == (state, evidence, "Matches")


def test_unknown_counts_as_open() -> None:
    found = boxes("{size: large, sector: saas}")
    assert (found["PAY"].state, found["PAY"].is_open, found["PAY"].blocking) == ("unknown", True, True)
    assert [box.id for box in open_boxes(tuple(found.values()))] == ["PAY"]


def test_a_fact_is_said_as_a_person_reads_it() -> None:
    assert boxes("{}")["NEG"].evidence == "negative signal: no"


def test_what_ran_out_is_told_with_its_day_in_the_zone_of_the_policy() -> None:
    judged = policy("checklist: [{id: TIM, text: Project, check: {timeline: soon}}]")
    box = assessed(filled("timeline: soon", "2026-10-01T23:30+00:00"), judged=judged, now="2027-03-01 10:00").checklist[
        0
    ]
    assert (box.state, box.evidence) == ("unknown", "Timeline: answered on 2026-10-02, expired")


@pytest.mark.parametrize(
    ("value", "name", "said"),
    [
        (None, "email_kind", "unknown"), (None, "flag", "none"), (True, "", "yes"), (False, "", "no"),
        (Fraction(1, 2), "", "1"),
        (Members(frozenset({"b", "a"})), "icp", "a, b"), (Members(frozenset()), "icp", "none"), (7, "", "7"),
        (frozenset({"b", "a"}), "", "a, b"), ((), "", "none"), ("business", "", "business"),
    ],
)  # fmt: skip
def test_every_kind_of_fact_has_words(value: Any, name: str, said: str) -> None:
    assert plain(value, name=name) == said


def test_the_open_boxes_of_the_six_prospects() -> None:
    found = {lead.name[:2]: {box.id for box in assess_lead(lead).checklist if box.is_open}
             for lead in (anna(), tom(), sofia(), bruno(), marc())}  # fmt: skip
    assert found == {
        "P1": set(), "P2": {"INT-1", "INT-3", "DAT-2"}, "P3": {"TIM-2"},
        "P4": {"FIT-1", "FIT-2", "TIM-1", "DAT-1", "DAT-2"}, "P6": {"FIT-1", "FIT-3"},
    }  # fmt: skip
