"""The data attributes of a number's field: what static/js/number needs to read it as core does."""

from __future__ import annotations

from collections.abc import Mapping

from questionnaire.core.base.number_notation import notation_of, units_typed
from questionnaire.core.base.translation import Translator
from questionnaire.core.survey.questions.number_input import (
    LARGE,
    NOT_A_NUMBER,
    SMALL,
    UNCLEAR,
    has_thousands,
    in_words,
    off_step,
)
from questionnaire.core.survey.questions.question import Constraints

_THOUSANDS = {True: "yes", False: "no", None: ""}


def number_attributes(limits: Constraints, unit: str, language: str, words: Translator) -> Mapping[str, object]:
    """Name without `data-` -> value; what is empty is left out.

    `number`: decimal and thousands sign. `thousands`: whether one sign before three digits separates thousands where
    both readings fit. `wrong`, `small`, `large`, `off`, `unclear`: sentences.
    """
    notation = notation_of(language)
    low, high = in_words(limits.min, language), in_words(limits.max, language)
    step = off_step(limits, language) if limits.step is not None else None
    attributes = {
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
    return {name: value for name, value in attributes.items() if value not in (None, "")}
