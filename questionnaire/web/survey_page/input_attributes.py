"""The data attributes of an input: what the browser needs to tell an answer from a mistake as core does."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from questionnaire.core.base.formats import day_text, locale_of
from questionnaire.core.base.number_notation import notation_of, units_typed
from questionnaire.core.base.translation import Translator
from questionnaire.core.survey.questions import Question
from questionnaire.core.survey.questions.date import EARLY, LATE, NOT_A_DATE
from questionnaire.core.survey.questions.number_input import (
    LARGE,
    NOT_A_NUMBER,
    SMALL,
    UNCLEAR,
    has_thousands,
    in_words,
    off_step,
)

Attributes = Mapping[str, object]
_THOUSANDS = {True: "yes", False: "no", None: ""}


def input_attributes(question: Question, language: str, words: Translator) -> Attributes:
    """Name without `data-` -> value; what is empty is left out. Sentences are those of the server: `wrong` for what is
    no answer, `small` and `large` beyond the limits."""
    attributes = _OF_KIND[question.kind](question, language, words) if question.kind in _OF_KIND else {}
    return {name: value for name, value in attributes.items() if value not in (None, "")}


def _of_number(question: Question, language: str, words: Translator) -> Attributes:
    """`number`: decimal and thousands sign. `thousands`: whether one sign before three digits separates thousands where
    both readings fit. `off` and `unclear`: a number between two steps, a text with two readings."""
    limits, unit, notation = question.constraints, question.unit_label(language), notation_of(language)
    low, high = (in_words(limit, language, limits.grouped) for limit in (limits.min, limits.max))
    step = off_step(limits, language) if limits.step is not None else None
    return {
        "number": notation.decimal + notation.group,
        "min": limits.min,
        "max": limits.max,
        "step": limits.step,
        "unit": "|".join(units_typed(unit)),
        "thousands": _THOUSANDS[has_thousands(limits, unit)],
        "wrong": words(NOT_A_NUMBER.text),
        "small": words(SMALL, low=low) if low else "",
        "large": words(LARGE, high=high) if high else "",
        "off": words(step.text, **step.values) if step else "",
        "unclear": words(UNCLEAR, low="{low}", high="{high}"),
    }


def _of_date(question: Question, language: str, words: Translator) -> Attributes:
    limits, locale = question.constraints, locale_of(language)
    return {
        "wrong": words(NOT_A_DATE.text),
        "small": words(EARLY, low=day_text(limits.min, locale)) if limits.min else "",
        "large": words(LATE, high=day_text(limits.max, locale)) if limits.max else "",
    }


_OF_KIND: Mapping[str, Callable[[Question, str, Translator], Attributes]] = {"number": _of_number, "date": _of_date}
