"""The journey: derived by replaying the answers, never stored."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from questionnaire.core.survey.answers import Answers
from questionnaire.core.survey.journey import Journey, derive_journey
from tests.core.authoring import filled, survey

BRANCHES = """
- {name: plan, type: single_choice, title: Plan, required: true, choices: [
    {value: soon, text: Soon}, {value: late, text: Late}, {value: unsure, text: I do not know, unknown: true}]}
- {name: budget, type: yes_no, title: Budget, required: true, show_if: {plan: soon}}
- {name: sum, type: number, title: How much, required: true, show_if: {budget: "yes"}}
- {name: delay, type: text, title: Why late, show_if: {not: {plan: soon}}}
- {name: doubt, type: text, title: What is unclear, show_if: {plan: unsure}}
- {name: local, type: text, title: Local, show_if: {country: [DE, FR]}}
- {name: rows, type: matrix, title: Rows, required: true, show_if: {plan: {known: true}},
   choices: [{value: a, text: A}], rows: [{name: one, text: One}, {name: two, text: Two}]}
- {name: note, type: statement, title: Thank you}
- {name: source, type: hidden, title: Source, required: true}
"""
FIELDS = "contact: {fields: [{name: country, type: country}]}"


def way(answers: dict[str, Any], **fields: Any) -> Journey:
    return derive_journey(survey(BRANCHES, FIELDS), Answers(answers), fields)


def names(journey: Journey) -> list[str]:
    return [question.name for question in journey.visible]


def test_a_question_is_shown_only_when_its_condition_is_true() -> None:
    assert names(way({})) == ["plan", "note", "source"]
    assert names(way({"plan": "soon"})) == ["plan", "budget", "rows", "note", "source"]
    assert names(way({"plan": "late"})) == ["plan", "delay", "rows", "note", "source"]


def test_i_do_not_know_is_a_value_of_its_own_in_a_condition() -> None:
    assert names(way({"plan": "unsure"})) == ["plan", "delay", "doubt", "rows", "note", "source"]


def test_conditions_may_use_fields() -> None:
    assert "local" in names(way({}, country="DE"))
    assert "local" not in names(way({}, country="US"))


def test_an_answer_off_the_path_is_ignored_also_by_conditions() -> None:
    journey = way({"plan": "late", "budget": "yes", "sum": 9})
    assert dict(journey.answers) == {"plan": "late"}
    assert "sum" not in names(journey)


def test_other_text_of_an_ignored_answer_is_dropped() -> None:
    answers = Answers({"plan": "late", "budget": "yes"}, {"plan": "someday", "budget": "perhaps"})
    assert derive_journey(survey(BRANCHES, FIELDS), answers).answers.words == {"plan": "someday"}


def test_only_required_questions_on_the_path_are_missing() -> None:
    assert way({"plan": "soon"}).missing == ("budget", "rows.one", "rows.two")
    assert way({"plan": "soon", "budget": "no", "rows.one": "a"}).missing == ("rows.two",)
    assert not way({"plan": "soon", "budget": "no", "rows.one": "a"}).complete


def test_a_journey_is_complete_when_every_required_visible_question_is_answered() -> None:
    assert way({"plan": "soon", "budget": "no", "rows.one": "a", "rows.two": "a"}).complete
    assert way({"plan": "late", "rows.one": "a", "rows.two": "a"}).complete
    assert not derive_journey(survey("[{name: a, type: text, title: A}]"), Answers()).complete


def test_answers_are_in_the_order_of_the_survey() -> None:
    journey = way({"rows.two": "a", "rows.one": "a", "plan": "late"})
    assert list(journey.answers) == ["plan", "rows.one", "rows.two"]
    assert journey.item_names >= {"plan", "rows.one", "delay"}


def test_only_declared_fields_are_used() -> None:
    asked = survey(BRANCHES, FIELDS)
    sent = filled(
        "{}", asked=asked, contact={"country": "FR", "plan": "soon"}, claims={"budget": "yes", "plan": "soon"}
    )
    assert names(sent.journey) == ["plan", "local", "note", "source"]


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "plan": st.sampled_from(["soon", "late", "unsure"]), "budget": st.sampled_from(["yes", "no"]),
        "sum": st.integers(0, 9), "delay": st.text(), "doubt": st.text(), "local": st.text(),
        "rows.one": st.just("a"), "rows.two": st.just("a"),
    },
)  # fmt: skip


@given(ANSWERS, st.sampled_from([{}, {"country": "DE"}]))
def test_replaying_a_journey_changes_nothing(answers: dict[str, Any], fields: dict[str, Any]) -> None:
    once = way(answers, **fields)
    again = derive_journey(survey(BRANCHES, FIELDS), once.answers, fields)
    assert again == once
    assert set(once.answers) <= once.item_names
    assert not set(once.missing) & set(once.answers)
