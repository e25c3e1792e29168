"""What was typed becomes answers, or is told back with what is wrong."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.survey.answers import Answers, read_answers
from tests.core.authoring import survey

ASKED = """
- {name: industry, type: dropdown, title: Industry, choices: [{value: saas, text: Software},
   {value: other, text: Other, other_text: true}]}
- {name: tools, type: multiple_choice, title: Tools, choices: [{value: crm, text: CRM}, {value: mail, text: Mail}]}
- {name: practice, type: matrix, title: Practice, choices: [{value: never, text: Never}, {value: often, text: Often}],
   rows: [{name: plan, text: Plan}, {name: review, text: Review}]}
- {name: team, type: number, title: Team}
"""


def read(typed: dict[str, object]) -> tuple[Answers, dict[str, str]]:
    answers, mistakes = read_answers(survey(ASKED), typed)
    return answers, {name: mistake.code for name, mistake in mistakes.items()}


def test_answers_are_read_by_their_types() -> None:
    answers, mistakes = read({"industry": ["saas"], "tools": ["mail", "crm"], "practice.plan": "often", "team": "25"})
    assert not mistakes
    assert dict(answers) == {"industry": "saas", "tools": ("crm", "mail"), "practice.plan": "often", "team": 25}
    assert len(answers) == 4


def test_nothing_typed_is_no_answer() -> None:
    assert read({"industry": "", "tools": [], "team": "  ", "practice.plan": None}) == (Answers(), {})


def test_a_matrix_may_come_as_a_mapping() -> None:
    answers, mistakes = read({"practice": {"plan": "often", "revue": "never"}})
    assert dict(answers) == {"practice.plan": "often"}
    assert mistakes == {"practice.revue": "unknown_answer"}


def test_unknown_keys_are_refused_and_the_rest_is_kept() -> None:
    answers, mistakes = read({"industri": "saas", "team": "25", "team.other": "x", "practice": "often"})
    assert dict(answers) == {"team": 25}
    assert mistakes == {
        "industri": "unknown_answer", "team.other": "unknown_answer", "practice": "unknown_answer"
    }  # fmt: skip


def test_own_words_stand_beside_the_choice() -> None:
    answers, mistakes = read({"industry": "other", "industry.other": "  Tea \x00 trade "})
    assert not mistakes
    assert answers.words == {"industry": "Tea trade"}
    assert read({"industry": "other", "industry.other": ["Tea"]})[0].words == {"industry": "Tea"}
    assert read({"industry": "other", "industry.other": " "})[0].words == {}
    assert read({"industry.other": "x" * 201})[1] == {"industry": "unreadable"}


@pytest.mark.parametrize(
    ("typed", "code"), [("steel", "not_a_choice"), ({"a": 1}, "not_a_choice"), (True, "not_a_choice")]
)
def test_what_is_no_choice_is_told(typed: Any, code: str) -> None:
    assert read({"industry": typed}) == (Answers(), {"industry": code})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(
    st.dictionaries(
        st.sampled_from(["industry", "tools", "practice", "practice.plan", "team", "x", "industry.other"]), JSON
    )
)
def test_whatever_is_sent_is_an_answer_or_a_mistake(typed: dict[str, object]) -> None:
    answers, mistakes = read(typed)
    assert set(answers) <= set(survey(ASKED).items)
    assert not set(answers) & set(mistakes)
