"""Events in the words of the desk, in the reader's language."""

from __future__ import annotations

import json

import pytest

from questionnaire.actions.assessing.event_texts import why_in

BOTH = {"en": "it is Lena's turn", "fr": "c’est le tour de Lena"}


@pytest.mark.parametrize(
    ("why", "language", "said"),
    [
        (BOTH, "fr", BOTH["fr"]), (json.dumps(BOTH), "fr", BOTH["fr"]), (BOTH, "de", BOTH["en"]),
        ("named by the rule", "fr", "named by the rule"), (None, "fr", ""), ({}, "en", ""),
    ],
)  # fmt: skip
def test_a_why_is_told_in_the_language_of_the_reader(why: object, language: str, said: str) -> None:
    assert why_in(why, language) == said
