"""Authored texts in one or several languages, and their placeholders."""

from __future__ import annotations

import html
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from questionnaire.core.base.texts import (
    LONGEST_VALUE,
    LocalizedText,
    fill,
    fold,
    listed,
    literal_text,
    read_text,
    remove_marks,
    remove_personal_sentences,
    texts_in,
    write_text,
)

BOTH = read_text({"en": "Hello {{first_name}}", "fr": "Bonjour {{ first_name }} de {{company}}"})


def test_a_text_is_returned_in_the_requested_language_else_in_the_first() -> None:
    assert BOTH.say("fr").startswith("Bonjour")
    assert BOTH.say("de").startswith("Hello")
    assert BOTH.languages == ("en", "fr")


def test_french_lists_have_a_narrow_space_before_the_semicolon() -> None:
    assert listed(["a, b", "c"], "en") == "a, b; c"
    assert listed(["a, b", "c"], "fr-CA") == "a, b\N{NARROW NO-BREAK SPACE}; c"


def test_a_plain_string_is_the_same_in_every_language() -> None:
    assert read_text("Nordwind").say("fr") == literal_text("Nordwind").say("en") == "Nordwind"
    assert read_text("Nordwind").languages == ()
    assert read_text(2026).say("en") == "2026"
    assert read_text({"": "all", "fr": "tous"}).say("de") == "all"


def test_a_text_lists_its_placeholders_and_is_unchanged_after_writing_and_parsing() -> None:
    assert [found.name for found in BOTH.placeholders()] == ["first_name", "first_name", "company"]
    for text in (BOTH, literal_text("Nordwind")):
        assert read_text(write_text(text)) == text
    assert read_text(BOTH) is BOTH
    assert TypeAdapter(LocalizedText).validate_python(TypeAdapter(LocalizedText).dump_python(BOTH)) == BOTH
    assert "anyOf" in TypeAdapter(LocalizedText).json_schema()


@pytest.mark.parametrize("raw", [None, True, [], {}, "", "   ", "x" * 4001, {"en": None}, {"en": {"fr": "x"}}])
def test_raw_values_that_are_no_text_are_refused(raw: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(LocalizedText).validate_python(raw)
    assert caught.value.errors()[0]["ctx"]["hint"]


def test_placeholder_values_are_inserted_once_escaped_and_cut() -> None:
    values = {"name": "<b>{{company}}</b>", "company": "x" * 500}
    assert fill("Hi {{name}}!", values, html.escape) == "Hi &lt;b&gt;{{company}}&lt;/b&gt;!"
    assert fill("{{company}}", values, str) == "x" * LONGEST_VALUE
    assert fill("Hi {{nobody}}.", values, str) == "Hi ."
    assert fill("{{7*7}} {{name.__class__}}", {"name": "n"}, str) == "{{7*7}} "


@given(st.text(), st.text())
def test_a_value_is_never_evaluated(before: str, value: str) -> None:
    template = before.replace("{", "").replace("}", "") + "{{name}}"
    assert fill(template, {"name": value}, str).endswith(value[:LONGEST_VALUE])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Keep it up.", "Keep it up."),
        ("{{first_name}}, begin with one list. Then name its keeper.", "Then name its keeper."),
        ("Begin with one list. Then, {{first_name}}, rest. And look again.", "Begin with one list. And look again."),
        ("Good work, {{company}}.", ""),
        ("Firms, e.g. {{company}}, wait too long. Call first.", "Call first."),
        ("Viele Firmen, z. B. Werk {{company}}, warten. Rufen Sie an.", "Rufen Sie an."),
        ("Il reste {{ company }} ! Appelez d’abord.", "Appelez d’abord."),
        ("“Yes,” said {{first_name}}. “Now.” Then rest.", "“Now.” Then rest."),
        ("Call first. {{first_name}} knows why.", ""),
        ("Say **hello, {{first_name}}. Then** go.\n\nCall first.", "Call first."),
        ("- Call first.\n- Ask {{first_name}}.\n- Write it down.", "- Call first.\n- Write it down."),
        ("Dear\n{{first_name}}, well done. Go on.", "Go on."),
        ("Begin. {{a}}{{b}}", ""),
    ],
)
def test_sentences_with_placeholders_are_removed_from_shareable_text(text: str, left: str) -> None:
    assert remove_personal_sentences(text) == left


@pytest.mark.parametrize(
    ("written", "folded"), [("Åland", "aland"), ("Straße", "strasse"), ("ﬁ ½", "fi 1⁄2"), ("A-b", "a-b")]
)
def test_letters_are_compared_without_case_and_accents(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_a_fallback_stands_in_for_a_value_that_is_missing() -> None:
    text = "Hello {{ name | there }}, {{name}}{{other|}}!"
    assert fill(text, {}, str) == "Hello there, !"
    assert fill(text, {"name": "Anna"}, str) == "Hello Anna, Anna!"
    assert [(found.name, found.fallback) for found in literal_text(text).placeholders()] == [
        ("name", "there"), ("name", ""), ("other", ""),
    ]  # fmt: skip


def test_neither_a_value_nor_a_fallback_is_filled_again() -> None:
    assert fill("{{a}}", {"a": "{{b|x}}", "b": "secret"}, str) == "{{b|x}}"
    assert fill("{{a|{{b}}}}", {"b": "secret"}, str) == "{{a|secret}}"


def test_a_fallback_of_several_sentences_does_not_cut_a_personal_sentence_in_two() -> None:
    text = "Hello {{name|dear friend. And welcome}}, good start. Begin with one list."
    assert remove_personal_sentences(text) == "Begin with one list."


def test_marks_are_removed_and_names_with_underscores_stay() -> None:
    text = "**Mail** and _[our *site*](https://x.example)_ for {{first_name}} in 2 * 3 * 4, snake_case_name"
    assert remove_marks(text) == "Mail and our site for {{first_name}} in 2 * 3 * 4, snake_case_name"


def test_texts_of_some_classes_can_be_left_out() -> None:
    text = literal_text("Hello")
    assert list(texts_in((text, {"a": text}))) == [text, text]
    assert list(texts_in((text,), besides=(LocalizedText,))) == []
