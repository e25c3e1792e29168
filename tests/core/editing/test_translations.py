"""A survey in several languages: languages come and go, what is missing, and what its original has outgrown."""

from __future__ import annotations

from typing import Any

import pytest

from questionnaire.core.editing.apply import apply_all
from questionnaire.core.editing.document_texts import document_texts
from questionnaire.core.editing.edit import Change, add, move, remove, rename, set_
from questionnaire.core.editing.paths import EditError, find, read_path, write_path
from questionnaire.core.editing.translations import add_language, lost_placeholders, outdated, remove_language, state_in
from tests.authored import SURVEYS, authored, authored_file
from tests.core.editing.small_draft import survey

TWO = """
schema: survey/1
languages: [en, fr]
title: {en: Hello, fr: Bonjour}
description: {en: "", fr: ""}
wording: {fr: {next: Suite}}
pages: [{name: p, questions: [
  {name: a, type: text, title: {en: Name}, help: "1–9"}, {name: b, type: text, title: {fr: Ville}}]}]
"""


def states(document: Any, language: str) -> dict[str, str]:
    return {write_path(one.path): state_in(one, "en", language) for one in document_texts(document)}


def test_what_is_missing_in_a_language_is_known() -> None:
    assert states(authored(TWO), "fr") == {
        "title": "done", "description": "empty", "pages/p/questions/a/title": "missing",
        "pages/p/questions/a/help": "same", "pages/p/questions/b/title": "done",
    }  # fmt: skip


def test_a_translation_that_lost_a_placeholder_is_named() -> None:
    assert lost_placeholders("Hi {{first_name|you}}, {{ company }} and {{first_name}}", "Salut {{company}}") == (
        "first_name",
    )


def test_with_a_second_language_texts_with_words_wait_for_their_translation() -> None:
    document = survey()
    change = add_language(document, document_texts(document), "fr")
    edited = apply_all(document, change)
    assert edited.document["languages"] == ["en", "fr"]
    assert edited.document["title"] == {"en": "Hello {{first_name|you}} of {{ team_size }}"}
    assert "missing" in states(edited.document, "fr").values()
    assert apply_all(edited.document, edited.inverse).document == document
    assert add_language(edited.document, (), "fr") == ()
    assert len(add_language(edited.document, document_texts(edited.document), "de")) == 1
    back = remove_language(edited.document, document_texts(edited.document), "fr")
    assert apply_all(edited.document, back).document == {**document, "languages": ["en"]}


def test_a_language_goes_with_its_texts_and_the_first_one_stays() -> None:
    document = authored(TWO)
    found = apply_all(document, remove_language(document, document_texts(document), "fr")).document
    assert (found["title"], found["languages"], found["wording"]) == ("Hello", ["en"], {})
    assert find(found, read_path("pages/p/questions/b/title")) == ""
    for tag in ("en", "xx"):
        with pytest.raises(EditError):
            remove_language(document, (), tag)
    three = {**document, "languages": ["en", "fr", "de"]}
    left = apply_all(three, remove_language(three, document_texts(three), "fr")).document
    assert (left["title"], find(left, read_path("pages/p/questions/b/title"))) == ({"en": "Hello"}, {"en": ""})


def test_every_sample_loses_a_language_and_gets_it_back_by_undo() -> None:
    for name in ("hiring-process",):
        document = authored_file(SURVEYS / name / "survey.yaml")
        edited = apply_all(document, remove_language(document, document_texts(document), "fr"))
        assert "fr" not in {tag for one in document_texts(edited.document) if isinstance(one.raw, dict)
                            for tag in one.raw}  # fmt: skip
        assert apply_all(edited.document, edited.inverse).document == document


def late(document: Any, *changes: Change) -> list[str]:
    """The outdated French texts after some changes."""
    inverses: list[Change] = []
    for change in changes:
        edited = apply_all(document, change)
        document, inverses = edited.document, [edited.inverse, *inverses]
    return sorted(map(write_path, outdated(document_texts(document), inverses, "en", "fr")))


def test_a_translation_is_out_of_date_when_its_original_changed_after_it() -> None:
    title, new = ("title",), set_(("title", "en"), "Hi")
    french = set_(("title", "fr"), "Salut")
    document = authored(TWO)
    assert late(document) == []
    assert late(document, (new,)) == ["title"]
    assert late(document, (new,), (french,)) == []
    assert late(document, (french,), (new,)) == ["title"]
    assert late(document, (new, french)) == []
    assert late(document, (new,), (set_(("title", "en"), "Hello"),)) == []
    assert late(document, (new,), (set_(title, {"en": "Hi", "fr": "Salut"}),)) == ["title"]
    assert late(document, (remove(("title", "fr")),), (new,), (french,)) == []
    assert late(document, (set_(title, "One text"),), (set_(title, {"en": "One text", "fr": "Un texte"}),)) == []
    assert late(document, (remove(("title", "en")),), (new,)) == ["title"]


def test_a_text_is_followed_through_moves_and_new_names() -> None:
    document = authored(TWO)
    question = ("pages", "p", "questions", "a")
    start = apply_all(document, (set_((*question, "title", "fr"), "Nom"),)).document
    change = (set_((*question, "title", "en"), "Your name"),)
    moved = (move(question, ("pages", "p", "questions")), rename(question, "name"))
    assert late(start, change, moved) == ["pages/p/questions/name/title"]
    added = (add(("pages", "p", "questions"), {"name": "c", "type": "text", "title": {"en": "C", "fr": "C"}}),)
    assert late(start, added) == []
