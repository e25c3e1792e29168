"""Checks of what stands twice, and of languages in which nothing stands."""

from __future__ import annotations

from typing import Any

from questionnaire.core.checks import check_survey
from tests.core.checks.example import asked, checked, policy_of, put, raw_policy, raw_survey, survey_of

Raw = dict[str, Any]


def told(survey: Raw, code: str) -> list[str]:
    return [str(problem) for problem in check_survey(survey_of(survey)).problems if problem.code == code]


def test_two_pages_of_one_name_are_an_error() -> None:
    survey = raw_survey()
    survey["pages"][1]["name"] = survey["pages"][0]["name"]
    assert told(survey, "duplicate_name") == [(
        f"duplicate_name: pages[1].name: the name `{survey['pages'][0]['name']}` stands twice — "
        "give each page a name of its own"
    )]  # fmt: skip


def test_two_consents_of_one_text_are_reported() -> None:
    survey = raw_survey()
    first = survey["contact"]["consents"][0]
    survey["contact"]["consents"] = [first, {**first, "name": "again"}]
    assert told(survey, "same_consent") == [(
        f"warning: same_consent: contact.consents[1].text: `again` has the text of `{first['name']}` — "
        "say what each is for, or keep one of them"
    )]  # fmt: skip


def test_a_language_without_any_text_is_reported_once() -> None:
    survey = raw_survey()
    survey["languages"] = ["en", "fr", "de", "en"]
    survey["title"] = {"en": "Title", "fr": "Titre"}
    assert told(survey, "language_empty") == [(
        "warning: language_empty: languages[2]: no text is written in `de` — "
        "write the texts as `{en: …, de: …}`, or remove the language"
    )]  # fmt: skip
    assert told(survey, "text_missing") == []
    assert told(survey, "duplicate_name") == [
        "duplicate_name: languages[3]: the language `en` stands twice — keep one of them"
    ]


def test_two_questions_of_one_criterion_are_reported_only_where_somebody_answers_both() -> None:
    survey = raw_survey()
    again = {**asked(survey, "employees"), "name": "employees_again"}
    survey["pages"][0]["questions"].append(again)
    found = checked(survey, raw_policy())
    assert [problem.code for problem in found.survey] == ["criterion_twice"]
    assert "only `employees_again` counts" in found.survey[0].message
    put(again, "show_if", {"employees": {"known": False}})
    asked(survey, "employees")["required"] = False
    assert [problem.code for problem in checked(survey, raw_policy()).survey] == []
    assert policy_of(raw_policy()).criteria
