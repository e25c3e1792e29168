"""The limits of an answer in words, as they stand beside its field before anybody runs into them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from questionnaire.core.base.translation import Translator
from questionnaire.core.survey.questions import Question
from questionnaire.core.survey.questions.amounts import Amount
from questionnaire.core.survey.questions.choices import ChooseSeveral
from questionnaire.core.survey.questions.date import Date
from questionnaire.templating import formats_for

DIGITS = 6


def constraint_hint(question: Question, words: Translator) -> str:
    """One sentence or two, "" when everything of its kind is an answer."""
    if isinstance(question, Amount):
        return _amount(question, words)
    if isinstance(question, Date):
        return _date(question, words)
    return _several(question, words) if isinstance(question, ChooseSeveral) else ""


def _several(question: ChooseSeveral, words: Translator) -> str:
    low, high = question.min, question.max
    if low and high:
        return (
            words("Choose %(n)s.", n=low) if low == high else words("Choose %(low)s to %(high)s.", low=low, high=high)
        )
    if high:
        return words("Choose up to %(n)s.", n=high)
    return words("Choose at least %(n)s.", n=low) if low else words("Choose all that apply.")


def _amount(question: Amount, words: Translator) -> str:
    low, high = (_said(bound, words) for bound in (question.min, question.max))
    said = ""
    if low and high:
        said = words("From %(low)s to %(high)s.", low=low, high=high)
    elif low:
        said = words("%(low)s or more.", low=low)
    elif high:
        said = words("%(high)s or less.", high=high)
    if question.step is None:
        return said
    step = words("Whole numbers.") if question.step == 1 else words("In steps of %(n)s.", n=_said(question.step, words))
    return f"{said} {step}".strip()


def _said(value: int | Decimal | None, words: Translator) -> str:
    return "" if value is None else formats_for(words.language).number(Fraction(value), DIGITS)


def _date(question: Date, words: Translator) -> str:
    formats = formats_for(words.language)
    low, high = (formats.date(day) if day else "" for day in (question.min, question.max))
    if low and high:
        return words("Between %(low)s and %(high)s.", low=low, high=high)
    if low:
        return words("On %(low)s or later.", low=low)
    return words("On %(high)s or earlier.", high=high) if high else ""
