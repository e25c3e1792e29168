"""The base model of authored values: frozen, strict, and with validation errors returned as Problems.

pydantic validates; this module turns its errors into messages that an author can act on. All errors of a value are
returned at once.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, ValidationError, WithJsonSchema
from pydantic_core import ErrorDetails, PydanticCustomError

from questionnaire.core.base import conditions
from questionnaire.core.base.problems import Problem, did_you_mean
from questionnaire.core.base.validation_messages import message_and_hint

Model = TypeVar("Model", bound=BaseModel)


class Authored(BaseModel):
    """A frozen value written by a person. Unknown keys are errors; they are never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, ignored_types=(property,))

    @classmethod
    def from_raw(cls, raw: object) -> tuple[Self | None, tuple[Problem, ...]]:
        """Returns the value, or None with every problem that prevents it."""
        try:
            return cls.model_validate(raw), ()
        except ValidationError as error:
            return None, problems_of(error, cls)


def mistake(code: str, message: str, hint: str = "", **values: object) -> PydanticCustomError:
    """The error that a validator raises: `code` is the problem's code, `hint` says what to write instead."""
    return PydanticCustomError(code, message, {**values, "hint": hint})


def mistakes(*problems: Problem) -> PydanticCustomError:
    """Like `mistake`, for several problems, or for a problem with its own path below the value."""
    return PydanticCustomError("problems", "", {"problems": problems})


def _read_condition(raw: object) -> Any:
    if isinstance(raw, conditions.Test | conditions.All | conditions.Either | conditions.Not):
        return raw
    condition, problems = conditions.parse(raw)
    if problems:
        raise mistakes(*problems)
    return condition


When = Annotated[
    Any,
    BeforeValidator(_read_condition),
    PlainSerializer(conditions.write),
    WithJsonSchema({"type": "object", "minProperties": 1, "description": "A condition: every key must hold."}),
]
"""A `conditions.Condition` in an authored value."""


MOST_KEYS = 40
"""Who writes a key that is none must learn what to write: the list of keys is given unless it fills a screen."""


def problems_of(error: ValidationError, model: type[BaseModel]) -> tuple[Problem, ...]:
    """Converts pydantic's errors to Problems. `where` is the path in the authored file, without type tags."""
    details = error.errors(include_url=False)
    causes = [detail for detail in details if not _is_consequence(detail, details)]
    return tuple(problem for detail in causes for problem in _problems(detail, model))


def _is_consequence(detail: ErrorDetails, details: list[ErrorDetails]) -> bool:
    """Whether a list is too short only because its items are invalid. Then the errors of the items are enough."""
    place = detail["loc"]
    longer = (other["loc"] for other in details if len(other["loc"]) > len(place))
    return detail["type"] == "too_short" and any(loc[: len(place)] == place for loc in longer)


def _problems(detail: ErrorDetails, model: type[BaseModel]) -> tuple[Problem, ...]:
    where, parent = _resolve(model, detail["loc"])
    context: Mapping[str, Any] = detail.get("ctx", {})
    if "problems" in context:
        return tuple(problem.under(*where) for problem in context["problems"])
    kind = detail["type"]
    if kind == "extra_forbidden":
        known = _keys(parent)
        hint = did_you_mean(str(where[-1]), known, longest=MOST_KEYS)
        return (Problem("unknown_key", where, f"`{where[-1]}` is not a key here", hint),)
    if kind == "missing" and isinstance(where[-1], int):
        return (Problem("wrong_value", where[:-1], "a value is missing in this list", "write both ends: `[50, 500]`"),)
    if kind == "missing":
        hint = f"add `{where[-1]}: …`" + _choices_of(parent, str(where[-1]))
        return (Problem("missing_key", where[:-1], f"`{where[-1]}` is missing", hint),)
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        return (_unknown_type(where, detail["input"], context),)
    if kind == "literal_error":
        allowed = [item.strip(" '") for item in str(context["expected"]).replace(" or ", ",").split(",")]
        hint = did_you_mean(str(detail["input"]), allowed)
        return (Problem("unknown_value", where, f"`{detail['input']}` is not known here", hint),)
    if "hint" in context:
        return (Problem(kind, where, detail["msg"], str(context["hint"])),)
    return (Problem("wrong_value", where, *message_and_hint(detail)),)


def _unknown_type(where: tuple[str | int, ...], raw: object, context: Mapping[str, Any]) -> Problem:
    tag = raw.get("type") if isinstance(raw, Mapping) else None
    if tag is None:
        return Problem("missing_key", where, "`type` is missing", "add `type: …`")
    allowed = [item.strip(" '") for item in str(context.get("expected_tags", "")).split(",")]
    return Problem("unknown_type", (*where, "type"), f"`{tag}` is not a type", did_you_mean(str(tag), allowed))


def _choices_of(annotation: Any, key: str) -> str:
    """Which values a key takes, when it takes one of a few."""
    fields = annotation.model_fields if isinstance(annotation, type) and issubclass(annotation, BaseModel) else {}
    values = get_args(fields[key].annotation) if key in fields and get_origin(fields[key].annotation) is Literal else ()
    return ", with one of " + ", ".join(f"`{value}`" for value in values) if len(values) > 1 else ""


def _keys(annotation: Any) -> list[str]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [field.alias or name for name, field in annotation.model_fields.items()]
    return []


def _resolve(model: Any, loc: tuple[int | str, ...]) -> tuple[tuple[int | str, ...], Any]:
    """Returns the path in the authored file for pydantic's `loc`, and the annotation of the parent of its last step."""
    where: list[int | str] = []
    current: Any = model
    parent: Any = model
    for step in loc:
        current = _bare(current)
        if get_origin(current) in (Union, types.UnionType):
            current = parent = _member(current, step)
            continue
        if step == "[key]":
            continue
        parent = current
        where.append(step)
        current = _child(current, step)
    return tuple(where), parent


def _bare(annotation: Any) -> Any:
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in (Union, types.UnionType):
        kinds = [arg for arg in get_args(annotation) if arg is not type(None)]
        return _bare(kinds[0]) if len(kinds) == 1 else annotation
    return annotation


def _member(union: Any, step: int | str) -> Any:
    """The question type that pydantic names by its tag. A union without tags adds no step to the author's path."""
    return next((arg for arg in map(_bare, get_args(union)) if step in _tags(arg)), None)


def _tags(kind: Any) -> tuple[Any, ...]:
    tag = getattr(kind, "model_fields", {}).get("type")
    return get_args(tag.annotation) if tag is not None else ()


def _child(annotation: Any, step: int | str) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, field in annotation.model_fields.items():
            if step in (name, field.alias):
                return field.annotation
        return None
    args = get_args(annotation)
    if get_origin(annotation) in (tuple, list):
        return args[0]
    return args[1] if len(args) > 1 else None
