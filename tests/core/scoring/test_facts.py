"""The facts of conditions: the closed list, and the lookup order of a name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from questionnaire.core.base.conditions import FACTS, Members
from questionnaire.core.scoring.evidence import History, ResponseEvidence, Signal
from questionnaire.core.scoring.facts import known_facts, not_now, policy_facts, survey_facts
from questionnaire.core.scoring.scorecard import score
from tests.core.authoring import QUESTIONS, assessed, at, filled, gathered, policy, signal, survey

FIELDS = "{contact: {fields: [{name: email, type: email}, {name: phone, type: phone}]}, hidden_fields: [{name: utm}]}"


def facts(
    *responses: ResponseEvidence, signals: tuple[Signal, ...] = (), history: History | None = None, change: str = "{}"
) -> dict[str, Any]:
    judged = policy(change)
    evidence = gathered(*responses, judged=judged, signals=signals, history=history or History())
    return policy_facts(judged, evidence, score(judged, evidence))


def test_with_the_verdict_every_fact_of_the_closed_list_exists() -> None:
    assert set(FACTS) <= set(assessed().facts)
    before = gathered(filled())
    assert set(FACTS) - set(known_facts(policy(), before, score(policy(), before))) == {"stage", "reason"}


def test_an_unknown_person_has_almost_no_true_facts() -> None:
    known = facts(filled())
    assert {name: known[name] for name in FACTS if name not in ("stage", "reason")} == {
        "fit_grade": "C", "label": "C3", "fit": 0, "intent": 0, "timing": 0, "total": 0, "hand_raise": False,
        "signal": frozenset(), "strong_signals": 0, "disengaged": False, "duplicate": False, "customer": False,
        "not_now": "never", "email_kind": None, "domain_in": frozenset(), "flag": frozenset(),
        "negative_signal": False, "account_owner": None,
        "icp": Members(frozenset(), frozenset({"size", "sector"})),
    }  # fmt: skip


def test_a_criterion_is_its_level_and_unknown_without_one() -> None:
    known = facts(filled("size: large"))
    assert (known["size"], known["sector"], known["answer.size"]) == ("core", None, "large")
    assert "answer.sector" not in known


def test_a_stale_level_is_unknown() -> None:
    evidence = gathered(filled("timeline: soon"), now="2027-06-01 10:00")
    known = policy_facts(policy(), evidence, score(policy(), evidence))
    assert (known["timeline"], known["answer.timeline"]) == (None, "soon")


def test_a_criterion_comes_before_a_contact_field_of_its_name() -> None:
    known = facts(filled("{}", asked=survey(QUESTIONS, FIELDS), contact={"budget": "much", "phone": "+49305550100"}))
    assert (known["budget"], known["phone"]) == (None, "+49305550100")


def test_a_field_with_the_name_of_a_fact_does_not_replace_it() -> None:
    sent = filled(
        "{}", asked=survey(QUESTIONS, FIELDS), contact={"fit": "999", "customer": "yes"}, claims={"stage": "sql_ready"}
    )
    known = facts(sent)
    assert (known["fit"], known["customer"]) == (0, False)
    evidence = gathered(sent)
    assert "stage" not in survey_facts(policy(), evidence, score(policy(), evidence))


def test_in_a_survey_a_name_is_a_question_then_a_field_then_a_fact() -> None:
    sent = filled(
        "size: micro",
        asked=survey(QUESTIONS, FIELDS),
        contact={"phone": "1"},
        hidden={"utm": "ad"},
        claims={"utm": "x"},
    )
    evidence = gathered(sent)
    known = survey_facts(policy(), evidence, score(policy(), evidence))
    assert (known["size"], known["phone"], known["utm"], known["label"]) == ("micro", "1", "ad", "C3")
    assert "sector" not in known


def test_a_hand_raise_is_an_immediate_signal_inside_its_window() -> None:
    assert facts(filled(), signals=(signal("demo"),))["hand_raise"] is True
    assert facts(filled(), signals=(signal("demo", "2026-06-01 10:00"),))["hand_raise"] is False
    assert facts(filled(), signals=(signal("visit"),))["hand_raise"] is False


def test_facts_list_signals_strong_signals_and_disengagement() -> None:
    change = "intent: {signals: {bounce: {points: 0, disengagement: true, window: P30D}}}"
    known = facts(filled(), signals=(signal("demo"), signal("demo"), signal("visit")), change=change)
    assert (known["signal"], known["strong_signals"], known["disengaged"]) == (frozenset({"demo", "visit"}), 1, False)
    assert facts(filled(), signals=(signal("bounce"),), change=change)["disengaged"] is True
    assert facts(filled(), signals=(signal("bounce", "2026-01-01 00:00"),), change=change)["disengaged"] is False


@pytest.mark.parametrize(
    ("domain", "flagged", "negative"),
    [("rival.example", False, True), ("friend.example", False, True), ("black.example", False, True),
     ("client.example", False, False), ("nordwind.example", True, True), ("nordwind.example", False, False)],
)  # fmt: skip
def test_a_negative_signal_is_a_flag_or_a_listed_domain(domain: str, flagged: bool, negative: bool) -> None:
    lists = """lists: {competitors: [rival.example], partners: [friend.example], blacklist: [black.example],
        customers: [client.example]}"""
    answers = "sector: rival" if flagged else "sector: other"
    sent = filled(answers, asked=survey(QUESTIONS, FIELDS), contact={"email": f"x@{domain}"})
    assert facts(sent, change=lists)["negative_signal"] is negative


def test_icp_lists_the_criteria_with_an_icp_level() -> None:
    assert facts(filled("{size: large, sector: other}"))["icp"] == Members(frozenset({"size"}), frozenset())
    assert facts(filled("size: large"))["icp"] == Members(frozenset({"size"}), frozenset({"sector"}))


@pytest.mark.parametrize(
    ("said", "now", "known"),
    [
        (None, "2026-10-02 12:00", "never"), ("2026-06-02", "2026-12-01 23:59", "recent"),
        ("2026-06-02", "2026-12-02 00:00", "past"), ("2026-08-31", "2027-02-27 23:59", "recent"),
        ("2026-08-31", "2027-02-28 00:00", "past"), ("2026-06-02", "2026-12-01T23:00+00:00", "past"),
    ],
)  # fmt: skip
def test_not_now_is_recent_strictly_before_its_end(said: str | None, now: str, known: str) -> None:
    history = History(not_now_on=at(f"{said} 00:00").date() if said else None)
    assert not_now(policy(), gathered(filled("{}", "2026-01-01 10:00"), history=history, now=now)) == known


def test_the_history_provides_facts() -> None:
    known = facts(filled(), history=History(duplicate=True, customer=True, account_owner="lena"))
    assert (known["duplicate"], known["customer"], known["account_owner"]) == (True, True, "lena")


def test_the_report_knows_where_a_response_came_from_and_its_scores() -> None:
    asked = survey(
        "- {name: q, type: scale, title: Q, from: 0, to: 4, dimension: data}",
        "dimensions: [{name: data, title: Data}]\ncalculated: [{name: double, formula: 2 * q}]",
    )
    sent = replace(filled("q: 3", asked=asked), language="fr", touches={"last": {"utm_source": "LinkedIn"}})
    evidence = gathered(sent)
    known = survey_facts(policy(), evidence, score(policy(), evidence))
    said = {name: known[name] for name in ("language", "survey", "campaign.source", "score.data", "calculated.double")}
    assert said == {
        "language": "fr", "survey": asked.id, "campaign.source": "linkedin", "score.data": 75, "calculated.double": 6,
    }  # fmt: skip
