"""Conditions of actions: comparisons of fields with choices and constants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from questionnaire.core.importing.draft import SurveyDraft
from questionnaire.core.importing.expression import Compound, Expression, Literal, Name, names_in
from questionnaire.core.importing.scope import NotWritable
from questionnaire.core.importing.source import SourceItem

_COMPARISONS: Mapping[str, str] = {
    "is": "=", "equal": "=", "on": "=", "is_not": "!=", "not_equal": "!=", "not_on": "!=",
    "greater_than": ">", "greater_equal_than": ">=", "lower_than": "<", "lower_equal_than": "<=",
    "later_than": ">", "later_than_on": ">=", "later_than_or_on": ">=", "earlier_than": "<", "earlier_than_on": "<=",
    "earlier_than_or_on": "<=", "contains": "contains", "not_contains": "notcontains",
}  # fmt: skip


def condition_of(source: SourceItem) -> Expression:
    """The condition of an action; raises NotWritable."""
    sign, parts = source.text("op"), source.items("vars")
    if sign in ("always", ""):
        return Compound("true", ())
    if sign in ("and", "or"):
        return Compound(sign, tuple(condition_of(part) for part in parts))
    if sign not in _COMPARISONS or len(parts) != 2:
        raise NotWritable(sign)
    left, right = parts
    if left.text("type") not in ("field", "hidden") or right.text("type") not in ("choice", "constant"):
        raise NotWritable(" ".join(part.text("type") for part in parts))
    value = right.take("value")
    known = value if isinstance(value, str | int | float | bool) else str(value)
    operation = Compound(_COMPARISONS[sign], (Name(left.text("value")), Literal(known)))
    if operation.sign in ("!=", "notcontains"):
        # One test and its opposite are the same question.
        return Compound("not", (Compound("=" if operation.sign == "!=" else "contains", operation.parts),))
    return operation


def check_names(draft: SurveyDraft, condition: Expression, index: int, refs: Mapping[str, int]) -> None:
    for name in names_in(condition):
        draft.scope.find(name)
        if refs.get(name, -1) > index:
            raise NotWritable(name)


def tests(expression: Expression) -> Iterator[Expression]:
    if isinstance(expression, Compound) and expression.sign in ("and", "or", "not", "true"):
        for part in expression.parts:
            yield from tests(part)
    else:
        yield expression


def field_of(test: Expression) -> str:
    """The field of an equality; "" for other tests."""
    is_equality = isinstance(test, Compound) and test.sign == "=" and isinstance(test.parts[0], Name)
    return test.parts[0].text if is_equality else ""  # type: ignore[union-attr]  # is_equality says what they are


def value_of_test(test: Expression) -> object:
    return test.parts[1].value  # type: ignore[union-attr]  # the caller asks for equalities only
