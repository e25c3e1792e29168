"""One way of counting questions: on the way, in the report and in texts."""

from __future__ import annotations

from typing import Any

import pytest

from questionnaire.core.survey.answers import Answers
from questionnaire.core.survey.journey import derive_journey
from questionnaire.core.survey.length import alternatives, path_length, question_screens
from tests.core.authoring import survey

WAYS = """
- {name: kind, type: single_choice, title: Kind, choices: [
    {value: shop, text: Shop}, {value: plant, text: Plant}, {value: bank, text: Bank}]}
- {name: note, type: statement, title: Let us go on}
- {name: s1, type: text, title: S1, show_if: {kind: shop}}
- {name: s2, type: text, title: S2, show_if: {kind: shop}}
- {name: s3, type: text, title: S3, show_if: {kind: [shop, bank]}}
- {name: p1, type: text, title: P1, show_if: {kind: plant}}
- {name: deep, type: text, title: Deep, show_if: {s1: {known: true}}}
- {name: grid, type: matrix, title: Grid, choices: [{value: a, text: A}],
   rows: [{name: x, text: X}, {name: y, text: Y}]}
- {name: after, type: text, title: After, show_if: {grid.x: a}}
- {name: src, type: hidden, title: Source}
"""


@pytest.mark.parametrize(
    ("answers", "at", "expected"),
    [
        # Of shop, plant and bank the longest counts: three questions; what they and the grid decide may come too.
        ({}, 0, (2, 5)),
        ({"kind": "shop"}, 0, (5, 2)),
        ({"kind": "plant"}, 0, (3, 1)),
        ({"kind": "bank"}, 0, (3, 1)),
        ({"kind": "shop", "s1": "x", "grid.x": "a"}, 0, (7, 0)),
        # Passed and left empty: it decides nothing any more.
        ({}, 9, (2, 0)),
        ({"kind": "shop"}, 3, (5, 1)),
    ],
)
def test_what_is_open_counts_at_its_longest(answers: dict[str, Any], at: int, expected: tuple[int, int]) -> None:
    asked = survey(WAYS)
    journey = derive_journey(asked, Answers(answers))
    length = path_length(asked, journey, {}, question_screens(asked), at)
    assert (length.sure, length.open) == expected
    assert length.most == sum(expected)


def test_on_the_way_the_number_never_grows() -> None:
    asked = survey(WAYS)
    answers: dict[str, Any] = {}
    before = 10**6
    for name, value in (("kind", "shop"), ("s1", "x"), ("s3", "y"), ("grid.x", "a"), ("after", "z")):
        journey = derive_journey(asked, Answers(answers))
        most = path_length(asked, journey, {}, question_screens(asked)).most
        assert most <= before
        before, answers = most, {**answers, name: value}


def test_of_branches_that_exclude_each_other_the_shorter_ones_come_instead() -> None:
    assert alternatives(survey(WAYS)) == {"p1"}
    open_ended = "[{name: a, type: number, title: A}, {name: b, type: text, title: B, show_if: {a: 1}},"
    assert not alternatives(survey(open_ended + " {name: c, type: text, title: C, show_if: {a: 2}}]"))


def test_after_an_ending_nothing_is_open() -> None:
    ends = survey(WAYS, "{endings: [{name: e, when: {kind: bank}, title: E}]}")
    journey = derive_journey(ends, Answers({"kind": "bank"}))
    assert path_length(ends, journey, {}, question_screens(ends)).most == 1
