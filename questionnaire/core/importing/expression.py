"""Expressions of other products, as one tree: values, names and calls. Operators are calls under one common sign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Literal:
    """A text, a number, a truth value or a list of these."""

    value: str | int | float | bool | tuple[str | int | float | bool, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """The answer to a question, by its name in the source."""

    text: str


@dataclass(frozen=True, slots=True)
class Compound:
    """An operator or a function. Signs: and or not = != < <= > >= + - * / neg empty filled contains anyof allof."""

    sign: str
    parts: tuple[Expression, ...]


Expression: TypeAlias = Literal | Name | Compound


def names_in(expression: Expression) -> Iterator[str]:
    """Every name in the expression, as often as it stands there."""
    if isinstance(expression, Name):
        yield expression.text
    elif isinstance(expression, Compound):
        for part in expression.parts:
            yield from names_in(part)


_INFIX = frozenset("and or = != < <= > >= + - * / mod power contains notcontains anyof allof noneof".split())


def expression_text(expression: Expression) -> str:
    """The expression as text, for notes."""
    if isinstance(expression, Name):
        return expression.text
    if isinstance(expression, Literal):
        return f"'{expression.value}'" if isinstance(expression.value, str) else str(expression.value)
    parts = [expression_text(part) for part in expression.parts]
    if expression.sign in _INFIX and len(parts) > 1:
        return f" {expression.sign} ".join(parts)
    return f"{expression.sign}({', '.join(parts)})"


def both(*parts: Expression | None) -> Expression | None:
    """All of these conditions; None when there is none."""
    known = tuple(part for part in parts if part is not None)
    return known[0] if len(known) == 1 else Compound("and", known) if known else None
