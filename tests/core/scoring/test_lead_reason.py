"""The one sentence a rep could repeat."""

from __future__ import annotations

import json

import pytest

from questionnaire.core.base.translation import ENGLISH, Translator
from questionnaire.core.scoring.evidence import ResponseEvidence
from questionnaire.core.scoring.lead_reason import profile, profile_text, signal_text
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
    signals = """phrases: standard
intent: {signals: {whitepaper_download: {points: 5}, returns_3_in_30_days: {points: 15},
        pricing_page_visit: {points: 20, strength: medium}, demo_request: {points: 50, strength: strong}}}"""
    assert said(filled("{}"), change=signals, seen=seen) == did


def test_an_authors_own_names_are_told_in_the_words_of_the_answers() -> None:
    asked = survey(OWN_NAMES)
    assert said(filled("{need: much, start: now}", asked=asked), change=OWN_POLICY) == "“We start this month”."
    assert said(filled("{need: much, start: never}", asked=asked), change=OWN_POLICY) == "“We need it badly”."


def test_a_standard_criterion_with_levels_of_its_own_speaks_too() -> None:
    assert said(filled("timeline: soon")) == "“Soon”."
    imported = filled("{}", imported={"trigger_event": "merger_done"})
    assert said(imported, change=OWN_POLICY) == "FIT C and INTENT 3."


def test_there_is_always_a_why() -> None:
    assert said(filled("{}")) == "FIT C and INTENT 3."


def test_no_field_or_level_is_named() -> None:
    for lead in (anna(), tom(), sofia()):
        assert "_" not in verdict_text(assess_lead(lead).verdict.why, ENGLISH)
    assert verdict_text(assessed().verdict.why, ENGLISH) == "An ICP company; “A demo”; “Soon”, “There is one”."


PHRASES = """{timeline: {levels: {soon: {points: 60, phrase: {en: a project this year, fr: un projet cette année}}}}}"""


def test_an_authored_phrase_is_said_in_the_language_of_the_reader() -> None:
    judged = policy(f"timing: {{criteria: {PHRASES}}}")
    evidence = gathered(filled("timeline: soon"), judged=judged)
    stored = json.loads(json.dumps(profile(judged, evidence, score(judged, evidence))))
    french = Translator("fr", lambda text: text)
    assert profile_text(stored, ENGLISH) == "A project this year."
    assert profile_text(stored, french) == "Un projet cette année."


def test_a_hand_raise_is_always_in_the_sentence() -> None:
    visit = """{mql: {immediate_on: [site_visit_request]}, intent: {signals: {site_visit_request: {points: 50},
        newsletter_read: {points: 5, strength: strong}}}}"""
    assert said(filled("{}"), change=visit, seen="site_visit_request " * 2) == "Asked to be contacted."
    assert said(filled("{}"), change=visit, seen="newsletter_read site_visit_request") == (
        "Asked to be contacted and showed strong interest."
    )
    named = "{mql: {immediate_on: [visit]}, intent: {signals: {visit: {points: 50, phrase: wants a site visit}}}}"
    assert said(filled("{}"), change=named, seen="visit visit") == "Wants a site visit twice."


def test_an_answer_without_words_of_its_own_is_not_quoted() -> None:
    asked = survey("""- {name: need, type: yes_no, title: Need, criterion: need,
        choices: [{value: yes, text: Yes, level: a}, {value: no, text: No, level: b}]}""")
    change = """{fit: {criteria: {size: {icp: []}, sector: {icp: []}, need: {levels: {a: 50, b: 0}}},
        completeness: {of: [need]}}}"""
    assert said(filled("{need: yes}", asked=asked), change=change) == "FIT A and INTENT 3."


def test_an_older_stored_sentence_still_reads() -> None:
    old = {"seniority": "vp", "buying_role": "decision_maker", "company": {"matched": 2, "of": 2, "core_region": True},
           "signals": [["demo_request", 1], ["returns_3_in_30_days", 2]],
           "plans": [["timeline", "lt_3m"], "We start now"]}  # fmt: skip
    assert profile_text(old, ENGLISH) == (
        "Decision-maker (VP) at an ICP company in a core region; asked for a demo and came back three times within "
        "30 days; project within three months, We start now."
    )


def test_what_a_signal_says_is_told_alone_too() -> None:
    judged = policy("phrases: standard\nintent: {signals: {demo_request: {points: 50}, page_seen: {points: 5}}}")
    evidence = gathered(filled("{}"), judged=judged, signals=[signal("demo_request"), signal("page_seen")])
    texts = [signal_text(judged, evidence, seen, ENGLISH) for seen in score(judged, evidence).intent.signals]
    assert sorted(texts) == ["", "asked for a demo"]
