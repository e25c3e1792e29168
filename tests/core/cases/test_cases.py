"""Authored cases: leads and their expected results."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest

from questionnaire.core.cases import CaseLead, Cases, compare, conclude, lead_of, read, yaml_value
from questionnaire.core.documents.assessment_json import number
from questionnaire.library.domains import known_domains
from tests.cast import example_policy, example_survey
from tests.core.authoring import survey

ANNA: dict[str, Any] = {
    "name": "Anna",
    "at": "2026-10-02T17:30:00+02:00",
    "answers": {
        "employees": "50_199", "industry": "saas", "buying_role": "decision_maker", "definitions": "separate",
        "scoring": "manual", "response_time": "over_24h", "feedback": "nothing", "timeline": "lt_3m",
        "budget": "allocated", "next_step": "demo",
    },
    "contact": {
        "email": "anna.keller@nordwind.example", "first_name": "Anna", "last_name": "Keller", "company": "Nordwind",
        "job_title": "VP Sales", "country": "DE", "phone": "030 5550100",
    },
}  # fmt: skip


def _bare(**changes: Any) -> Cases:
    file, problems = read({**ANNA, **changes})
    assert file is not None, problems
    return file


def _lead(at: datetime | None = None, **changes: Any) -> CaseLead:
    lead, problems = lead_of(_bare(**changes).cases[0], example_survey(), example_policy(), at)
    assert lead is not None, problems
    return lead


def _wrong(**changes: Any) -> list[tuple[str, str]]:
    """Code and path of each problem."""
    _, problems = lead_of(_bare(**changes).cases[0], example_survey(), example_policy())
    return [(problem.code, ".".join(map(str, problem.where))) for problem in problems]


def _told(**changes: Any) -> dict[str, Any]:
    return conclude(_lead(**changes), example_policy(), known_domains()).transcript


def _differences(expect: dict[str, Any], **changes: Any) -> list[str]:
    case = _bare(expect=expect, **changes).cases[0]
    lead, problems = lead_of(case, example_survey(), example_policy())
    assert lead is not None, problems
    told = conclude(lead, example_policy(), known_domains()).transcript
    return [str(difference) for difference in compare(case.expect, told)]


def test_a_case_without_envelope_has_an_empty_path() -> None:
    bare = _bare()
    assert bare.bare
    assert bare.where(0) == ()
    file, _ = read({"schema": "cases/1", "survey": "s", "policy": "p", "cases": [ANNA]})
    assert file is not None
    assert (file.survey, file.policy, file.bare, file.where(0)) == ("s", "p", False, ("cases", 0))


def test_an_invalid_case_is_a_problem_with_its_path() -> None:
    file, problems = read({"schema": "cases/1", "cases": [{"naem": "x"}]})
    assert file is None
    assert problems[0].where == ("cases", 0, "naem")
    assert problems[0].hint == "did you mean `name`?"
    assert read({"naem": "x"})[1][0].where == ("naem",)
    assert read([])[0] is None


def test_duplicate_case_names_are_a_problem() -> None:
    file, problems = read({"schema": "cases/1", "cases": [ANNA, {"answers": {}}, {"answers": {}}, ANNA]})
    assert file is None
    assert [problem.where for problem in problems] == [("cases", 3, "name")]


def test_a_phone_number_is_parsed_for_the_country_of_the_contact() -> None:
    assert _lead().filled.contact["phone"] == "+49305550100"
    assert _lead(contact={"phone": "+33 1 70 18 00 00"}).filled.contact["phone"] == "+33170180000"
    assert _lead(contact={"phone": "030 5550100"}).filled.contact["phone"] == "030 5550100"
    assert _lead(contact={"phone": None, "company": " "}).filled.contact == {}


def test_an_instant_without_offset_is_in_the_zone_of_the_policy() -> None:
    assert _lead_at("2026-10-02T17:30").at.isoformat() == "2026-10-02T17:30:00+02:00"
    assert _lead_at("2026-10-02").at.isoformat() == "2026-10-02T00:00:00+02:00"


def _lead_at(moment: str) -> CaseLead:
    file, problems = read({**ANNA, "at": moment, "signals": [{"name": "email_opens_3", "at": moment}]})
    assert file is not None, problems
    lead, _ = lead_of(file.cases[0], example_survey(), example_policy())
    assert lead is not None
    assert lead.signals[0].at == lead.at
    return lead


def test_a_given_instant_replaces_that_of_the_case() -> None:
    later = datetime(2027, 1, 5, 9, tzinfo=UTC)
    lead = _lead(at=later)
    assert (lead.at, lead.filled.at) == (later, datetime.fromisoformat("2026-10-02T17:30:00+02:00"))
    with_datetime, _ = read({**ANNA, "at": later})
    assert with_datetime is not None
    assert with_datetime.cases[0].at == later


def test_a_key_without_a_value_is_the_same_as_a_missing_key() -> None:
    file, problems = read({"at": "2026-10-02T17:30:00Z", "answers": None, "contact": None, "expect": None})
    assert problems == ()
    assert file is not None
    assert (file.cases[0].answers, file.cases[0].contact) == ({}, {})


def test_a_wrong_value_is_shown_in_the_notation_of_the_author() -> None:
    values = {"a": True, "b": [False, None, 2.0, 1.5], "c": date(2026, 10, 2)}
    assert yaml_value(values) == "{a: true, b: [false, nothing, 2, 1.5], c: 2026-10-02}"


def test_a_case_needs_an_instant() -> None:
    file, _ = read({"answers": {}})
    assert file is not None
    lead, problems = lead_of(file.cases[0], example_survey(), example_policy())
    assert lead is None
    assert [problem.code for problem in problems] == ["missing_key"]


@pytest.mark.parametrize("moment", ["tomorrow", "2026-13-01", "0001-01-01T00:00:00", 5])
def test_text_that_is_no_instant_is_a_problem(moment: object) -> None:
    file, problems = read({**ANNA, "at": moment})
    assert file is None
    assert [(problem.code, problem.where) for problem in problems] == [("instant", ("at",))]


def test_unknown_names_are_problems_with_a_suggestion() -> None:
    case = _bare(
        answers={"employes": "50_199", "industry": "sas", "industry.othr": "x"},
        contact={"mail": "a@firm.example", "employee": 49},
        hidden={"utm_sorce": "x"},
        claims={"trigger": "hiring"},
        signals=[{"name": "demo_requests", "at": "2026-10-01T10:00:00Z"}],
    ).cases[0]
    _, problems = lead_of(case, example_survey(), example_policy())
    assert [(problem.code, problem.where, problem.hint) for problem in problems] == [
        ("unknown_answer", ("answers", "employes"), "did you mean `employees`?"),
        ("not_a_choice", ("answers", "industry"), "did you mean `saas`?"),
        ("unknown_answer", ("answers", "industry.othr"), "did you mean `industry.other`?"),
        ("unknown_field", ("contact", "mail"), "did you mean `email`?"),
        ("unknown_field", ("contact", "employee"), "did you mean `employees`?"),
        ("unknown_field", ("hidden", "utm_sorce"), "did you mean `utm_source`?"),
        ("unknown_field", ("claims", "trigger"), "did you mean `trigger_event`?"),
        ("unknown_signal", ("signals", 0, "name"), "did you mean `demo_request`?"),
    ]


def test_wrong_values_are_problems_with_the_message_of_the_question() -> None:
    _, problems = lead_of(
        _bare(answers={"timeline": ["lt_3m", "never"]}, contact={"country": "Germany", "email": "anna"}).cases[0],
        example_survey(),
        example_policy(),
    )
    assert [problem.message for problem in problems] == [
        "`Germany` does not fit here. Choose a country from the list.",
        "`anna` does not fit here. Enter an email like name@company.com.",
    ]
    assert _wrong(hidden={"utm_source": "x" * 201}) == [("too_long", "hidden.utm_source")]


def test_an_import_has_raw_values_by_question_name() -> None:
    lead = _lead(answers={}, contact={"employees": 49, "industry": "saas", "size": 60, "budget": None})
    assert lead.filled.imported == {"employees": 49, "industry": "saas", "size": 60, "budget": None}
    told = _told(answers={}, contact={"employees": 49, "industry": "saas"})
    assert [(one["criterion"], one["level"]) for one in told["fit"]["contributions"]] == [
        ("size", "small"), ("sector", "priority"),
    ]  # fmt: skip
    assert told["intent"]["signals"] == []


def test_an_import_that_shows_no_level_stays_unknown_with_a_warning() -> None:
    case = _bare(answers={}, contact={"employees": "many"}, claims={"trigger_event": "hirring"}).cases[0]
    lead, problems = lead_of(case, example_survey(), example_policy())
    assert lead is not None
    assert [(problem.code, problem.where, problem.is_error) for problem in problems] == [
        ("no_level", ("contact", "employees"), False), ("no_level", ("claims", "trigger_event"), False),
    ]  # fmt: skip
    assert problems[1].hint == "did you mean `hiring`?"


def test_a_signed_field_scores_and_a_claim_does_not() -> None:
    assert _told(hidden={"trigger_event": "hiring"})["timing"]["score"] == 80
    assert _told(claims={"trigger_event": "hiring"})["timing"]["score"] == 60


def test_history_and_language_of_a_case_reach_the_lead() -> None:
    lead = _lead(history={"not_now_on": "2026-06-02", "customer": True, "stage": "working", "owner": "lena"})
    assert lead.history.not_now_on == date(2026, 6, 2)
    assert (lead.history.customer, lead.history.stage, lead.history.owner) == (True, "working", "lena")
    assert _lead(language="fr").filled.language == "en"


def test_a_lead_that_is_not_sql_ready_has_no_route_and_no_deadline() -> None:
    outcome = conclude(_lead(answers={"employees": "50_199"}), example_policy(), known_domains())
    assert (outcome.assignment, outcome.promise) == (None, None)
    assert outcome.transcript["route"] is None
    assert outcome.transcript["first_contact_due"] is None


def test_an_expectation_that_holds_shows_no_difference() -> None:
    assert (
        _differences(
            {
                "fit": {"score": 62, "max": 70, "completeness": {"known": 6, "of": 6},
                        "contributions": [{"criterion": "size", "points": 15}]},
                "intent": {"signals": [{"signal": "demo_request", "count": 1}]},
                "timing": {"level": "hot"},
                "open": [], "stage": "sql_ready", "reason": None, "until": None, "to": None,
                "route": {"rep": "lena", "queue": None},
                "first_contact_due": "2026-10-05T09:30:00",
                "maturity": {"overall": 27, "dimensions": {"speed": 33}},
                "next_step": "book_demo",
            }
        )
        == []
    )  # fmt: skip


def test_every_different_key_is_reported_by_name() -> None:
    assert _differences(
        {
            "fit": {"score": 61.5, "contributions": [{"criterion": "size", "points": 14}]},
            "total": 1,
            "open": ["FIT-1", "DAT-3"],
            "stage": "nurture",
            "until": "2026-12-02",
            "route": None,
            "first_contact_due": "2026-10-05T09:30:00+00:00",
            "maturity": {"dimensions": {"speed": 34, "sped": 33}, "order": ["speed"]},
            "next_step": None,
        }
    ) == [
        "fit.score: expected 61.5, and 62 came",
        "fit.contributions: expected [{criterion: size, points: 14}], and "
        + yaml_value(_told()["fit"]["contributions"])
        + " came",
        "total: expected 1, and 127 came",
        "open: expected [FIT-1, DAT-3], and [] came",
        "stage: expected nurture, and sql_ready came",
        "until: expected 2026-12-02, and nothing came",
        "route: expected nothing, and " + yaml_value(_told()["route"]) + " came",
        "first_contact_due: expected 2026-10-05T09:30:00+00:00, and 2026-10-05T09:30:00+02:00 came",
        "maturity.dimensions.speed: expected 34, and 33 came",
        "maturity.dimensions.sped: expected 33, and nothing came",
        "maturity.order: expected [speed], and [feedback, definitions, speed, scoring] came",
        "next_step: expected nothing, and book_demo came",
    ]


def test_an_expected_route_that_is_missing_is_reported_in_full() -> None:
    nobody: dict[str, Any] = {"answers": {}}
    assert _differences({"route": {"rep": "lena"}, "maturity": {"overall": None, "band": None}}, **nobody) == [
        "route: expected {rep: lena}, and nothing came"
    ]
    assert _differences({"maturity": {"dimensions": None}}, **nobody) == [
        "maturity.dimensions: expected nothing, and {} came"
    ]


def test_an_expected_day_is_compared_as_a_day() -> None:
    later = {"history": {"not_now_on": "2026-09-30"}, "answers": {**ANNA["answers"], "next_step": "report_only"}}
    assert _differences({"until": "2027-03-30", "reason": "not_now"}, **later) == []
    assert _differences({"until": "2027-03-31"}, **later) == ["until: expected 2027-03-31, and 2027-03-30 came"]


def test_numbers_in_json_are_integers_or_have_six_decimals() -> None:
    assert [number(Fraction(value)) for value in (3, Fraction(80, 3))] == [3, 26.666667]
    assert isinstance(number(3), int)


def test_a_problem_in_a_matrix_has_the_path_of_its_row() -> None:
    teams = survey(
        """
        - {name: teams, type: matrix, title: Teams, rows: [{name: sales, text: Sales}],
           choices: [{value: weekly, text: Weekly}]}
        """
    )
    file, _ = read({"at": "2026-10-02T17:30:00Z", "answers": {"teams": {"sales": "daily", "sale": "weekly"}}})
    assert file is not None
    _, problems = lead_of(file.cases[0], teams, example_policy())
    assert [problem.where for problem in problems] == [("answers", "teams", "sales"), ("answers", "teams", "sale")]
