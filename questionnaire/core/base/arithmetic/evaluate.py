"""Exact evaluation of a formula: whole numbers and fractions, never floating point."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from questionnaire.core.base.arithmetic.forms import Call, Constant, Expression, Negation, Operation, Reference
from questionnaire.core.base.quantities import Exact, half_up

LARGEST = 10**15
"""A result beyond it, in either direction, is unknown: no answer is that large, and nobody means it."""
FINEST = 10**30
"""A result with a larger denominator is rounded to 30 decimals, so that values of values stay short."""
MOST_DECIMALS = 6


def evaluate(expression: Expression, value_of: Callable[[str], Exact | None]) -> Exact | None:
    """Returns the exact value; None when a name is unknown, and for a division by zero."""
    if isinstance(expression, Constant):
        return expression.value
    if isinstance(expression, Reference):
        return value_of(expression.name)
    if isinstance(expression, Negation):
        inner = evaluate(expression.part, value_of)
        return None if inner is None else -inner
    if isinstance(expression, Operation):
        left, right = evaluate(expression.left, value_of), evaluate(expression.right, value_of)
        return None if left is None or right is None else _operate(expression.sign, left, right)
    return _call(expression, value_of)


def _operate(sign: str, left: Exact, right: Exact) -> Exact | None:
    if sign == "/":
        return Fraction(left) / right if right else None
    return left + right if sign == "+" else left - right if sign == "-" else left * right


def _call(call: Call, value_of: Callable[[str], Exact | None]) -> Exact | None:
    values = [evaluate(part, value_of) for part in call.parts]
    # Fractions alone: to the type checker an int and a Fraction have no order.
    known = [Fraction(value) for value in values if value is not None]
    if len(known) < len(values):
        return None
    if call.function == "round":
        return rounded(known[0], call.digits)
    return min(known) if call.function == "min" else max(known)


def rounded(value: Exact, digits: int = 0) -> Exact:
    """Rounds a half away from zero, as spreadsheets do: 2.5 to 3, -2.5 to -3."""
    scaled = abs(value) * 10**digits
    whole = half_up(scaled)
    return Fraction(whole if value >= 0 else -whole, 10**digits)


def limited(value: Exact | None) -> Exact | None:
    """The result that is kept of a formula: None beyond LARGEST, and of no more than FINEST parts."""
    if value is None or not -LARGEST <= value <= LARGEST:
        return None
    return rounded(value, 30) if Fraction(value).denominator > FINEST else value
