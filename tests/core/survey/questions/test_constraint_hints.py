"""Constraints are said in words beside a field, before anybody runs into them."""

from __future__ import annotations

import pytest

from questionnaire.templating import words_for
from tests.core.authoring import question


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("type: number, min: 0, max: 100000, step: 1", "From 0 to 100,000. Whole numbers."),
        ("type: number, min: 0.5", "0.5 or more."),
        ("type: number, max: -2, step: 0.25", "-2 or less. In steps of 0.25."),
        ("type: number, min: 1900, max: 2030, step: 1", "From 1900 to 2030. Whole numbers."),
        ("type: number, min: 1900, max: 2030, unit: kWh", "From 1,900 to 2,030."),
        ("type: number", ""),
        ("type: slider, min: 0, max: 10, step: 5", "From 0 to 10. In steps of 5."),
        ('type: date, min: "2026-01-01", max: "2030-12-31"', "Between 1 January 2026 and 31 December 2030."),
        ('type: date, min: "2026-01-01"', "On 1 January 2026 or later."),
        ('type: date, max: "2030-12-31"', "On 31 December 2030 or earlier."),
        ("type: date", ""),
        ("type: multiple_choice, CHOICES", "Choose all that apply."),
        ("type: multiple_choice, min: 2, CHOICES", "Choose at least 2."),
        ("type: multiple_choice, max: 2, CHOICES", "Choose up to 2."),
        ("type: multiple_choice, min: 1, max: 2, CHOICES", "Choose 1 to 2."),
        ("type: multiple_choice, min: 2, max: 2, CHOICES", "Choose 2."),
        ("type: text", ""),
    ],
)
def test_the_constraints_of_a_question_are_a_sentence(keys: str, said: str) -> None:
    choices = "choices: [{value: a, text: A}, {value: b, text: B}, {value: c, text: C}]"
    assert question(keys.replace("CHOICES", choices)).constraint_hint(words_for("en")) == said


def test_the_constraints_are_said_in_french() -> None:
    asked = question('type: date, min: "2026-01-01", max: "2030-12-31"')
    assert asked.constraint_hint(words_for("fr")) == "Entre le 1er janvier 2026 et le 31 décembre 2030."
