"""Answers of someone who tries a survey, as a case."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from questionnaire.core.cases.trial import TrialInput, beside_of, case_of_input, lead_of_input
from questionnaire.library.load import load_survey
from tests.authored import SURVEYS, authored_file
from tests.cast import example_policy, example_survey
from tests.core.authoring import survey

NOW = datetime(2026, 10, 2, 10, tzinfo=UTC)


def test_half_an_answer_is_left_out_and_counts_later() -> None:
    typed = TrialInput({"employees": "50_199", "industry": "no such"}, {"email": "anna@", "company": "Nordwind"})
    assert case_of_input(example_survey(), typed) == {
        "answers": {"employees": "50_199"},
        "contact": {"company": "Nordwind"},
    }


def test_words_beside_another_answer_stay_with_it() -> None:
    asked = survey("- {name: a, type: single_choice, title: A, choices: [{value: o, text: O, other_text: true}]}")
    assert case_of_input(asked, TrialInput({"a": "o", "a.other": "Ours"}))["answers"] == {"a": "o", "a.other": "Ours"}


def test_a_trial_is_judged_now_or_at_the_moment_of_a_case() -> None:
    lead, _ = lead_of_input(example_survey(), example_policy(), TrialInput({"employees": "50_199"}), NOW)
    assert lead is not None
    assert lead.at == NOW
    then = TrialInput(beside={"at": "2026-01-02T10:00:00+00:00"})
    lead, _ = lead_of_input(example_survey(), example_policy(), then, NOW)
    assert lead is not None
    assert lead.at.month == 1


def test_what_is_known_besides_and_is_not_in_the_notation_is_a_problem() -> None:
    lead, problems = lead_of_input(example_survey(), example_policy(), TrialInput(beside={"history": {"x": 1}}), NOW)
    assert lead is None
    assert problems


def test_a_case_is_the_same_case_when_it_is_answered_again() -> None:
    folder = SURVEYS / "building-energy-efficiency"
    asked, _ = load_survey(folder / "survey.yaml")
    assert asked is not None
    for raw in authored_file(folder / "cases.yaml")["cases"]:
        given = {key: raw[key] for key in raw if key not in ("name", "expect")}
        again = case_of_input(asked.value, _answered(asked.value, given))
        assert again == case_of_input(asked.value, _answered(asked.value, again)), raw["name"]
        assert beside_of(asked.value, again) == beside_of(asked.value, given)


def _answered(asked: Any, case: dict[str, Any]) -> TrialInput:
    return TrialInput(
        case.get("answers", {}), case.get("contact", {}), case.get("language", ""), beside_of(asked, case)
    )
