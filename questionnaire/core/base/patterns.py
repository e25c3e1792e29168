"""Patterns of authored words, each with the sentence its author reads when a word does not fit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

MOST_QUOTED = 60


@dataclass(frozen=True, slots=True)
class Pattern:
    """Metadata of an annotated `str`: `expression` must match the whole text; `hint` says what to write instead.

    pydantic's own `pattern=` knows no hint, so a table elsewhere would have to hold one for each expression.
    """

    expression: str
    hint: str

    def check(self, text: str) -> str:
        if re.fullmatch(self.expression, text) is None:
            values = {"shown": text[:MOST_QUOTED], "hint": self.hint}
            raise PydanticCustomError("wrong_value", "`{shown}` cannot stand here", values)
        return text

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(schema), "pattern": self.expression}
