"""The one sentence a rep could repeat."""

from __future__ import annotations

import pytest

from questionnaire.core.base.translation import ENGLISH
from questionnaire.core.scoring.evidence import ResponseEvidence
from questionnaire.core.scoring.lead_reason import profile, profile_text
from questionnaire.core.scoring.scorecard import score
from questionnaire.core.scoring.verdict_reason import verdict_text
from tests.cast import anna, assess_lead, sofia, tom
from tests.core.authoring import assessed, filled, gathered, policy, signal, survey

OWN_NAMES = """
- {name: need, type: single_choice, title: Need, criterion: need, choices: [
    {value: much, text: We need it badly, level: strong}, {value: none, text: We do not, level: weak}]}
- {name: start, type: single_choice, title: Start, criterion: start, choices: [
    {value: now, text: We start this month, level: now}, {value: never, text: Never, level: never}]}
"""
OWN_POLICY = """{fit: {criteria: {size: {icp: []}, sector: {icp: []}, need: {levels: {strong: 50, weak: 0}}},
        completeness: {of: [need]}},
    timing: {criteria: {start: {levels: {now: 60, never: 0}}, timeline: {levels: {soon: 60}},
        trigger_event: {levels: {merger_done: 5}}}}}"""


def said(*responses: ResponseEvidence, change: str = "{}", seen: str = "") -> str:
    judged = policy(change)
    evidence = gathered(*responses, judged=judged, signals=[signal(name) for name in seen.split()])
    return profile_text(profile(judged, evidence, score(judged, evidence)), ENGLISH)


def test_the_example_says_who_what_and_when() -> None:
    assert verdict_text(assess_lead(anna()).verdict.why, ENGLISH) == (
        "Decision-maker (VP) at an ICP company in a core region; asked for a demo and viewed the pricing page twice; "
        "project within three months, budget allocated."
    )


def test_a_company_that_matches_in_part_says_how_far() -> None:
    assert said(filled("{size: large, sector: other}")) == "A company that matches 1 of 2 ICP criteria."
    assert said(filled("{size: large, sector: saas}")) == "An ICP company."


@pytest.mark.parametrize(
    ("seen", "did"),
    [
        ("demo_request", "Asked for a demo."), ("demo_request demo_request", "Asked for a demo twice."),
        ("pricing_page_visit " * 3, "Viewed the pricing page 3 times."),
        ("returns_3_in_30_days returns_3_in_30_days", "Came back three times within 30 days."),
        ("whitepaper_download demo_request pricing_page_visit", "Asked for a demo and viewed the pricing page."),
    ],
)  # fmt: skip
def test_what_somebody_did_is_told_by_weight(seen: str, did: str) -> None:
    signals = """intent: {signals: {whitepaper_download: {points: 5}, returns_3_in_30_days: {points: 15},
        pricing_page_visit: {points: 20, strength: medium}, demo_request: {points: 50, strength: strong}}}"""
    assert said(filled("{}"), change=signals, seen=seen) == did


def test_an_authors_own_names_are_told_in_the_words_of_the_answers() -> None:
    asked = survey(OWN_NAMES)
    assert said(filled("{need: much, start: now}", asked=asked), change=OWN_POLICY) == "We start this month."
    assert said(filled("{need: much, start: never}", asked=asked), change=OWN_POLICY) == "We need it badly."


def test_a_standard_criterion_with_levels_of_its_own_speaks_too() -> None:
    assert said(filled("timeline: soon")) == "Soon."
    imported = filled("{}", imported={"trigger_event": "merger_done"})
    assert said(imported, change=OWN_POLICY) == "Merger done."


def test_there_is_always_a_why() -> None:
    assert said(filled("{}")) == "FIT C and INTENT 3."


def test_no_field_or_level_is_named() -> None:
    for lead in (anna(), tom(), sofia()):
        assert "_" not in verdict_text(assess_lead(lead).verdict.why, ENGLISH)
    assert verdict_text(assessed().verdict.why, ENGLISH) == "An ICP company; Soon, budget allocated."
