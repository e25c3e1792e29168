"""JSON Schemas of the authored files, made from the values that read them.

An editor that follows `# yaml-language-server: $schema=…` completes keys and marks slips while somebody types. The
checker is the authority: a schema cannot know that a level exists in the policy.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from questionnaire.core.cases import Case, CasesFile
from questionnaire.core.policy import Policy
from questionnaire.core.survey.survey import Survey

DRAFT = "https://json-schema.org/draft/2020-12/schema"

# What a value may also be written as, where its reader is kinder than its type.
_SHORT_FORMS: Mapping[str, dict[str, Any]] = {
    "Level": {"type": "integer", "minimum": 0, "maximum": 1000},
    "Titles": {"const": "default"},
    "Consequence": {"enum": ["disqualify", "merge", "review"]},
}
_SET_REFERENCES: tuple[dict[str, Any], ...] = (
    {"type": "string", "description": "The name of a choice set."},
    {
        "type": "object",
        "properties": {"set": {"type": "string"}, "with": {"type": "object"}},
        "required": ["set"],
        "additionalProperties": False,
    },
)
_LIMITS = {"gt": "exclusiveMinimum", "ge": "minimum", "lt": "exclusiveMaximum", "le": "maximum"}


def schemas() -> dict[str, dict[str, Any]]:
    """Kind of file -> its schema."""
    cases = {"anyOf": [_of(CasesFile), _of(Case)]}
    return {
        "survey/1": _titled(_with_sets(_of(Survey)), "survey/1", "What we ask, and what each answer is evidence of"),
        "policy/1": _titled(_of(Policy), "policy/1", "What marketing and sales agreed"),
        "cases/1": _titled(_hoisted(cases), "cases/1", "Leads, and what is expected of each"),
    }


def _of(model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema(by_alias=True, mode="validation")
    for name, definition in schema.get("$defs", {}).items():
        if name in _SHORT_FORMS:
            schema["$defs"][name] = {"anyOf": [_SHORT_FORMS[name], _kind(name, definition)]}
    renamed: dict[str, Any] = _renamed(schema)
    return renamed


def _renamed(value: Any) -> Any:
    """Limits of a value of several types keep pydantic's names; an editor wants those of JSON Schema."""
    if isinstance(value, list):
        return [_renamed(item) for item in value]
    if not isinstance(value, dict):
        return value
    # A property may bear such a name too; its value is a schema and no number.
    named = {key: _LIMITS[key] for key in _LIMITS if isinstance(value.get(key), int | float | str)}
    return {named.get(key, key): _renamed(item) for key, item in value.items()}


def _kind(name: str, definition: dict[str, Any]) -> dict[str, Any]:
    if name == "Consequence":
        # `do` follows from the other keys when it is not written.
        definition["required"] = []
    return definition


def _with_sets(schema: dict[str, Any]) -> dict[str, Any]:
    """Choices may name a set instead."""
    for definition in schema["$defs"].values():
        choices = definition.get("properties", {}).get("choices")
        if choices is not None:
            definition["properties"]["choices"] = {"anyOf": [choices, *_SET_REFERENCES]}
    return schema


def _titled(schema: dict[str, Any], kind: str, description: str) -> dict[str, Any]:
    return {"$schema": DRAFT, **schema, "title": kind, "description": description}


def _hoisted(schema: dict[str, Any]) -> dict[str, Any]:
    """Definitions stand at the top, where references look for them."""
    definitions: dict[str, Any] = {}
    for part in schema["anyOf"]:
        definitions |= part.pop("$defs", {})
    return {**schema, "$defs": definitions}
