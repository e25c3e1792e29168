"""A number out of what was typed, read by the page's language, the unit, the limits and the step.

What is certain is read; where two readings are left, both are named and nothing is guessed. static/js/number/ does the
same in the browser.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from questionnaire.core.base.number_notation import LARGEST, is_money, notation_of, plain, readings, units_typed
from questionnaire.core.base.quantities import number
from questionnaire.core.base.translation import gettext_noop
from questionnaire.core.survey.questions.question import Constraints, Mistake, single

NOT_A_NUMBER = Mistake("not_a_number", "Enter a number, like 25.")
SMALL, LARGE = gettext_noop("Enter %(low)s or more."), gettext_noop("Enter %(high)s or less.")
UNCLEAR = gettext_noop("This can mean %(low)s or %(high)s. Enter one of them.")
_MACHINE = re.compile(r"-?[0-9]{1,30}(?:[.][0-9]{1,30})?")


def read_number(
    typed: object, limits: Constraints, language: str = "", unit: str = ""
) -> int | Decimal | None | Mistake:
    """A finite number within the limits. Without a language, a plain number such as `1.200` is 1.2, as in stored
    answers and authored files."""
    typed = single(typed)
    if typed is None or (isinstance(typed, str) and not plain(typed)):
        return None
    text = str(typed).strip()
    if isinstance(typed, str) and (language or not _MACHINE.fullmatch(text)):
        found = readings(text, notation_of(language), units_typed(unit))
    else:
        known = None if isinstance(typed, bool) else number(text)
        found = (text,) if known is not None and -LARGEST <= known <= LARGEST else ()
    return _choose(found, limits, language, unit) if found else NOT_A_NUMBER


def _choose(found: Sequence[str], limits: Constraints, language: str, unit: str) -> int | Decimal | Mistake:
    fitting = [text for text in found if limit_mistake(_exact(text), limits, language) is None]
    if len(fitting) > 1:
        prefers = has_thousands(limits, unit)
        if prefers is None:
            notation = notation_of(language)
            high, low = (notation.write(text) for text in found)
            return Mistake("two_readings", UNCLEAR, {"low": low, "high": high})
        return _exact(found[0] if prefers else found[1])
    value = _exact((fitting or found)[0])
    return limit_mistake(value, limits, language) or value


def has_thousands(limits: Constraints, unit: str) -> bool | None:
    """Whether a separator before three digits separates thousands where both readings fit; None: nobody knows."""
    decimals = -int(Decimal(limits.step or 1).normalize().as_tuple().exponent)
    return False if decimals >= len("000") else True if is_money(unit) else None


def limit_mistake(value: int | Decimal, limits: Constraints, language: str) -> Mistake | None:
    """What is wrong with a number that lies beyond the limits or between the steps."""
    if limits.min is not None and value < limits.min:
        return Mistake("too_small", SMALL, {"low": in_words(limits.min, language, limits.grouped)})
    if limits.max is not None and value > limits.max:
        return Mistake("too_large", LARGE, {"high": in_words(limits.max, language, limits.grouped)})
    if limits.step is not None and (Fraction(value) - Fraction(limits.min or 0)) % Fraction(limits.step):
        return off_step(limits, language)
    return None


def off_step(limits: Constraints, language: str) -> Mistake:
    if limits.step == 1 and Fraction(limits.min or 0).denominator == 1:
        return Mistake("off_step", "Enter a whole number.")
    return Mistake("off_step", "Enter a number in steps of %(step)s.", {"step": in_words(limits.step, language)})


def in_words(value: int | Decimal | None, language: str, grouped: bool = True) -> str:
    """A limit as the language writes it, and as `read_number` takes it back."""
    notation = notation_of(language)
    return "" if value is None else (notation if grouped else replace(notation, group="")).write(f"{value:f}")


def _exact(text: str) -> int | Decimal:
    value = Fraction(text)
    return int(value) if value.denominator == 1 else Decimal(text)
