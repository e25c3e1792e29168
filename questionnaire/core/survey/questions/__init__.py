"""The question types, one file each, and their register.

Law: a type owns what is known of it: how its answers are read, told and counted, its constraints and its traits. It
knows no other type. To add one: its file, named like the type, and one line in `TYPES`.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args

from pydantic import Field

from questionnaire.core.survey.questions.choice import Choice
from questionnaire.core.survey.questions.choices import ChoiceQuestion
from questionnaire.core.survey.questions.choose_several import ChooseSeveral
from questionnaire.core.survey.questions.identifiers import Name, Slug
from questionnaire.core.survey.questions.question import Mistake, Question, Value

TYPES = (
    "single_choice",
    "dropdown",
    "picture_choice",
    "multiple_choice",
    "yes_no",
    "scale",
    "rating",
    "nps",
    "slider",
    "number",
    "text",
    "long_text",
    "url",
    "email",
    "phone",
    "date",
    "country",
    "matrix",
    "ranking",
    "consent",
    "statement",
    "hidden",
)
"""The register: the value of `type`, which is the name of the module too."""


def class_of(name: str) -> type[Question]:
    """The class with `type: Literal[name]` in the module of that name."""
    path = f"{__name__}.{name}"
    try:
        module = import_module(path)
    except ModuleNotFoundError as error:
        if error.name != path:
            raise
        raise LookupError(f"question type `{name}` lacks its file {path.replace('.', '/')}.py") from error
    for value in vars(module).values():
        if isinstance(value, type) and issubclass(value, Question) and name in _tags(value):
            return value
    raise LookupError(f'question type `{name}`: its file has no class with `type: Literal["{name}"]`')


def _tags(kind: type[Question]) -> tuple[Any, ...]:
    tag = kind.model_fields.get("type")
    return get_args(tag.annotation) if tag is not None else ()


REGISTRY: Mapping[str, type[Question]] = {name: class_of(name) for name in TYPES}

if TYPE_CHECKING:
    AnyQuestion = Question
else:
    AnyQuestion = Annotated[Union[tuple(REGISTRY.values())], Field(discriminator="type")]  # noqa: UP007 (made from the register, so not written with "|")

__all__ = [
    "REGISTRY",
    "TYPES",
    "AnyQuestion",
    "Choice",
    "ChoiceQuestion",
    "ChooseSeveral",
    "Mistake",
    "Name",
    "Question",
    "Slug",
    "Value",
]
