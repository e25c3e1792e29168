"""Explanations: stored as codes, worded when they are read; finished sentences of older rows still read."""

from __future__ import annotations

import json

import pytest

from questionnaire.core.base.explanation import Explanation, read_explanation, write_explanation
from questionnaire.core.base.translation import ENGLISH, Translator
from questionnaire.core.scoring.verdict_reason import verdict_text

BOTH = {"en": "it is Lena's turn", "fr": "c’est le tour de Lena"}
TURN = Explanation("pool_turn", {"rule": "dach", "pool": "dach", "rep": "lena"})


def test_an_explanation_is_stored_as_its_code_and_its_parameters() -> None:
    assert json.loads(write_explanation(TURN)) == {
        "code": "pool_turn", "params": {"rule": "dach", "pool": "dach", "rep": "lena"},
    }  # fmt: skip
    assert read_explanation(write_explanation(TURN)) == read_explanation(TURN.as_json) == TURN
    assert TURN.written("en") is None


@pytest.mark.parametrize(
    ("stored", "language", "sentence"),
    [
        (BOTH, "fr", BOTH["fr"]), (json.dumps(BOTH), "fr", BOTH["fr"]), (BOTH, "de", BOTH["en"]),
        ("named by the rule", "fr", "named by the rule"), (None, "fr", ""), ({}, "en", ""), ("", "en", ""),
        ("{curly} but no JSON", "en", "{curly} but no JSON"),
    ],
)  # fmt: skip
def test_a_sentence_of_an_older_row_is_read_in_the_language_of_the_reader(
    stored: object, language: str, sentence: str
) -> None:
    assert read_explanation(stored).written(language) == sentence
    assert verdict_text(read_explanation(stored), Translator(language)) == sentence


def test_a_verdict_without_an_explanation_and_one_of_an_unknown_code_say_nothing() -> None:
    assert verdict_text(None, ENGLISH) == ""
    assert verdict_text(Explanation("of_tomorrow"), ENGLISH) == ""
