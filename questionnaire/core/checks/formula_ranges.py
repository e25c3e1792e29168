"""The least and greatest value of calculated values, by interval arithmetic.

An interval holds every value that answers can give. That both ends are reached is claimed only where it follows: each
answer is used once, is independent of the others and always asked, and no division may be by zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import copysign, inf

from questionnaire.core.base import arithmetic
from questionnaire.core.base.arithmetic import Call, Constant, Expression, Negation, Operation, Reference
from questionnaire.core.base.arithmetic.evaluate import LARGEST
from questionnaire.core.checks.findings import FormulaRange
from questionnaire.core.survey.calculated_value import CalculatedValue, is_score
from questionnaire.core.survey.questions import Question
from questionnaire.core.survey.survey import Survey

_FAR = Fraction(LARGEST)


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `low` to `high`, both included; None for no limit. `safe`: no value in it was cut or unknown."""

    low: Fraction | None
    high: Fraction | None
    safe: bool = True


ANY = Interval(None, None, False)


def formula_ranges(survey: Survey) -> Mapping[str, FormulaRange]:
    """The range of each calculated value, in the survey's order."""
    intervals: dict[str, Interval] = {}
    ranges: dict[str, FormulaRange] = {}
    for value in survey.calculated:
        found = _union(interval_of(branch.formula, survey, intervals) for branch in value.branches)
        ends = intervals[value.name] = _limited(found)
        reached = ends.safe and _is_reached(survey, value)
        ranges[value.name] = FormulaRange(ends.low, ends.high, reached)
    return ranges


def _limited(interval: Interval) -> Interval:
    """The known values: what is beyond the largest number is unknown."""
    low = -_FAR if interval.low is None else max(interval.low, -_FAR)
    high = _FAR if interval.high is None else min(interval.high, _FAR)
    cut = (low, high) != (interval.low, interval.high)
    # A value of very many decimals is rounded, perhaps outwards.
    low, high = min(low, Fraction(arithmetic.rounded(low, 30))), max(high, Fraction(arithmetic.rounded(high, 30)))
    # Values that are all beyond it leave an empty interval, which is given as everything: it claims nothing.
    return Interval(low, high, interval.safe and not cut) if low <= high else Interval(-_FAR, _FAR, False)


def interval_of(expression: Expression, survey: Survey, calculated: Mapping[str, Interval]) -> Interval:
    """The interval of a formula. `calculated` holds the intervals of earlier calculated values."""
    if isinstance(expression, Constant):
        return Interval(Fraction(expression.value), Fraction(expression.value))
    if isinstance(expression, Reference):
        return _operand(expression.name, survey, calculated)
    if isinstance(expression, Negation):
        inner = interval_of(expression.part, survey, calculated)
        return _negative(inner)
    if isinstance(expression, Operation):
        left = interval_of(expression.left, survey, calculated)
        return _operate(expression.sign, left, interval_of(expression.right, survey, calculated))
    return _call(expression, [interval_of(part, survey, calculated) for part in expression.parts])


def _operand(name: str, survey: Survey, calculated: Mapping[str, Interval]) -> Interval:
    if name in calculated:
        return calculated[name]
    if is_score(name):
        return Interval(Fraction(0), Fraction(100))
    item = survey.question(name)
    return ANY if item is None else _of_item(item)


def _of_item(item: Question) -> Interval:
    if item.kind == "number":
        limits = item.constraints
        low, high = (None if end is None else Fraction(end) for end in (limits.min, limits.max))
        if limits.step is not None and low is not None and high is not None:
            high = low + (high - low) // Fraction(limits.step) * Fraction(limits.step)
        return Interval(low, high, low is not None and high is not None)
    numbers = [Fraction(choice.number) for choice in item.answer_choices if choice.number is not None]
    if not numbers:
        return ANY
    if item.kind != "choices":
        return Interval(min(numbers), max(numbers))
    # Any number of them may be ticked, at least one: the sums of all that lower and of all that raise are the ends.
    down, up = sum(n for n in numbers if n < 0), sum(n for n in numbers if n > 0)
    return Interval(Fraction(down or min(numbers)), Fraction(up or max(numbers)), False)


def _negative(inner: Interval) -> Interval:
    low, high = inner.low, inner.high
    return Interval(None if high is None else -high, None if low is None else -low, inner.safe)


def _operate(sign: str, left: Interval, right: Interval) -> Interval:
    if sign == "-":
        return _operate("+", left, _negative(right))
    if sign == "+":
        low = None if left.low is None or right.low is None else left.low + right.low
        high = None if left.high is None or right.high is None else left.high + right.high
        return Interval(low, high, left.safe and right.safe)
    return _times(left, right if sign == "*" else _inverse(right))


def _times(left: Interval, right: Interval) -> Interval:
    products = [_product(one, other) for one in _ends(left) for other in _ends(right)]
    low, high = min(products), max(products)
    safe = left.safe and right.safe
    return Interval(low if isinstance(low, Fraction) else None, high if isinstance(high, Fraction) else None, safe)


def _ends(interval: Interval) -> tuple[Fraction | float, Fraction | float]:
    return -inf if interval.low is None else interval.low, inf if interval.high is None else interval.high


def _product(one: Fraction | float, other: Fraction | float) -> Fraction | float:
    """Without a limit times 0 is 0, for no value is without limit."""
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return one * other
    return copysign(inf, one) * copysign(1, other) if one and other else Fraction(0)


def _inverse(interval: Interval) -> Interval:
    """1 ÷ every value but zero, which gives an unknown result."""
    low, high = interval.low, interval.high
    if low is not None and low > 0:
        return Interval(Fraction(0) if high is None else 1 / high, 1 / low, interval.safe and high is not None)
    if high is not None and high < 0:
        return Interval(1 / high, Fraction(0) if low is None else 1 / low, interval.safe and low is not None)
    if low == 0:
        return Interval(Fraction(0) if not high else 1 / high, None, False)
    return Interval(None, Fraction(0) if not low else 1 / low, False) if high == 0 else ANY


def _call(call: Call, parts: list[Interval]) -> Interval:
    safe = all(part.safe for part in parts)
    lows, highs = [part.low for part in parts], [part.high for part in parts]
    if call.function == "round":
        return Interval(_rounded(lows[0], call.digits), _rounded(highs[0], call.digits), safe)
    known_lows, known_highs = [low for low in lows if low is not None], [high for high in highs if high is not None]
    if call.function == "min":
        low = min(known_lows) if len(known_lows) == len(lows) else None
        return Interval(low, min(known_highs, default=None), safe)
    high = max(known_highs) if len(known_highs) == len(highs) else None
    return Interval(max(known_lows, default=None), high, safe)


def _rounded(end: Fraction | None, digits: int) -> Fraction | None:
    return None if end is None else Fraction(arithmetic.rounded(end, digits))


def _union(intervals: Iterator[Interval]) -> Interval:
    parts = list(intervals)
    lows = [part.low for part in parts if part.low is not None]
    highs = [part.high for part in parts if part.high is not None]
    low = min(lows) if len(lows) == len(parts) else None
    high = max(highs) if len(highs) == len(parts) else None
    return Interval(low, high, len(parts) == 1 and parts[0].safe)


def _is_reached(survey: Survey, value: CalculatedValue) -> bool:
    """Whether the ends follow from independent answers: each used once, always asked; no score, condition or ending."""
    used = list(_uses(survey, value))
    sometimes = (question for question in survey.questions if question.show_if is not None or question.varies)
    conditional = {item.name for question in sometimes for item in question.items}
    return (
        not survey.endings
        and not any(branch.when is not None for branch in value.branches)
        and len(set(used)) == len(used)
        and all(name in survey.items and name not in conditional for name in used)
    )


def _uses(survey: Survey, value: CalculatedValue) -> Iterator[str]:
    """Every use of an answer in a formula and in the calculated values it names; of a value with cases, two blanks."""
    for branch in value.branches:
        for name in _written(branch.formula):
            below = survey.calculated_by_name.get(name)
            if below is None or below is value:
                yield name
            else:
                yield from _uses(survey, below) if len(below.branches) == 1 else ("", "")


def _written(expression: Expression) -> Iterator[str]:
    if isinstance(expression, Reference):
        yield expression.name
    for part in arithmetic.parts_of(expression):
        yield from _written(part)
