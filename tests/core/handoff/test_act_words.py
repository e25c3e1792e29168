"""What was done with a lead, in words."""

from __future__ import annotations

from questionnaire.core.base.translation import ENGLISH
from questionnaire.core.documents.agreement.handoff_parts import reason_text
from questionnaire.core.handoff.act_words import budget_name, done_text, heard_words, outcome_name
from questionnaire.core.handoff.call_questions import CALL_QUESTIONS, call_questions
from questionnaire.core.handoff.refusals import ActRefusal, refusal_text
from questionnaire.core.handoff.standing import ACTS


def test_whatever_can_be_done_has_a_sentence_with_the_name() -> None:
    for kind in (*ACTS, "assigned", "undone"):
        assert "Anna" in done_text(kind, "Anna", {"number": 2}, ENGLISH), kind
    assert done_text("attempted", "Anna", {"number": 2}, ENGLISH) == "Attempt 2 logged for Anna."


def test_codes_have_names_and_unknown_ones_are_readable() -> None:
    assert (outcome_name("left_message", ENGLISH), outcome_name("by_pigeon", ENGLISH)) == (
        "Left a message",
        "by pigeon",
    )
    assert (budget_name("to_find", ENGLISH), budget_name("20 thousand", ENGLISH)) == ("Can be found", "20 thousand")


def test_a_field_has_a_title_and_perhaps_a_question() -> None:
    assert heard_words("authority", ENGLISH) == ("Decision", "Who decides or signs?")
    assert heard_words("budget", ENGLISH) == ("Budget", "")
    assert heard_words("team_size", ENGLISH) == ("Team size", "")


def test_the_questions_beside_a_call_are_those_of_the_field() -> None:
    assert [name for name, _ in call_questions(ENGLISH)] == list(CALL_QUESTIONS)


def test_a_refusal_without_a_stage_is_a_sentence_too() -> None:
    assert refusal_text(ActRefusal("rep_missing", "rep"), ENGLISH) == "Choose a rep."


def test_why_a_lead_has_its_stage_is_said_in_the_words_of_reps_or_of_the_policy() -> None:
    assert reason_text("already_customer", ENGLISH) == "Already a customer"
    assert reason_text("below_threshold", ENGLISH) != ""
    assert reason_text(None, ENGLISH) == ""
