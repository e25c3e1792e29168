"""Limits of answers to fields without choices."""

from __future__ import annotations

from typing import Any

from questionnaire.core.importing.question_forms import whole, with_text
from questionnaire.core.importing.source import SourceItem

Field = tuple[SourceItem, SourceItem, SourceItem]
"""A field, its properties and its validations."""


def answer_limits(field: Field, kind: str) -> dict[str, Any]:
    _, properties, validations = field
    if kind == "number":
        limits = {"min": validations.number("min_value"), "max": validations.number("max_value")}
        if limits["min"] is not None and limits["min"] == limits["max"]:
            limits["max"] = None
        return {key: value for key, value in limits.items() if value is not None}
    if kind in ("short_text", "long_text"):
        return with_text(max_length=whole(validations.number("max_length") or None, 1, 5000))
    if kind == "legal":
        properties.take("text")
    return {}
