"""Constraints of XLSForm that have a key here: limits of numbers, lengths and counts, choices that stand alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from questionnaire.core.importing.draft import SurveyDraft
from questionnaire.core.importing.expression import Compound, Expression, Literal, Name, expression_text
from questionnaire.core.importing.question_forms import whole
from questionnaire.core.importing.source import SourceItem, day_of, number_of

_MIRROR = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}
_SELF = Name(".")


def apply_constraint(
    draft: SurveyDraft, question: dict[str, Any], row: SourceItem, integers: bool, values: Mapping[str, str]
) -> None:
    """Writes what it can of the constraint into the question, and notes the rest."""
    text, place = row.text("constraint"), row.at("constraint")
    expression = draft.expression(text, place, "rule_left_out")
    if expression is None:
        return
    parts = expression.parts if isinstance(expression, Compound) and expression.sign == "and" else (expression,)
    left = [part for part in parts if not _apply(question, part, integers, values)]
    if left:
        draft.notes.add("rule_left_out", place, text=" and ".join(map(expression_text, left)))
    if question.get("min") is not None and question["min"] == question.get("max") and question["type"] == "number":
        draft.notes.add("limit_changed", place, text=text)
        del question["max"]


def _apply(question: dict[str, Any], part: Expression, integers: bool, values: Mapping[str, str]) -> bool:
    if not isinstance(part, Compound):
        return False
    if part.sign == "regex" and part.parts[0] == _SELF and question["type"] == "text" and "@" in str(part.parts[-1]):
        question["type"] = "email"
        return True
    if part.sign == "not" and len(part.parts) == 1:
        return _exclusive(question, part.parts[0], values)
    if part.sign not in _MIRROR or len(part.parts) != 2:
        return False
    sign, (left, right) = part.sign, part.parts
    if isinstance(left, Literal):
        sign, left, right = _MIRROR[sign], right, left
    return isinstance(right, Literal) and _limit(question, sign, left, right.value, integers)


def _limit(question: dict[str, Any], sign: str, left: Expression, value: object, integers: bool) -> bool:
    number = number_of(value)
    if left == _SELF and question["type"] == "date" and sign in (">=", "<=") and day_of(str(value)):
        question["min" if sign == ">=" else "max"] = day_of(str(value))
        return True
    if number is None or sign == "=":
        return False
    if left == _SELF and question["type"] in ("number", "slider") and (integers or sign in (">=", "<=")):
        question["min" if ">" in sign else "max"] = number + {"<": -1, ">": 1}.get(sign, 0)
        return True
    counted = isinstance(left, Compound) and left.parts == (_SELF,)
    limit = int(number) + {"<": -1, ">": 1}.get(sign, 0)
    if counted and left.sign == "string-length" and "<" in sign and question["type"] in ("text", "long_text"):  # type: ignore[union-attr]  # counted says it is an operation
        question["max_length"] = whole(limit, 1, 5000)
        return True
    if counted and left.sign == "count-selected" and question["type"] == "multiple_choice":  # type: ignore[union-attr]  # counted says it is an operation
        question["min" if ">" in sign else "max"] = whole(limit, 1, len(question["choices"]))
        return True
    return False


def _exclusive(question: dict[str, Any], part: Expression, values: Mapping[str, str]) -> bool:
    """`not(selected(., 'none') and count-selected(.) > 1)`: this choice stands alone."""
    if not isinstance(part, Compound) or part.sign != "and" or question["type"] != "multiple_choice":
        return False
    alone = [one for one in part.parts if isinstance(one, Compound) and one.sign == "selected"]
    counts = [one for one in part.parts if isinstance(one, Compound) and one.sign in (">", ">=")]
    if len(alone) != 1 or len(counts) != 1 or len(part.parts) != 2 or not isinstance(alone[0].parts[-1], Literal):
        return False
    value = values.get(str(alone[0].parts[-1].value))
    for choice in question["choices"]:
        if choice["value"] == value:
            choice["exclusive"] = True
            return True
    return False
