"""Values of placeholders: the words of a person's answers and contact details, in their language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from questionnaire.core.base.quantities import Exact
from questionnaire.core.base.texts import fill, remove_marks
from questionnaire.core.survey.answers import Answers
from questionnaire.core.survey.questions import Question, Value
from questionnaire.core.survey.survey import Survey

_AUTHORED_KINDS = frozenset({"choice", "choices", "ranking", "number"})
"""Kinds of answers that are said in the author's words. In all others braces are the person's own."""


def placeholder_values(
    survey: Survey,
    answers: Answers,
    contact: Mapping[str, Any],
    language: str,
    calculated: Mapping[str, Exact | None] | None = None,
) -> dict[str, str]:
    """Name -> words, for the names that the survey's texts use and that have a value.

    `calculated` are the calculated values of the same answers. Answers are filled in page order: an answer's own words
    may contain a placeholder for an earlier one.
    """
    used = survey.placeholder_names
    values: dict[str, str] = {}
    for field in survey.contact_fields:
        if field.name in used and contact.get(field.name):
            values[field.name] = _contact_words(field.question, contact[field.name], language)
    for name, item in survey.items.items():
        if name in used and name in answers:
            values[name] = answer_words(item, answers, language, values)
    for name, amount in (calculated or {}).items():
        if name in used and amount is not None:
            values[name] = survey.calculated_by_name[name].say(amount, language)
    return dict(sorted(values.items()))


def answer_words(item: Question, answers: Answers, language: str, values: Mapping[str, str]) -> str:
    """The answer in words, with the text of "other"; "" without an answer. `values` fill the words of choices."""
    value = answers.get(item.name)
    if value is None:
        return ""
    text, other_text = say_answer(item, value, language, values), answers.words.get(item.name, "")
    return f"{text} – {other_text}" if other_text else text


def say_answer(item: Question, value: Value, language: str, values: Mapping[str, str]) -> str:
    """The answer in the words that the prospect saw."""
    said = item.say(value, language)
    return fill(remove_marks(said), values, str) if item.kind in _AUTHORED_KINDS else said


def _contact_words(question: Question, value: Any, language: str) -> str:
    known = tuple(value) if isinstance(value, list) else value
    return say_answer(question, known, language, {})
