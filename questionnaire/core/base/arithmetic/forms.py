"""The node types of a formula, and the ways to write one: as text, and as data for the browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from questionnaire.core.base.quantities import Exact

Sign = Literal["+", "-", "*", "/"]
FUNCTIONS = ("min", "max", "round")


@dataclass(frozen=True, slots=True)
class Constant:
    """A number as it was written; never negative."""

    text: str

    @property
    def value(self) -> Exact:
        return Fraction(self.text) if "." in self.text else int(self.text)


@dataclass(frozen=True, slots=True)
class Reference:
    """The value of a name."""

    name: str


@dataclass(frozen=True, slots=True)
class Negation:
    part: Expression


@dataclass(frozen=True, slots=True)
class Operation:
    sign: Sign
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Call:
    """`min` and `max` of one or more parts, or `round` of one part to `digits` decimals."""

    function: str
    parts: tuple[Expression, ...]
    digits: int = 0


Expression: TypeAlias = Constant | Reference | Negation | Operation | Call

_STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 2}
_NEGATION, _WHOLE = 3, 4


def references(expression: Expression) -> tuple[str, ...]:
    """Every name in the formula, each once, in the order in which they are written."""
    return tuple(dict.fromkeys(_names(expression)))


def _names(expression: Expression) -> Iterator[str]:
    if isinstance(expression, Reference):
        yield expression.name
    for part in parts_of(expression):
        yield from _names(part)


def parts_of(expression: Expression) -> tuple[Expression, ...]:
    """The formulas directly below this one."""
    if isinstance(expression, Operation):
        return (expression.left, expression.right)
    if isinstance(expression, Negation):
        return (expression.part,)
    return expression.parts if isinstance(expression, Call) else ()


def write(expression: Expression) -> str:
    """The formula as text, with no more brackets than it needs; `parse` reads the same formula from it."""
    return _write(expression, 0)


def _write(expression: Expression, least: int) -> str:
    text, strength = _text(expression)
    return f"({text})" if strength < least else text


def _text(expression: Expression) -> tuple[str, int]:
    if isinstance(expression, Constant):
        return expression.text, _WHOLE
    if isinstance(expression, Reference):
        return expression.name, _WHOLE
    if isinstance(expression, Negation):
        return f"-{_write(expression.part, _NEGATION)}", _NEGATION
    if isinstance(expression, Call):
        digits = (str(expression.digits),) if expression.digits else ()
        return f"{expression.function}({', '.join([*map(write, expression.parts), *digits])})", _WHOLE
    strength = _STRENGTH[expression.sign]
    # A sum or product is read from the left: what is on its right needs brackets at equal strength.
    left, right = _write(expression.left, strength), _write(expression.right, strength + 1)
    return f"{left} {expression.sign} {right}", strength


def as_data(expression: Expression) -> Any:
    """The formula as JSON for the browser: a number as text, a name as `[name]`, all else as `[sign, part, …]`."""
    if isinstance(expression, Constant):
        return expression.text
    if isinstance(expression, Reference):
        return [expression.name]
    parts = [as_data(part) for part in parts_of(expression)]
    if isinstance(expression, Call):
        return [expression.function, *parts, *([expression.digits] if expression.function == "round" else ())]
    return [expression.sign if isinstance(expression, Operation) else "-", *parts]
