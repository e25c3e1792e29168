"""The authored survey: unique names, languages, fields and items."""

from __future__ import annotations

import pytest

from tests.cast import example_survey
from tests.core.authoring import QUESTIONS, refused_survey, survey

MATRIX = """
- {name: practice, type: matrix, title: Practice, dimension: habits, choices: [{value: never, text: Never},
   {value: often, text: Often, maturity: 1}], rows: [{name: plan, text: We plan}, {name: review, text: We review}]}
- {name: note, type: statement, title: Nearly done}
"""


@pytest.mark.parametrize(
    "change",
    [
        "contact: {fields: [{name: size, type: text}]}",
        "hidden_fields: [{name: size}]",
        "{contact: {fields: [{name: x, type: text}]}, hidden_fields: [{name: x}]}",
    ],
)
def test_a_name_is_unique_among_questions_and_fields(change: str) -> None:
    assert [problem.code for problem in refused_survey(QUESTIONS, change)] == ["duplicate_name"]


@pytest.mark.parametrize(
    "change",
    [
        "contact: {fields: [{name: label, type: text}]}",
        "hidden_fields: [{name: hand_raise}]",
        "hidden_fields: [{name: any}]",
    ],
)
def test_no_field_has_the_name_of_a_fact(change: str) -> None:
    assert [problem.code for problem in refused_survey(QUESTIONS, change)] == ["reserved_name"]


def test_a_matrix_asks_an_answer_for_each_row_and_a_statement_none() -> None:
    asked = survey(MATRIX, "dimensions: [{name: habits, title: Habits}]")
    assert list(asked.items) == ["practice.plan", "practice.review"]
    assert asked.question("practice.plan") is not None
    assert asked.question("practice") is None
    assert asked.question("note") is None
    assert [item.name for item in asked.items_of["habits"]] == ["practice.plan", "practice.review"]


def test_the_nearest_language_to_the_requested_one_is_used() -> None:
    asked = survey(QUESTIONS, "languages: [en, fr, pt-BR]")
    wanted = {"fr": "fr", "FR": "fr", "fr-CA": "fr", "pt": "pt-BR", "pt-br": "pt-BR", "de": "en", "": "en"}
    assert {tag: asked.language(tag) for tag in wanted} == wanted
    assert asked.language(None) == "en"


def test_the_example_knows_its_fields_dimensions_and_questions() -> None:
    asked = example_survey()
    assert "email" in asked.field_names
    assert "trigger_event" in asked.field_names
    assert "employees" not in asked.field_names
    assert asked.dimension("speed").weight == 3
    assert [question.name for question in asked.questions][:2] == ["employees", "industry"]
    assert asked.contact_fields[0].name == "email"
    assert survey().contact_fields == ()


@pytest.mark.parametrize(
    "origin",
    ["www.example.com", "ftp://example.com", "https://example.com/path", "https://u@example.com", "https://", "https://a?b"],
)  # fmt: skip
def test_an_origin_is_a_scheme_and_a_host(origin: str) -> None:
    problems = refused_survey(QUESTIONS, f"embed: {{allowed_origins: ['{origin}']}}")
    assert [problem.code for problem in problems] == ["origin"]


def test_an_origin_is_stored_in_lower_case() -> None:
    asked = survey(QUESTIONS, "embed: {allowed_origins: ['https://WWW.Example.com:8443']}")
    assert asked.embed.allowed_origins == ("https://www.example.com:8443",)


def test_a_survey_knows_whether_a_text_has_several_lines() -> None:
    assert not survey(QUESTIONS).has_long_texts
    assert survey('- {name: note, type: statement, title: "First\\n\\n- one\\n- two"}').has_long_texts
    asked = survey('- {name: note, type: text, title: "Dear {{first_name|you}}"}')
    assert asked.form_placeholder_names == {"first_name"}
