"""Calculations of a source in our language: a formula, or several that hold under conditions."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from questionnaire.core.base import arithmetic
from questionnaire.core.importing.expression import Compound, Expression, Literal, Name, expression_text, names_in
from questionnaire.core.importing.scope import NotWritable, Scope, SourceName
from questionnaire.core.importing.source import number_of

CHOOSING = frozenset({"if", "iif"})
_SAME_AS_PART = frozenset({"number", "decimal", "value"})


def write_formula(expression: Expression, scope: Scope, before: int | None = None) -> str:
    """The formula as text, with no more brackets than it needs; raises NotWritable."""
    parsed, problems = arithmetic.parse(_text(expression, scope, before))
    if parsed is None or problems:
        raise NotWritable(expression_text(expression)[:80])
    return arithmetic.write(parsed)


def _text(expression: Expression, scope: Scope, before: int | None) -> str:
    if isinstance(expression, Literal):
        number = number_of(expression.value)
        if number is None:
            raise NotWritable(str(expression.value))
        text = format(Decimal(str(abs(number))), "f")
        return f"(-{text})" if number < 0 else text
    if isinstance(expression, Name):
        return scope.find(expression.text, before).operand()
    sign, parts = expression.sign, expression.parts
    texts = [_text(part, scope, before) for part in parts]
    if sign in ("+", "-", "*", "/") and len(texts) == 2:
        return f"({texts[0]} {sign} {texts[1]})"
    if sign == "neg" or (sign in _SAME_AS_PART and len(texts) == 1):
        return f"(-{texts[0]})" if sign == "neg" else texts[0]
    if sign in ("sum", "avg", "mean") and texts:
        total = f"({' + '.join(texts)})"
        return total if sign == "sum" else f"({total} / {len(texts)})"
    if sign in ("min", "max", "round") and texts:
        return f"{sign}({', '.join(texts)})"
    raise NotWritable(expression_text(expression))


def place_of(expression: Expression, scope: Scope) -> int:
    """Where the value is known: at the last question it depends on."""
    return max((scope.find(name).place for name in names_in(expression)), default=-1)


def comparison_value(
    left: Expression, right: Expression, scope: Scope, before: int | None
) -> tuple[SourceName, object]:
    """A comparison of calculations as that of one calculated value with a number."""
    limit = number_of(right.value) if isinstance(right, Literal) else None
    compared = left if limit is not None else Compound("-", (left, right))
    formula = write_formula(compared, scope, before)
    same = (one for one in scope.calculated if one.get("formula") == formula)
    existing = next(same, None)
    if existing is None:
        taken = {one["name"] for one in scope.calculated} | {one.name for one in scope.names.values()}
        name = next(f"value_{n}" for n in range(1, len(taken) + 2) if f"value_{n}" not in taken)
        existing = {"name": name, "formula": formula}
        scope.calculated.append(existing)
    value = SourceName(str(existing["name"]), "calculated", place_of(compared, scope))
    return value, 0 if limit is None else limit


def cases_of(expression: Expression) -> list[tuple[Expression | None, Expression]]:
    """Condition and formula of each branch of nested `if`s; the last one has no condition."""
    cases: list[tuple[Expression | None, Expression]] = []
    while isinstance(expression, Compound) and expression.sign in CHOOSING and len(expression.parts) == 3:
        condition, then, expression = expression.parts
        cases.append((condition, then))
    return [*cases, (None, expression)]


def calculated_value(name: str, expression: Expression, scope: Scope, write: Any) -> dict[str, Any]:
    """The authored value; `write` writes the condition of a branch, or says that it is always or never true."""
    written = [(True if condition is None else write(condition), part) for condition, part in cases_of(expression)]
    # What follows a condition that always holds is never reached.
    end = next(index for index, (when, _) in enumerate(written) if when is True)
    cases = [
        {"formula": write_formula(part, scope), **({} if when is True else {"when": when})}
        for when, part in written[: end + 1]
        if when is not False
    ]
    return {"name": name, **cases[0]} if len(cases) == 1 else {"name": name, "cases": cases}
