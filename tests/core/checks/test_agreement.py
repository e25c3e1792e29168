"""Findings about people, teams, countries, holidays, bands and the day of the next review."""

from __future__ import annotations

from datetime import date

import pytest

from questionnaire.core.base.country_codes import ADVICE, country_hint
from questionnaire.core.base.problems import Problem
from questionnaire.core.checks import check
from questionnaire.core.checks.check_agreement import overdue_review
from tests.core.authoring import QUESTIONS, policy, survey

NEW = ("duplicate_email", "unknown_team", "unknown_country", "region_missing", "band_hole", "next_step_gap")
CALENDAR = "calendars: {{other: {{timezone: Europe/Paris, hours: {{mon-fri: '09:00-18:00'}}, {}}}}}"


def found(change: str = "{}", questions: str = QUESTIONS, asked: str = "{}") -> list[Problem]:
    findings = check(survey(questions, asked), policy(change))
    return [problem for problem in findings.problems if problem.code in NEW]


def test_two_reps_with_one_address_are_found() -> None:
    (problem,) = found("""reps: [{id: ann, name: Ann, email: sales@x.example}, {id: bob, name: Bob, email: b@x.example},
        {id: cid, name: Cid, email: Sales+cid@X.example}]""")
    assert (problem.code, problem.where) == ("duplicate_email", ("reps", 2, "email"))
    assert "`cid` and `ann`" in problem.message


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ("divert: [{when: {customer: true}, to: partner_tem}]", ("divert", 0, "to")),
        ("rejection_reasons: [{code: customer, then: {divert: partner_tem}}]",
         ("rejection_reasons", 0, "then", "divert")),
    ],
)  # fmt: skip
def test_a_team_that_nobody_is_is_found(change: str, where: tuple[str | int, ...]) -> None:
    (problem,) = found(change)
    assert (problem.code, problem.where, problem.hint) == ("unknown_team", where, "did you mean `partner_team`?")


def test_teams_reps_roles_queues_and_addresses_are_known() -> None:
    reps = "reps: [{id: ann, name: Ann, email: a@x.example}]\nrouting: {default_queue: {name: inbound, notify: ann}}\n"
    for team in ("partner_team", "account_owner", "ann", "manager", "inbound", "partners@x.example"):
        assert found(f"{reps}divert: [{{when: {{customer: true}}, to: {team}}}]") == []


@pytest.mark.parametrize(
    ("holidays", "code", "hint"),
    [
        ("holidays: AU", "region_missing", "write a region, such as `AU-NSW`, and one calendar for each"),
        ("holidays: DE", "region_missing", "write a region, such as `DE-BE`, and one calendar for each"),
        ("holidays: DE-BY", "region_missing", "add the days you are closed under `closed`"),
        ("holidays: HK", "region_missing", "add the days you are closed under `closed`"),
        ("holidays: UK", "unknown_country", "write `GB`"),
        ("holidays: GB-ENG", None, ""), ("holidays: FR", None, ""), ("holidays: US", None, ""),
        ("holidays: HK, closed: [2027-03-26]", None, ""),
    ],
)  # fmt: skip
def test_a_calendar_without_the_holidays_of_its_region_is_found(holidays: str, code: str | None, hint: str) -> None:
    assert [(problem.code, problem.hint) for problem in found(CALENDAR.format(holidays))] == (
        [(code, hint)] if code else []
    )


def test_every_country_with_regional_holidays_has_an_example_of_a_region() -> None:
    from questionnaire.core.checks.check_agreement import PARTIAL, REGIONAL
    from questionnaire.core.policy.calendar import public_holidays

    for country, region in REGIONAL.items():
        assert public_holidays(country, 2026) < public_holidays(region, 2026), region
    for region in PARTIAL:
        assert public_holidays(region, 2026)


@pytest.mark.parametrize(
    ("written", "hint"),
    [("UK", "write `GB`"), ("USA", "write `US`"), ("Germany", "write `DE`"), ("de", "write `DE`"),
     ("EL", "write `GR`"), ("UAE", "write `AE`"), ("X", ADVICE), ("DE", ADVICE)],
)  # fmt: skip
def test_what_people_write_for_a_country_leads_to_its_code(written: str, hint: str) -> None:
    assert country_hint(written) == hint


def test_a_country_that_is_none_is_found_in_a_condition_too() -> None:
    asked = "{contact: {fields: [{name: country, type: country}]}}"
    findings = check(survey(change=asked), policy("disqualify: [{when: {country: [DE, UK]}, reason: other}]"))
    assert [(problem.code, problem.hint) for problem in findings.policy if problem.is_error] == [
        ("unknown_comparison", "write `GB`")
    ]


@pytest.mark.parametrize(
    ("limits", "hole"),
    [
        ("step: 0.5", "49.5 finds no level of `size`: bands end at 49 and go on at 50"),
        ("min: 0.25, step: 0.5", "49.25 finds no level"),
        ("step: 1", ""), ("min: 50, step: 0.5", ""), ("max: 49, step: 0.5", "9.5"), ("max: 9, step: 0.5", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_step_between_two_bands_is_found(limits: str, hole: str) -> None:
    question = f"- {{name: size, type: number, title: Size, criterion: size, {limits}}}\n"
    messages = [problem.message for problem in found(questions=question) if problem.code == "band_hole"]
    assert any(hole in message for message in messages) if hole else messages == []


def test_bands_may_end_at_decimals() -> None:
    bands = "fit: {criteria: {size: {bands: {micro: [1, 9.5], small: [10, 49.5], core: [50, 500]}}}}"
    criterion = policy(bands).criteria["size"]
    assert [criterion.level_in_band(value) for value in ("9.5", "9.6", "49.5", 50)] == ["micro", None, "small", "core"]
    question = "- {name: size, type: number, title: Size, criterion: size, min: 10, step: 0.5}\n"
    assert found(bands, question) == []


STEPS = """{report: {blocks: {call: {text: Call us}, read: {text: Read this}},
    next_step: [{when: {size: large}, block: call}, LAST]}}"""


def test_next_steps_without_a_last_one_that_fits_everybody_are_found() -> None:
    (problem,) = found(asked=STEPS.replace("LAST", "{when: {size: small}, block: read}"))
    assert (problem.code, problem.where) == ("next_step_gap", ("report", "next_step"))
    assert found(asked=STEPS.replace("LAST", "{block: read}")) == []


def test_a_review_is_overdue_from_the_day_after() -> None:
    judged = policy("review_due: 2026-12-01")
    assert overdue_review(judged, date(2026, 12, 1)) is None
    overdue = overdue_review(judged, date(2026, 12, 2))
    assert overdue is not None
    assert str(overdue) == (
        "reminder: review_overdue: review_due: the review of `plain` was due on 2026-12-01 — "
        "review the policy, then set the next day"
    )
    assert overdue_review(policy(), date(2026, 12, 2)) is None
