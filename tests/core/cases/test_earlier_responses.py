"""Cases with earlier answers, each at its own moment: expiry, decay, repeats, withdrawals."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from questionnaire.core.base.problems import Problem
from questionnaire.core.cases import CaseLead, conclude, lead_of, read
from questionnaire.core.policy import Policy
from questionnaire.library.domains import known_domains
from tests.core.authoring import notation, policy, survey

OTHER = survey("[{name: budget, type: single_choice, title: Budget, criterion: budget, choices: ["
               "{value: 'yes', text: There is one, level: allocated}, {value: 'no', text: None, level: none}]}]",
               "{id: other, title: Another}")  # fmt: skip
SOON = "{at: '2026-10-02T12:00', answers: {size: large, sector: saas, timeline: soon, wish: demo}"


def read_case(text: str, at: str | None = None) -> tuple[CaseLead | None, tuple[Problem, ...]]:
    file, problems = read(notation(text))
    assert file is not None, problems
    moment = datetime.fromisoformat(at) if at else None
    return lead_of(file.cases[0], survey(), policy(), moment, {"other": OTHER})


def told(text: str, at: str | None = None, judged: Policy | None = None) -> dict[str, Any]:
    lead, problems = read_case(text, at)
    assert lead is not None, problems
    return conclude(lead, judged or policy(), known_domains()).transcript


def test_the_moment_of_judging_moves_alone() -> None:
    later = told(f"{SOON}}}", "2027-02-03T12:00")
    assert later["at"] == "2027-02-03T12:00:00+01:00"
    assert (later["timing"]["score"], later["intent"]["score"]) == (0, 0)  # both have expired
    assert (told(f"{SOON}}}")["timing"]["score"], told(f"{SOON}}}")["intent"]["score"]) == (60, 50)


def test_answers_have_a_moment_of_their_own() -> None:
    lead, _ = read_case(f"{SOON}, answered_at: '2026-07-03T09:00'}}")
    assert lead is not None
    assert (lead.at.isoformat(), lead.filled.at.isoformat()) == (
        "2026-10-02T12:00:00+02:00", "2026-07-03T09:00:00+02:00",
    )  # fmt: skip
    assert told(f"{SOON}, answered_at: '2026-07-02T09:00'}}")["timing"]["score"] == 0


def test_signals_of_answers_bear_the_moment_of_the_answers() -> None:
    fading = policy("intent: {signals: {demo: {points: 50, window: null, decay: {every: P1M, by: 20%}}}}")
    assert told(f"{SOON}, answered_at: '2026-08-01T09:00'}}", judged=fading)["intent"]["score"] == 30


def test_earlier_answers_count_until_newer_ones_replace_or_withdraw_them() -> None:
    earlier = """responses: [{at: '2026-09-01T09:00', survey: other, answers: {budget: 'yes'}},
        {at: '2026-09-02T09:00', answers: {size: large, sector: saas, timeline: soon, budget: 'no', wish: demo}}]"""
    now = told(f"{{at: '2026-10-02T12:00', answers: {{size: small, sector: unsure}}, {earlier}}}".replace(
        ", sector: unsure", ""))  # fmt: skip
    levels = {item["criterion"]: item["level"] for item in now["fit"]["contributions"]}
    # The newest answer about the size; the budget of the other survey, since this one no longer asks for it; the sector
    # of before.
    assert levels == {"size": "small", "sector": "priority", "budget": "allocated"}
    assert now["intent"]["score"] == 50


def test_an_earlier_moment_of_judging_sees_the_earlier_answers_alone() -> None:
    text = f"{SOON}, responses: [{{at: '2026-09-01T09:00', answers: {{size: small}}}}]}}"
    assert [item["level"] for item in told(text, "2026-09-15T12:00")["fit"]["contributions"]] == ["small"]


@pytest.mark.parametrize(
    ("text", "at", "code", "where"),
    [
        (f"{SOON}}}", "2026-09-01T12:00", "answers_later", ()),
        (f"{SOON}, answered_at: '2026-11-01T12:00'}}", None, "answers_later", ("answered_at",)),
        (f"{SOON}, responses: [{{at: '2026-10-03T09:00'}}]}}", None, "answers_later", ("responses", 0, "at")),
        (f"{SOON}, responses: [{{at: '2026-09-03T09:00', survey: othr}}]}}", None, "unknown_survey",
         ("responses", 0, "survey")),
        (f"{SOON}, responses: [{{at: '2026-09-03T09:00', answers: {{sise: large}}}}]}}", None, "unknown_answer",
         ("responses", 0, "answers", "sise")),
        (f"{SOON}, responses: [{{at: '2026-09-03T09:00', hidden: {{plan: x}}}}]}}", None, "unknown_field",
         ("responses", 0, "hidden", "plan")),
    ],
)  # fmt: skip
def test_mistakes_are_found_at_their_place(text: str, at: str | None, code: str, where: tuple[Any, ...]) -> None:
    lead, problems = read_case(text, at)
    assert lead is None
    assert [(problem.code, problem.where) for problem in problems] == [(code, where)]


def test_a_case_tries_campaigns_languages_and_segments() -> None:
    judged = policy("""segments: [{id: paid,
        when: {campaign.medium: paid, first_campaign.source: google, survey: plain}, mql: {threshold: 200}}]""")
    linkedin = "campaign: {source: LinkedIn, medium: Paid}"
    google = "campaign: {source: google, medium: Paid}"
    assert told(f"{SOON}, {linkedin}, first_{google}}}", judged=judged)["segment"] == "paid"
    assert told(f"{SOON}, {google}}}", judged=judged)["segment"] == "paid"
    assert told(f"{SOON}, {linkedin}}}", judged=judged)["segment"] is None


def test_a_file_names_the_other_surveys_that_its_cases_need() -> None:
    file, _ = read(
        notation(f"{SOON}, responses: [{{survey: other, at: '2026-09-01T12:00', answers: {{budget: 'yes'}}}}]}}")
    )
    assert file is not None
    assert file.other_surveys == {"other"}
