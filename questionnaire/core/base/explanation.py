"""Why something was decided: a code and its parameters, put into words when somebody reads it.

Stored as JSON `{"code": "pool_turn", "params": {"rule": "dach", "pool": "dach", "rep": "lena"}}`. Older rows hold the
finished sentence instead: in each language of the product (`{"en": "…", "fr": "…"}`), or once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TEXT = "text"
"""The code of a finished sentence from an older row; `params` maps a language to it, "" stands for all."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """`params` holds JSON values only."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "params": dict(self.params)}

    def written(self, language: str) -> str | None:
        """The finished sentence of an older row, in English when there is none in `language`; None for a code."""
        if self.code != TEXT:
            return None
        return str(self.params.get(language) or self.params.get("") or self.params.get("en") or "")


def write_explanation(explanation: Explanation) -> str:
    """For a column of text."""
    return json.dumps(explanation.as_json, ensure_ascii=False)


def read_explanation(stored: object) -> Explanation:
    """From a column of text or a value of JSON; whatever else lies there reads as an empty sentence."""
    if isinstance(stored, str) and stored.startswith("{"):
        try:
            stored = json.loads(stored)
        except ValueError:
            return Explanation(TEXT, {"": stored})
    if isinstance(stored, Mapping):
        if isinstance(stored.get("code"), str) and isinstance(stored.get("params"), Mapping):
            return Explanation(stored["code"], stored["params"])
        return Explanation(TEXT, dict(stored))
    return Explanation(TEXT, {"": stored} if isinstance(stored, str) else {})
