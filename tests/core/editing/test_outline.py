"""What an author sees of an unfinished document: its outline, conditions as rows, and the copy for the preview."""

from __future__ import annotations

from typing import Any

import pytest

from questionnaire.core.editing.outline import author_name, entries, languages_of, outline, questions_in, text_in
from questionnaire.core.editing.preview import preview_document
from questionnaire.core.survey import survey as surveys
from tests.core.editing.small_draft import survey


def test_the_outline_counts_what_is_asked_and_uses_short_names() -> None:
    document = survey()
    document["pages"][0]["questions"].insert(0, {"name": "hello", "type": "statement", "title": "Hello"})
    document["pages"][0]["questions"][1]["label"] = "Team"
    document["pages"][1]["title"] = {"en": "The end", "fr": "La fin"}
    pages = outline(document, "fr")
    assert [page.label for page in pages] == ["Start", "La fin"]
    found = [(one.number, one.label, one.name, one.type) for one in questions_in(pages)[:3]]
    assert found == [(None, "Hello", "hello", "statement"), (1, "Team", "team_size", "number"),
                     (2, "Scoring", "scoring", "single_choice")]  # fmt: skip


def test_an_unfinished_document_has_an_outline_too() -> None:
    document: dict[str, Any] = {"pages": [{"questions": ["odd", {"type": "no_such"}]}, "odd"], "languages": "en"}
    (page,) = outline(document, "en")
    assert [(one.number, one.label) for one in page.questions] == [(1, "")]
    assert outline({}, "en") == ()
    assert list(entries({"pages": {}}, ("pages",))) == []
    assert languages_of(document) == ("en",)
    assert languages_of({"languages": ["fr", 3, "de"]}) == ("fr", "de")
    assert [text_in(raw, "fr") for raw in ({"en": "A", "fr": "B"}, {"en": "A"}, "C", 5, None, True)] == [
        "B", "A", "C", "5", "", "",
    ]  # fmt: skip


def test_the_preview_fills_missing_words_and_shows_what_is_in_focus() -> None:
    document = survey() | {"languages": ["en", "fr"]}
    asked = document["pages"][1]["questions"][1]
    asked |= {"title": {"en": "", "fr": "x"}, "help": ""}
    shown = preview_document(document, "last")
    page = shown["pages"][1]
    assert "show_if" not in page
    assert (page["questions"][1]["title"], "help" in page["questions"][1]) == ({"en": "…", "fr": "x"}, False)
    assert "show_if" not in page["questions"][1]
    assert "show_if" in preview_document(document)["pages"][1]
    assert surveys.read(shown)[1] == ()
    odd: dict[str, Any] = {"pages": [{"questions": "odd"}, "odd"], "id": ""}
    assert preview_document(odd, "last") == odd
    assert preview_document({"pages": "odd"}) == {"pages": "odd"}
    assert preview_document({"show_if": {"a": ""}}) == {"show_if": {"a": ""}}


@pytest.mark.parametrize(
    ("content", "called"),
    [
        ({"name": "question", "title": "How good is it?"}, "How good is it?"),
        ({"name": "single_choice_2", "title": {"en": "How good is it?"}}, "How good is it?"),
        ({"name": "long_text", "title": "What goes wrong most often when two teams share one list of leads?"},
         "What goes wrong most often when two teams share…"),
        ({"name": "question", "title": ""}, "Question"),
        ({"name": "question", "title": "How good is it?", "label": "Quality"}, "Quality"),
        ({"name": "data_quality", "title": "How good is it?"}, "Data quality"),
        ({"name": "country", "title": "Where do you sell?"}, "Country"),
    ],
)  # fmt: skip
def test_a_question_whose_name_says_nothing_is_called_by_its_first_words(
    content: dict[str, object], called: str
) -> None:
    assert author_name(content) == called
