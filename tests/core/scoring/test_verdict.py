"""The verdict: order of its steps, stages and reasons."""

from __future__ import annotations

from datetime import date

import pytest

from questionnaire.core.base.explanation import Explanation
from questionnaire.core.base.stage import Stage
from questionnaire.core.scoring.evidence import History
from questionnaire.core.scoring.verdict import Verdict
from tests.cast import anna, anna_again, assess_lead, bruno, marc, sofia, tom
from tests.core.authoring import GOOD, QUESTIONS, assessed, at, filled, policy, signal, survey

QUIET = GOOD.replace("demo", "nothing")
BAD_FIT = "{size: micro, sector: other, wish: demo}"


def said(
    answers: str = GOOD, change: str = "{}", seen: str = "", history: str = "", now: str = "2026-10-02 12:00"
) -> str:
    """Returns `stage reason`. `seen` are names of signals, `history` the day of a "not now"."""
    past = History(not_now_on=date.fromisoformat(history) if history else None)
    found = assessed(
        filled(answers, now, id="r"), judged=policy(change), signals=[signal(name, now) for name in seen.split()],
        history=past, now=now,
    ).verdict  # fmt: skip
    return f"{found.stage} {found.reason or ''}".strip()


def test_a_lead_without_open_items_is_sql_ready() -> None:
    assert said() == "sql_ready"


HARD = "disqualify: [{when: {sector: other}, reason: not_icp}, {when: {size: micro}, reason: too_small}]"
DETOURS = """divert: [{when: {size: micro}, to: partner_team},
    {when: {customer: true}, to: account_owner, reason: already_customer}]"""


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ("{size: micro, sector: other, wish: demo}", "disqualified not_icp"), ("size: micro", "disqualified too_small"),
        (GOOD, "sql_ready"), ("{}", "lead incomplete"),
    ],
)  # fmt: skip
def test_the_first_matching_hard_rule_decides_first(answers: str, verdict: str) -> None:
    assert said(answers, HARD, history="2026-09-01" if verdict.startswith("dis") else "") == verdict


def test_a_diverted_verdict_names_its_destination() -> None:
    partner = assessed(filled("size: micro"), judged=policy(DETOURS)).verdict
    assert partner == Verdict(
        Stage.DIVERTED, None, None, "partner_team", Explanation("diverted", {"team": "partner_team"})
    )
    client = assessed(judged=policy(DETOURS), history=History(customer=True)).verdict
    assert (str(client.stage), client.reason, client.to) == ("diverted", "already_customer", "account_owner")


def test_a_rule_on_an_unknown_fact_does_not_fire() -> None:
    assert said("{}", "disqualify: [{when: {not: {sector: priority}}, reason: not_icp}]") == "lead incomplete"


@pytest.mark.parametrize(
    ("history", "now", "verdict"),
    [
        ("2026-06-02", "2026-10-02 12:00", "nurture not_now"), ("2026-06-02", "2026-12-01 23:59", "nurture not_now"),
        ("2026-06-02", "2026-12-02 00:00", "mql open"), ("2026-04-02", "2026-10-02 00:00", "mql open"),
        ("2026-10-02", "2026-10-02 12:00", "nurture not_now"),
    ],
)  # fmt: skip
def test_a_recent_not_now_is_nurtured(history: str, now: str, verdict: str) -> None:
    expected = "sql_ready" if verdict == "mql open" else verdict
    assert said(QUIET, seen="visit", history=history, now=now) == expected


def test_a_not_now_has_an_end_date() -> None:
    found = assessed(filled(QUIET), history=History(not_now_on=date(2026, 8, 31))).verdict
    assert found.until == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("raised", "verdict"),
    [
        ("2026-09-01 09:00", "nurture not_now"), ("2026-09-01T22:30+00:00", "review not_now_hand_raise"),
        ("2026-09-01 23:59", "nurture not_now"), ("2026-09-02 00:00", "review not_now_hand_raise"),
        ("2026-08-31 23:59", "nurture not_now"),
    ],
)  # fmt: skip
def test_a_hand_raise_from_the_next_day_needs_review(raised: str, verdict: str) -> None:
    found = assessed(
        filled(QUIET), signals=[signal("demo", raised)], history=History(not_now_on=date(2026, 9, 1))
    ).verdict
    assert f"{found.stage} {found.reason}" == verdict


def test_a_hand_raise_in_the_response_with_not_now_needs_review() -> None:
    assert said("{timeline: not_now, wish: demo}") == "review not_now_hand_raise"
    assert said("{timeline: not_now}") == "nurture not_now"
    assert said("{timeline: not_now, wish: demo}", history="2026-10-02") == "review not_now_hand_raise"


@pytest.mark.parametrize(
    ("not_now", "raised", "verdict"),
    [
        ("2026-10-01 10:00", "2026-10-01 15:00", "review not_now_hand_raise"),
        ("2026-10-01 15:00", "2026-10-01 10:00", "nurture not_now"),
        ("2026-09-30 10:00", "2026-10-01 10:00", "review not_now_hand_raise"),
    ],
)
def test_a_hand_raise_in_another_response_counts_when_it_came_later(not_now: str, raised: str, verdict: str) -> None:
    found = assessed(filled("timeline: not_now", not_now), filled("wish: demo", raised)).verdict
    assert f"{found.stage} {found.reason}" == verdict


def test_a_policy_may_nurture_a_hand_raise_after_not_now() -> None:
    assert (
        said("{timeline: not_now, wish: demo}", "timing: {not_now: {hand_raise_after: nurture}}") == "nurture not_now"
    )


def test_incomplete_evidence_stays_a_lead_or_needs_review() -> None:
    assert said("size: large", seen="visit") == "lead incomplete"
    assert said("{size: large, wish: demo}") == "review incomplete_hand_raise"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("threshold: 80", "sql_ready"), ("threshold: 81", "nurture below_threshold"),
        ("threshold: 0, min_fit: 60", "sql_ready"), ("threshold: 0, min_fit: 61", "nurture below_threshold"),
        ("threshold: 0, min_intent: 20", "sql_ready"), ("threshold: 0, min_intent: 21", "nurture below_threshold"),
    ],
)  # fmt: skip
def test_all_three_mql_thresholds_are_inclusive(line: str, verdict: str) -> None:
    assert said(QUIET, f"mql: {{{line}}}", seen="visit") == verdict


def test_a_hand_raise_is_an_mql_whatever_its_score() -> None:
    assert said(BAD_FIT) == "mql fit_not_good"


@pytest.mark.parametrize(
    ("contact", "verdict"),
    [
        ({"first_name": "Anna", "last_name": "Keller", "company": " anna  KELLER "}, "review"),
        ({"first_name": "Anna", "last_name": "Keller", "company": "Keller"}, "review"),
        ({"first_name": "Anna", "last_name": "Keller", "company": "Keller Anna"}, "review"),
        ({"first_name": "Anna", "last_name": "Keller", "company": "Keller & Co"}, "sql_ready"),
        ({"company": ""}, "sql_ready"), ({}, "sql_ready"),
    ],
)  # fmt: skip
def test_an_mql_with_inconsistent_data_needs_review(contact: dict[str, str], verdict: str) -> None:
    judged = policy("verify: [company_equals_name]")
    found = assessed(filled(GOOD, contact=contact), judged=judged).verdict
    assert (str(found.stage), found.reason) == (verdict, "inconsistent" if verdict == "review" else None)
    assert assessed(filled("{}", contact=contact), judged=judged).verdict.reason == "incomplete"


@pytest.mark.parametrize(("required", "answers", "verdict"), [
    ("A", "{size: small, sector: listed, wish: demo}", "mql fit_not_good"), ("B", BAD_FIT, "mql fit_not_good"),
    ("B", "{size: small, sector: saas, wish: demo}", "sql_ready"), ("C", BAD_FIT, "sql_ready"),
])  # fmt: skip
def test_the_required_fit_grade_limits_sql_ready_leads(required: str, answers: str, verdict: str) -> None:
    answers = answers.replace("listed", "steel")
    assert said(answers, f"sql: {{require: {{fit_grade: {required}}}}}") == verdict


def _boxes(still_open: int, blocking: str = "false") -> str:
    closed = "{id: X, text: X, check: {fit: {gte: 0}}}"
    left = [f"{{id: B{n}, text: B, check: {{fit: {{lt: 0}}}}, blocking: {blocking}}}" for n in range(still_open)]
    return f"checklist: [{', '.join([closed, *left])}]"


@pytest.mark.parametrize(
    ("mode", "still_open", "verdict"),
    [
        ("assisted", 0, "sql_ready"), ("assisted", 1, "review open_boxes"), ("assisted", 2, "review open_boxes"),
        ("assisted", 3, "mql open_boxes"), ("auto", 0, "sql_ready"), ("auto", 2, "sql_ready"),
        ("auto", 3, "mql open_boxes"),
        ("manual", 0, "review manual"), ("manual", 2, "review open_boxes"), ("manual", 3, "mql open_boxes"),
    ],
)  # fmt: skip
def test_the_mode_decides_on_open_items(mode: str, still_open: int, verdict: str) -> None:
    assert said(change=f"{{sql: {{mode: {mode}}}, {_boxes(still_open)}}}") == verdict


@pytest.mark.parametrize("mode", ["auto", "assisted", "manual"])
def test_a_lead_with_an_open_blocking_item_is_never_sql_ready(mode: str) -> None:
    assert said(change=f"{{sql: {{mode: {mode}}}, {_boxes(1, 'true')}}}") == "mql blocked"


def test_an_unknown_blocking_box_blocks_too() -> None:
    assert said(change="checklist: [{id: X, text: X, check: {answer.nobody: 1}, blocking: true}]") == "mql blocked"


def test_zero_allowed_open_items_requires_all_items() -> None:
    assert said(change=f"{{sql: {{max_unchecked: 0}}, {_boxes(1)}}}") == "mql open_boxes"


@pytest.mark.parametrize("mode", ["auto", "assisted", "manual"])
def test_a_high_value_lead_needs_review(mode: str) -> None:
    assert said(change=f"sql: {{mode: {mode}, review_if: {{size: core}}}}") == "review high_value"
    assert said(change=f"sql: {{mode: {mode}, review_if: {{budget: none}}}}") != "review high_value"


def test_high_value_is_not_checked_before_sql_ready() -> None:
    assert said(BAD_FIT, "sql: {review_if: {size: micro}}") == "mql fit_not_good"


RIVAL = "disqualify: [{when: {flag: competitor}, reason: competitor}]"
SMALL = "divert: [{when: {size: micro}, to: partner_team}]"
ALL_KNOWN, ENOUGH = "fit: {completeness: {minimum: 100%}}", "fit: {completeness: {minimum: 0%}}"
FORGOTTEN, NO_LINE = "timing: {not_now: {lasts: P1D}}", "mql: {threshold: 0, min_fit: 0, min_intent: 0}"


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ([RIVAL, SMALL, ALL_KNOWN], "disqualified competitor"),
        ([SMALL, ALL_KNOWN], "diverted"),
        ([ALL_KNOWN], "nurture not_now"),
        ([FORGOTTEN, ALL_KNOWN], "lead incomplete"),
        ([FORGOTTEN, ENOUGH], "nurture below_threshold"),
        ([FORGOTTEN, ENOUGH, NO_LINE], "mql fit_not_good"),
    ],
)
def test_the_steps_of_the_verdict_are_in_order(changes: list[str], verdict: str) -> None:
    """A lead that fails every step. Each fixed step shows the next failed one."""
    assert said("{size: micro, sector: rival}", f"{{{', '.join(changes)}}}", history="2026-09-01") == verdict


def test_the_six_prospects_have_the_expected_verdicts() -> None:
    cast = (anna(), tom(), sofia(), bruno(), marc())
    found = {lead.name[:2]: assess_lead(lead).verdict for lead in cast}
    assert {name: f"{one.stage} {one.reason or ''}".strip() for name, one in found.items()} == {
        "P1": "sql_ready", "P2": "mql fit_not_good", "P3": "nurture not_now", "P4": "disqualified not_icp",
        "P6": "disqualified competitor",
    }  # fmt: skip
    assert found["P3"].until == date(2026, 12, 2)
    assert str(assess_lead(anna(), anna_again()).verdict.stage) == "sql_ready"


def test_an_assessment_is_made_for_the_given_instant() -> None:
    asked = survey(QUESTIONS)
    later = assessed(filled(GOOD, asked=asked), now="2027-02-01 10:00")
    assert later.at == at("2027-02-01 10:00")
    assert str(later.verdict.stage) == "nurture"
