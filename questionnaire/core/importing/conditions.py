"""Conditions of a source in our language.

Their logic has two values: what is not answered is equal to nothing, and `not` of that is true. Ours has a third one,
unknown, which shows nothing. So a negated comparison says that an answer may also be missing, unless everybody answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from questionnaire.core.base import conditions
from questionnaire.core.importing.expression import Compound, Expression, Literal, Name, expression_text
from questionnaire.core.importing.formulas import comparison_value
from questionnaire.core.importing.junctions import Written, joined
from questionnaire.core.importing.scope import NotWritable, Scope, SourceName
from questionnaire.core.importing.source import number_of

_ORDERS: Mapping[str, str] = {"<": "lt", "<=": "lte", ">": "gt", ">=": "gte"}
_OPPOSITE: Mapping[str, str] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_MIRROR: Mapping[str, str] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
}  # fmt: skip
_SAME_AS_PART = frozenset({"number", "int", "intval", "string", "strval", "coalesce", "trim", "value"})
_LENGTHS = frozenset({"string-length", "strlen", "count-selected", "count"})
_MEMBERSHIP: Mapping[str, str] = {"selected": "contains", "notcontains": "contains", "noneof": "anyof"}


def write_condition(expression: Expression, scope: Scope, before: int | None = None) -> Written:
    """The condition; raises NotWritable with the part that cannot be said."""
    written = _Writer(scope, before).write(expression, True)
    if isinstance(written, dict):
        _, problems = conditions.parse(written)
        if problems:
            raise NotWritable(expression_text(expression)[:80])
    return written


class _Writer:
    def __init__(self, scope: Scope, before: int | None) -> None:
        self.scope, self.before = scope, before

    def write(self, expression: Expression, truth: bool) -> Written:
        """The condition for the expression being true, or for its not being true."""
        if isinstance(expression, Literal):
            return bool(expression.value) is truth
        if isinstance(expression, Name):
            return self.alone(self.find(expression), truth)
        sign, parts = expression.sign, expression.parts
        if sign in ("and", "or"):
            join = "all" if (sign == "and") is truth else "any"
            return joined(join, [self.write(part, truth) for part in parts])
        if sign in ("true", "false") and not parts:
            return (sign == "true") is truth
        if sign == "not" and len(parts) == 1:
            return self.write(parts[0], not truth)
        if sign in ("empty", "filled", "is_empty") and len(parts) == 1:
            return _known(self.find(parts[0]), (sign == "filled") is truth)
        if len(parts) == 2:
            return self.two(sign, parts[0], parts[1], truth)
        raise NotWritable(expression_text(expression))

    def two(self, sign: str, left: Expression, right: Expression, truth: bool) -> Written:
        if sign in ("contains", "anyof", "allof", *_MEMBERSHIP):
            return self.members(sign, left, right, truth)
        if sign not in _MIRROR:
            raise NotWritable(sign)
        if isinstance(left, Literal) and not isinstance(right, Literal):
            sign, left, right = _MIRROR[sign], right, left
        if isinstance(left, Literal) and isinstance(right, Literal):
            return _constant(sign, left.value, right.value) is truth
        left = _plain(left)
        if isinstance(left, Compound) and left.sign in _LENGTHS and isinstance(right, Literal):
            return self.length(sign, left, right, truth)
        if isinstance(left, Name) and isinstance(right, Literal):
            return self.compare(sign, self.find(left), right.value, truth)
        name, value = comparison_value(left, _plain(right), self.scope, self.before)
        return self.compare(sign, name, value, truth)

    def find(self, part: Expression) -> SourceName:
        part = _plain(part)
        if not isinstance(part, Name):
            raise NotWritable(expression_text(part))
        return self.scope.find(part.text, self.before)

    def alone(self, name: SourceName, truth: bool) -> Written:
        """A name that stands alone is true when it has a value that counts as true."""
        if name.kind in ("truth", "member"):
            return self.compare("=", name, True, truth)
        if "true" in name.values:
            return self.compare("=", name, "true", truth)
        return _known(name, truth)

    def compare(self, sign: str, name: SourceName, value: object, truth: bool) -> Written:
        if value == "" and sign in ("=", "!="):
            return _known(name, (sign == "!=") is truth)
        if sign in ("=", "!="):
            return self.equal(name, value, (sign == "=") is truth)
        limit = number_of(value)
        if name.kind == "choice" and limit is not None:
            numbers = {ours: number_of(raw) for raw, ours in name.values.items()}
            fitting = [ours for ours, number in numbers.items() if number is not None and _COMPARE[sign](number, limit)]
            return _among(name, tuple(dict.fromkeys(fitting)), truth)
        if name.kind not in ("number", "calculated", "date") or (limit is None and name.kind != "date"):
            raise NotWritable(f"{name.name} {sign} {value}")
        order = _ORDERS[sign if truth else _OPPOSITE[sign]]
        test = {name.fact: {order: str(value)[:10] if name.kind == "date" else limit}}
        return test if truth else _or_unknown(name, test)

    def equal(self, name: SourceName, value: object, truth: bool) -> Written:
        if isinstance(value, tuple) or (name.kind == "calculated" and number_of(value) is None):
            raise NotWritable(str(value))
        if name.kind == "member":
            chosen = str(value).lower() in ("y", "true", "1")
            return _among(name, (name.values[""],), truth is chosen)
        if name.kind == "truth":
            ticked = str(value).lower() in ("true", "yes", "y", "1", "ok")
            return {name.name: True} if truth is ticked else _known(name, False)
        if name.kind in ("choice", "choices"):
            return _among(name, (name.value(value),), truth)
        ours = number_of(value) if name.kind in ("number", "calculated") else str(value)
        if ours is None:
            raise NotWritable(str(value))
        return {name.fact: ours} if truth else _or_unknown(name, {name.fact: {"ne": ours}})

    def members(self, sign: str, left: Expression, right: Expression, truth: bool) -> Written:
        name = self.find(left)
        if name.kind not in ("choice", "choices") or not isinstance(right, Literal):
            raise NotWritable(expression_text(right))
        truth = truth is (sign not in ("notcontains", "noneof"))
        values = right.value if isinstance(right.value, tuple) else (right.value,)
        ours = tuple(name.value(value) for value in values)
        if _MEMBERSHIP.get(sign, sign) == "anyof" or len(ours) == 1:
            return _among(name, ours, truth)
        return joined("all" if truth else "any", [_among(name, (value,), truth) for value in ours])

    def length(self, sign: str, left: Compound, right: Literal, truth: bool) -> Written:
        """How long a text or how many choices: only whether there are any can be said."""
        filled = {"> 0": True, ">= 1": True, "!= 0": True, "= 0": False, "< 1": False}
        found = filled.get(f"{sign} {number_of(right.value)}")
        if found is None or len(left.parts) != 1:
            raise NotWritable(f"{expression_text(left)} {sign} {right.value}")
        return _known(self.find(left.parts[0]), found is truth)


def _constant(sign: str, left: object, right: object) -> bool:
    """A comparison of two values; what has no order is not smaller and not greater."""
    if sign in ("=", "!="):
        return (str(left) == str(right)) is (sign == "=")
    numbers = number_of(left), number_of(right)
    return numbers[0] is not None and numbers[1] is not None and _COMPARE[sign](numbers[0], numbers[1])


def _plain(part: Expression) -> Expression:
    """What a conversion converts: answers have their types."""
    while isinstance(part, Compound) and part.sign in _SAME_AS_PART and part.parts:
        part = part.parts[0]
    return part


def _known(name: SourceName, truth: bool) -> Written:
    if name.kind == "member":
        return _among(name, (name.values[""],), truth)
    return {name.fact: {"known": truth}}


def _among(name: SourceName, values: tuple[str, ...], truth: bool) -> Written:
    if not values:
        return not truth
    if truth:
        return {name.name: values[0] if len(values) == 1 else list(values)}
    return _or_unknown(name, {name.name: {"ne": values[0]} if len(values) == 1 else {"not_in": list(values)}})


def _or_unknown(name: SourceName, test: dict[str, Any]) -> Written:
    return test if name.certain else {"any": [test, {name.fact: {"known": False}}]}
