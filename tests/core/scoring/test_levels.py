"""Levels of criteria for answers, fields and imports."""

from __future__ import annotations

from typing import Any

import pytest

from questionnaire.core.policy import Policy
from questionnaire.core.scoring.levels import level_of_answer, level_of_field, level_of_import
from tests.core.authoring import policy, question

FIT = """fit: {criteria: {
    zone: {levels: {core: 5, covered: 3, other: 0}, countries: {core: [DE, US], covered: [FR]}},
    abroad: {levels: {near: 5, far: 0}, countries: {near: [DE]}},
    seniority: {levels: {c_level: 20, vp: 15, director: 10, manager: 5, contributor: 0}, titles: default},
    heads: {levels: {boss: 9}, titles: {extends: default, c_level: ["chief happiness"]}},
    tools: {levels: {low: 0, basic: 2, twin: 2, advanced: 5}},
    wants: {levels: {"yes": 3, "no": 0}},
    ready: {levels: {low: 0, high: 5}, bands: {low: [0, 3], high: [4, 5]}},
    revenue: {levels: {small: 1, large: 9}, bands: {small: [null, 10], large: [11, null]}}}}"""


@pytest.fixture(scope="module")
def judged() -> Policy:
    return policy(FIT)


CHOICES = "choices: [{value: a, text: A, level: low}, {value: b, text: B, level: basic}, {value: c, text: C}, {value: t, text: T, level: twin}, {value: u, text: U, unknown: true, level: advanced}, {value: x, text: X, level: nowhere}]"  # noqa: E501


@pytest.mark.parametrize(
    ("written", "value", "level"),
    [
        (f"type: single_choice, criterion: tools, {CHOICES}", "b", "basic"),
        (f"type: single_choice, criterion: tools, {CHOICES}", "c", None),
        (f"type: single_choice, criterion: tools, {CHOICES}", "u", None),
        (f"type: single_choice, criterion: tools, {CHOICES}", "x", None),
        (f"type: single_choice, criterion: gone, {CHOICES}", "b", None),
        (f"type: single_choice, {CHOICES}", "b", None),
        (f"type: multiple_choice, criterion: tools, {CHOICES}", ("a", "b", "u"), "basic"),
        (f"type: multiple_choice, criterion: tools, {CHOICES}", ("t", "b"), "basic"),
        (f"type: multiple_choice, criterion: tools, {CHOICES}", ("c",), None),
        (f"type: ranking, criterion: tools, {CHOICES}", ("a", "b"), "low"),
        ("type: single_choice, criterion: tools, choices: [{value: advanced, text: A}]", "advanced", "advanced"),
        ("type: yes_no, criterion: wants", "yes", "yes"),
        ("type: consent, criterion: wants", True, "yes"),
        ("type: scale, criterion: ready", 3, "low"),
        ("type: nps, criterion: ready", 4, "high"),
        ("type: number, criterion: size", 50, "core"),
        ("type: number, criterion: size", 500, "core"),
        ("type: number, criterion: size", 501, None),
        ("type: number, criterion: size", 49, "small"),
        ("type: country, criterion: zone", "DE", "core"),
        ("type: country, criterion: zone", "BR", "other"),
        ("type: country, criterion: abroad", "BR", "far"),
        ("type: text, criterion: seniority", "VP, Sales", "vp"),
        ("type: text, criterion: heads", "Chief Happiness", None),
        ("type: text, criterion: tools", "basic", "basic"),
        ("type: text, criterion: tools", "rocket", None),
    ],
)
def test_an_answer_has_a_level(judged: Policy, written: str, value: Any, level: str | None) -> None:
    assert level_of_answer(judged, question(written), value) == level


@pytest.mark.parametrize(
    ("criterion", "written", "value", "level"),
    [
        ("seniority", "type: text", "Head of Marketing", "director"),
        ("seniority", "type: text", "–", None),
        ("zone", "type: country", "FR", "covered"),
        ("tools", f"type: dropdown, criterion: tools, {CHOICES}", "b", "basic"),
        ("tools", None, "advanced", "advanced"),
        ("tools", None, "rocket", None),
        ("zone", None, "de", "core"),
        ("zone", None, "covered", "covered"),
        ("gone", None, "x", None),
        (None, None, "x", None),
        ("tools", None, None, None),
    ],
)
def test_a_field_has_a_level(
    judged: Policy, criterion: str | None, written: str | None, value: Any, level: str | None
) -> None:
    assert level_of_field(judged, criterion, question(written) if written else None, value) == level


SIZES = "type: single_choice, criterion: size, choices: [{value: 1_9, text: Few, level: micro}, {value: 50_199, text: Many, level: core}]"  # noqa: E501


@pytest.mark.parametrize(
    ("criterion", "written", "value", "level"),
    [
        ("size", SIZES, 49, "small"), ("size", SIZES, "49", "small"), ("size", SIZES, "1_9", "micro"),
        ("size", SIZES, "core", "core"), ("size", SIZES, "many", None), ("size", None, "50", "core"),
        ("revenue", None, -5, "small"), ("revenue", None, 10.5, None), ("revenue", None, "11", "large"),
        ("seniority", None, "c_level", "c_level"), ("seniority", None, "CEO", "c_level"), ("zone", None, "US", "core"),
        ("wants", None, True, "yes"), ("gone", None, 49, None), ("size", SIZES, None, None),
    ],
)  # fmt: skip
def test_an_imported_value_has_a_level(
    judged: Policy, criterion: str, written: str | None, value: Any, level: str | None
) -> None:
    assert level_of_import(judged, question(written) if written else None, criterion, value) == level


def test_an_unlisted_country_has_no_level_when_two_are_possible() -> None:
    criterion = policy("fit: {criteria: {zone: {levels: {a: 2, b: 1, c: 0}, countries: {a: [DE]}}}}").fit.criteria[
        "zone"
    ]
    assert criterion.elsewhere is None
    assert criterion.level_of_country("BR") is None
    assert criterion.best_of(()) is None
