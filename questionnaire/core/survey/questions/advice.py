"""Authored advice: what to do about an answer. Only reports and result pages show it, never a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema

from questionnaire.core.base.authored import Authored
from questionnaire.core.base.texts import LocalizedText

Effort = Literal["low", "medium", "high"]
EFFORTS: tuple[Effort, ...] = ("low", "medium", "high")


class Advice(Authored):
    """What to do when an answer was chosen: a text alone, or with its effort and how to tell that it is done."""

    text: LocalizedText
    effort: Effort | None = None
    done_when: LocalizedText | None = None

    @model_validator(mode="before")
    @classmethod
    def _text_alone(cls, raw: Any) -> Any:
        """A text (a string, or a mapping of languages) stands for `{text: …}`."""
        if isinstance(raw, Mapping):
            return raw if raw.keys() & cls.model_fields.keys() else {"text": raw}
        return raw if isinstance(raw, cls) else {"text": raw}

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        full = handler.resolve_ref_schema(handler(schema))
        return {"anyOf": [full["properties"]["text"], full]}
