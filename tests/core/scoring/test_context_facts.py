"""What a policy's conditions know of the survey, its language, campaigns, hidden fields and scores."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from questionnaire.core.base.conditions import evaluate
from tests.core.authoring import QUESTIONS, assessed, filled, policy, survey, when

ASKED = survey(
    QUESTIONS
    + """
- {name: habit, type: single_choice, title: Habit, dimension: habits, choices: [
    {value: good, text: Good, maturity: 3}, {value: fair, text: Fair, maturity: 1},
    {value: bad, text: Bad, maturity: 0}]}
""",
    "{dimensions: [{name: habits, title: Habits}], languages: [en, de], hidden_fields: [{name: plan}, {name: ref}],"
    " title: A survey}",
)
LINKEDIN = {"utm_source": "LinkedIn", "utm_medium": "paid", "utm_campaign": "Spring", "utm_term": "crm"}


def known(*responses: Any, **more: Any) -> dict[str, Any]:
    return dict(assessed(*responses, **more).facts)


def test_a_condition_knows_where_a_lead_came_from() -> None:
    visit = filled("size: large", asked=ASKED, language="de", hidden={"plan": "gold"}, claims={"ref": "friend"},
                   touches={"first": {"utm_source": "google"}, "last": LINKEDIN})  # fmt: skip
    facts = known(visit)
    rows = [
        ("{language: de}", True), ("{survey: plain}", True), ("{survey: other}", False),
        ("{hidden.plan: gold}", True), ("{hidden.ref: friend}", None), ("{claim.ref: friend}", True),
        ("{campaign.source: linkedin}", True), ("{campaign.name: [spring, summer]}", True),
        ("{campaign.content: {known: false}}", True), ("{first_campaign.source: google}", True),
        ("{first_campaign.medium: paid}", None), ("{score.habits: {gte: 0}}", None),
        ("{calculated.cost: {gte: 0}}", None),
    ]  # fmt: skip
    assert [(text, evaluate(when(text), facts)) for text, _ in rows] == rows


def test_the_last_campaign_is_that_of_the_newest_visit_and_the_first_that_of_the_oldest() -> None:
    first = filled("size: large", "2026-09-01 12:00", touches={"first": {"utm_source": "google"}, "last": {}})
    second = filled("size: large", "2026-10-01 12:00", touches={"first": {"utm_source": "bing"}, "last": LINKEDIN})
    direct = filled("size: large", "2026-10-02 11:00")
    facts = known(first, second, direct)
    assert (facts["first_campaign.source"], facts["campaign.source"]) == ("google", "linkedin")


def test_a_score_of_a_dimension_is_a_percentage() -> None:
    assert known(filled("habit: fair", asked=ASKED))["score.habits"] == Fraction(100, 3)


def test_a_contact_field_called_language_wins() -> None:
    assert known(filled("{}", contact={"language": "nl"}, language="de"))["language"] == "nl"


def test_an_own_list_of_domains_is_a_fact() -> None:
    judged = policy("lists: {named_accounts: [big.example], competitors: [rival.example]}")
    facts = known(filled("{}", contact={"email": "eva@sub.big.example"}), judged=judged)
    assert facts["domain_in"] == {"named_accounts"}
    assert facts["negative_signal"] is False


def test_the_evidence_of_a_checklist_names_such_facts_in_words() -> None:
    checks = {"A": "campaign.source: linkedin", "B": "language: de", "C": "hidden.plan: gold", "D": "score.habits: 3",
              "E": "first_campaign.name: x", "F": "answer.first_visit: x", "G": "email_kind: business"}  # fmt: skip
    items = ", ".join(f"{{id: {id}, text: {id}, check: {{{check}}}}}" for id, check in checks.items())
    visit = filled("size: large", asked=ASKED, language="de", hidden={"plan": "gold"}, touches={"last": LINKEDIN})
    lead = assessed(visit, judged=policy(f"checklist: [{items}]"))
    assert [box.evidence for box in lead.checklist] == [
        "campaign (source): linkedin", "language: de", "hidden field “plan”: gold", "score for “habits”: unknown",
        "first campaign (name): unknown", "answer to “first visit”: unknown", "email type: unknown",
    ]  # fmt: skip
