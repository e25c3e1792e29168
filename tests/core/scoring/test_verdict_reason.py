"""Every verdict in one sentence."""

from __future__ import annotations

from datetime import date

import pytest

from questionnaire.core.base.translation import Translator
from questionnaire.core.scoring.assessment import assess
from questionnaire.core.scoring.evidence import History
from questionnaire.library.domains import known_domains
from tests.cast import assess_lead as judged
from tests.cast import bruno, example_policy, marc, sofia, tom
from tests.core.authoring import GOOD, assessed, filled, policy

OPEN = "checklist: [{id: DAT-2, text: Phone, check: {phone: {known: true}}}]"


@pytest.mark.parametrize(
    ("answers", "change", "sentence"),
    [
        ("size: large", "{}", "Too little is known yet: 1 of 3."),
        ("{size: large, wish: demo}", "{}", ("Asks for contact, but only 1 of 3 are known. A company "
         "that matches 1 of 2 ICP criteria.")),
        ("{size: large, sector: other}", "{}", "Below the MQL line: 30 of 50."),
        ("{size: large, sector: saas}", "{}", "Below the MQL line: INTENT is 0 of at least 10."),
        ("{size: large, sector: saas}", "mql: {min_fit: 51}", "Below the MQL line: FIT is 50 of at least 51."),
        ("{size: micro, sector: other, wish: demo}", "{}", "Interested, but FIT is only C."),
        (GOOD, OPEN, "Still open: DAT-2. An ICP company; Soon, budget allocated."),
        (GOOD, "{sql: {max_unchecked: 0}, " + OPEN + "}", "Still open: DAT-2."),
        (GOOD, OPEN.replace("}}}", "}}, blocking: true}"), "A blocking box is open: DAT-2."),
        (GOOD, "sql: {mode: manual}", "A person approves every handoff. An ICP company; Soon, budget allocated."),
        (GOOD, "sql: {review_if: {size: core}}", ("High value: a person looks first. An ICP company; "
         "Soon, budget allocated.")),
        ("{timeline: not_now, wish: demo}", "{}", ("Asks for contact after a recent “not now”: a person "
         "decides. FIT C and INTENT 1.")),
        ("size: micro", "disqualify: [{when: {size: micro}, reason: too_small}]", "Not pursued: too small."),
        ("size: micro", "divert: [{when: {size: micro}, to: field_team}]", "Goes to field team instead of a rep."),
        (GOOD, "verify: [company_equals_name]", ("The contact data contradicts itself: a person looks first. "
         "An ICP company; Soon, budget allocated.")),
    ],
)  # fmt: skip
def test_each_verdict_has_its_sentence(answers: str, change: str, sentence: str) -> None:
    contact = {"company": "Keller", "last_name": "Keller"}
    assert assessed(filled(answers, contact=contact), judged=policy(change)).verdict.why == sentence


def test_the_cast_is_told_why() -> None:
    assert judged(tom()).verdict.why == "Interested, but FIT is only B."
    assert judged(sofia()).verdict.why == "Said “not now”; come back from 2 December 2026 on."
    assert judged(bruno()).verdict.why == "Not pursued: not the ideal customer."
    assert judged(marc()).verdict.why == "Not pursued: a competitor."


def test_a_sentence_is_said_in_the_language_of_the_words() -> None:
    french = Translator("fr", lambda text: {"Not pursued: %(reason)s.": "Écarté : %(reason)s."}.get(text, text))
    lead = marc()
    found = assess(example_policy(), [lead.filled], lead.signals, History(), lead.at, known_domains(), french)
    assert found.verdict.why == "Écarté : a competitor."


def test_a_not_now_names_the_day_to_come_back() -> None:
    found = assessed(filled("size: large"), history=History(not_now_on=date(2026, 9, 1))).verdict
    assert found.why == "Said “not now”; come back from 1 March 2027 on."
