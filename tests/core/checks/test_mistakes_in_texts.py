"""Mistakes in placeholders and consents, and the exact problems reported."""

# ruff: noqa: E501 (messages stay on one line)

from __future__ import annotations

from typing import Any

from tests.core.checks.example import checked, put, raw_policy, raw_survey


def problems(survey: Any) -> list[str]:
    return [str(problem) for problem in checked(survey, raw_policy()).problems]


def test_a_placeholder_that_may_be_empty_wants_a_fallback() -> None:
    survey = raw_survey()
    put(survey["report"]["blocks"]["thanks_only"], "text", "Call {{phone}} or {{linkedin|us}}, {{first_name}}.")
    assert problems(survey) == [
        "warning: optional_placeholder: report.blocks.thanks_only.text: `{{phone}}` is empty for people who aren’t asked or don’t answer — add a fallback: `{{phone|…}}`"
    ]


def test_a_placeholder_that_comes_too_early_is_fine_with_a_fallback() -> None:
    survey = raw_survey()
    put(survey, "title", "Welcome, {{first_name|visitor}}")
    assert problems(survey) == []


def test_a_text_is_written_in_every_language_that_others_are_written_in() -> None:
    survey = raw_survey()
    put(survey, "languages", ["en", "fr", "de"])
    put(survey, "title", {"en": "Alignment", "fr": "Accord", "de": "Abstimmung"})
    put(survey["dimensions"][0], "title", {"en": "Words", "fr": "Mots"})
    assert problems(survey) == ["warning: text_missing: dimensions[0].title: the text is missing in `de` — add `de: …`"]


def test_a_consent_has_a_name_of_its_own() -> None:
    survey = raw_survey()
    for index, name in enumerate(("email", "budget", "sales_contact", "sales_contact")):
        put(survey["contact"]["consents"][index], "name", name)
    assert problems(survey) == [
        f"duplicate_name: contact.consents[{index}].name: the name `{name}` stands twice — give each consent a name of its own"
        for index, name in ((0, "email"), (1, "budget"), (3, "sales_contact"))
    ]
