"""What an author can write for a question of a type, key by key: the fields of an editor."""

from __future__ import annotations

import datetime
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from questionnaire.core.base.texts import LocalizedText
from questionnaire.core.survey.questions.question import Question

Input = Literal[
    "text", "word", "switch", "whole_number", "number", "date", "option", "labels", "words", "rows", "group",
    "lists", "condition",
]  # fmt: skip
"""`text` is said in every language of the survey, `word` is one for all, `option` is one of a few words; `labels` are
texts by number, `words` is a list of words, `rows` a list of values with fields of their own, `group`
one such value. `labels` with fields of their own are groups by name, `lists` are rows by name."""

_INPUTS: Mapping[Any, Input] = {
    LocalizedText: "text", str: "word", bool: "switch", int: "whole_number", Decimal: "number", datetime.date: "date",
    Any: "condition",
}  # fmt: skip
_NOT_WRITTEN = frozenset({"type"})


@dataclass(frozen=True, slots=True)
class EditorField:
    """One key. `fields` are those of each of its rows; `own` is False for what every question has.

    `initial`: what a switch means where nothing is written. `options` are the words to choose from.
    """

    key: str
    input: Input
    required: bool
    own: bool
    fields: tuple[EditorField, ...] = ()
    initial: bool = False
    options: tuple[str, ...] = ()


def value_fields(model: type[BaseModel]) -> tuple[EditorField, ...]:
    """The keys of any authored value, such as the contact step."""
    return tuple(_fields(model, frozenset()))


def editor_fields(kind: type[Question]) -> tuple[EditorField, ...]:
    """The keys of a question type in the order they are declared."""
    return tuple(_fields(kind, frozenset(Question.model_fields)))


def _fields(model: type[BaseModel], shared: frozenset[str]) -> Iterator[EditorField]:
    for name, info in model.model_fields.items():
        if name not in _NOT_WRITTEN or not issubclass(model, Question):
            found, below = _input(info.annotation)
            is_own, initial = name not in shared, info.default is True
            yield EditorField(info.alias or name, found, info.is_required(), is_own, below, initial, _options(info))


def _input(annotation: Any) -> tuple[Input, tuple[EditorField, ...]]:
    kinds = _without_none(annotation)
    if len(kinds) > 1:
        return ("number" if Decimal in kinds else "word"), ()
    kind = kinds[0]
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return "option", ()
    if origin is dict:
        several = get_args(arguments[1]) if get_origin(arguments[1]) is tuple else ()
        below = _below(_without_none(several[0])[0]) if several else ()
        return ("lists", below) if below else ("labels", _below(arguments[1]))
    if origin is tuple:
        below = _below(_without_none(arguments[0])[0])
        return ("rows" if below else "words"), below
    below = _below(kind)
    return ("group", below) if below else (_INPUTS.get(kind, "word"), ())


def _options(info: FieldInfo) -> tuple[str, ...]:
    """The words of a Literal, or those that a list may hold; none for what takes other values."""
    kinds = _without_none(info.annotation)
    if get_origin(kinds[0]) is tuple:
        kinds = _without_none(get_args(kinds[0])[0])
    return tuple(str(one) for one in get_args(kinds[0])) if get_origin(kinds[0]) is Literal else ()


def _below(kind: Any) -> tuple[EditorField, ...]:
    """The fields of a value that has some."""
    is_model = isinstance(kind, type) and issubclass(kind, BaseModel)
    return tuple(_fields(kind, frozenset())) if is_model else ()


def _without_none(annotation: Any) -> tuple[Any, ...]:
    """The kinds of value an annotation allows, bare of constraints."""
    if get_origin(annotation) is Annotated:
        return _without_none(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        parts = (_without_none(part) for part in get_args(annotation) if part is not type(None))
        return tuple(one for found in parts for one in found)
    return (annotation,)
