"""The words that a placeholder stands for."""

from __future__ import annotations

from typing import Any

from questionnaire.core.survey.answers import read_answers
from questionnaire.core.survey.placeholders import placeholder_values
from questionnaire.core.survey.survey import Survey, read

NAMES = "{{company}} {{progress}} {{tools}} {{people}} {{country}}"
RAW: dict[str, Any] = {
    "schema": "survey/1",
    "id": "words",
    "version": 1,
    "policy": "default",
    "languages": ["en", "fr"],
    "title": "Words",
    "pages": [
        {
            "name": "only",
            "questions": [
                {"name": "company", "type": "text", "title": "Company"},
                {
                    "name": "progress",
                    "type": "single_choice",
                    "title": "How far is {{company|your company}}?",
                    "choices": [
                        {"value": "start", "text": {"en": "{{company}} just starts", "fr": "{{company}} débute"}},
                        {"value": "other", "text": "Otherwise", "other_text": True},
                    ],
                },
                {"name": "tools", "type": "multiple_choice", "title": "Tools", "choices": [
                    {"value": "crm", "text": "CRM"}, {"value": "mail", "text": "Mail"}]},
                {"name": "people", "type": "number", "title": "People", "unit": "people"},
                {"name": "end", "type": "statement", "title": NAMES},
            ],
        }
    ],
    "contact": {"fields": [{"name": "country", "type": "country"}]},
}  # fmt: skip


def survey() -> Survey:
    made, problems = read(RAW)
    assert made is not None, problems
    return made


def words(language: str = "en", **typed: object) -> dict[str, str]:
    contact = {"country": typed.pop("country", "")}
    return placeholder_values(survey(), read_answers(survey(), typed)[0], contact, language)


def test_answers_and_contact_details_are_said_in_the_readers_language() -> None:
    typed: dict[str, Any] = {"tools": ["crm", "mail"], "people": "12480", "country": "DE"}
    assert words(**typed) == {"tools": "CRM; Mail", "people": "12,480\N{NO-BREAK SPACE}people", "country": "Germany"}
    assert words("fr", country="DE") == {"country": "Allemagne"}


def test_the_words_of_a_choice_may_name_an_earlier_answer() -> None:
    assert words(company="Nordwind", progress="start")["progress"] == "Nordwind just starts"


def test_braces_in_a_persons_own_words_stay_braces() -> None:
    assert words(company="{{country}}", country="DE")["company"] == "{{country}}"
    other = words(**{"company": "X", "progress": "other", "progress.other": "{{company}}"})
    assert other["progress"] == "Otherwise – {{company}}"


def test_only_names_that_texts_use_are_put_into_words() -> None:
    assert survey().form_placeholder_names == {"company", "progress", "tools", "people", "country"}
    assert survey().optional_names == {"company", "progress", "tools", "people", "country"}
