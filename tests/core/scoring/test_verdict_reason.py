"""Every verdict in one sentence."""

from __future__ import annotations

from datetime import date

import pytest

from questionnaire.core.base.translation import ENGLISH, Translator
from questionnaire.core.scoring.assessment import Assessment
from questionnaire.core.scoring.evidence import History
from questionnaire.core.scoring.verdict_reason import verdict_text
from tests.cast import assess_lead as judged
from tests.cast import bruno, marc, sofia, tom
from tests.core.authoring import GOOD, assessed, filled, policy


def told(assessment: Assessment) -> str:
    return verdict_text(assessment.verdict.why, ENGLISH)


OPEN = "checklist: [{id: DAT-2, text: Phone, check: {phone: {known: true}}}]"


@pytest.mark.parametrize(
    ("answers", "change", "sentence"),
    [
        ("size: large", "{}", "Not enough information: 1 of 3 key criteria known."),
        ("{size: large, wish: demo}", "{}", ("Requested contact, but only 1 of 3 key criteria are known. "
         "A company that matches 1 of 2 ICP criteria; “A demo”.")),
        ("{size: large, sector: other}", "{}", "Below the MQL threshold: 30 of 50."),
        ("{size: large, sector: saas}", "{}", "Below the MQL threshold: INTENT 0, minimum 10."),
        ("{size: large, sector: saas}", "mql: {min_fit: 51}", "Below the MQL threshold: FIT 50, minimum 51."),
        ("{size: micro, sector: other, wish: demo}", "{}", "Shows intent, but FIT is only C."),
        (GOOD, OPEN, "Checklist not met: DAT-2. An ICP company; “A demo”; “Soon”, “There is one”."),
        (GOOD, "{sql: {max_unchecked: 0}, " + OPEN + "}", "Checklist not met: DAT-2."),
        (GOOD, OPEN.replace("}}}", "}}, blocking: true}"), "Blocked by checklist: DAT-2."),
        (GOOD, "sql: {mode: manual}", ("Every handoff needs approval. An ICP company; “A demo”; "
         "“Soon”, “There is one”.")),
        (GOOD, "sql: {review_if: {size: core}}", ("High-value lead: needs review. An ICP company; “A demo”; "
         "“Soon”, “There is one”.")),
        ("{timeline: not_now, wish: demo}", "{}", ("Requested contact after a recent “not now”: needs review. "
         "“A demo”.")),
        ("size: micro", "disqualify: [{when: {size: micro}, reason: too_small}]", "Disqualified: too small."),
        ("size: micro", "divert: [{when: {size: micro}, to: field_team}]", "Routed to field team."),
        (GOOD, "verify: [company_equals_name]", ("Contact details don’t match up: needs review. "
         "An ICP company; “A demo”; “Soon”, “There is one”.")),
    ],
)  # fmt: skip
def test_each_verdict_has_its_sentence(answers: str, change: str, sentence: str) -> None:
    contact = {"company": "Keller", "last_name": "Keller"}
    assert told(assessed(filled(answers, contact=contact), judged=policy(change))) == sentence


def test_the_cast_is_told_why() -> None:
    assert told(judged(tom())) == "Shows intent, but FIT is only B."
    assert told(judged(sofia())) == "Said “not now”. Follow up from 2 December 2026."
    assert told(judged(bruno())) == "Disqualified: outside the ICP."
    assert told(judged(marc())) == "Disqualified: competitor."


def test_a_sentence_is_said_in_the_language_of_the_words() -> None:
    french = Translator("fr", lambda text: {"Disqualified: %(reason)s.": "Disqualifié : %(reason)s."}.get(text, text))
    assert verdict_text(judged(marc()).verdict.why, french) == "Disqualifié : competitor."


def test_a_not_now_names_the_day_to_come_back() -> None:
    found = assessed(filled("size: large"), history=History(not_now_on=date(2026, 9, 1)))
    assert told(found) == "Said “not now”. Follow up from 1 March 2027."
