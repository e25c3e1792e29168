"""Names in conditions, formulas and the answers of a case."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any

from questionnaire.core.base import arithmetic
from questionnaire.core.base.conditions import FACTS, JOINTS
from questionnaire.core.editing.paths import Document, Path
from questionnaire.core.editing.structure import Kind

OTHER = "other"
OF_FACTS: Mapping[str, Kind] = {
    "signal": "signal",
    "icp": "criterion",
    "domain_in": "list",
    "account_owner": "rep",
}
"""Facts whose values are names."""
ANSWER_PREFIXES = ("answer", "hidden", "claim", "calculated")
CONTEXT = ("campaign", "first_campaign", "language", "survey")
ValueWriter = Callable[[Any], Any]


class FactMentions(ABC):
    """The part of a walk that knows how conditions, formulas and cases write names."""

    def __init__(self, document: Document) -> None:
        self.is_policy = str(document.get("schema", "")).startswith("policy")
        self.criteria = {
            str(name)
            for axis in ("fit", "timing")
            for name in _mapping(_mapping(document.get(axis)).get("criteria"))
            if self.is_policy
        }

    @abstractmethod
    def name(self, kind: Kind, scope: str, name: Any, path: Path, defines: bool = False) -> Any: ...

    # --- conditions ------------------------------------------------------------------------------------------------

    def condition(self, raw: Any, path: Path) -> Any:
        if not isinstance(raw, Mapping):
            return raw
        changed: dict[Any, Any] = {}
        for key, value in raw.items():
            here = (*path, str(key))
            if key == "not":
                changed[key] = self.condition(value, here)
            elif key in JOINTS:
                parts = value if isinstance(value, list) else []
                changed[key] = [self.condition(part, (*here, i)) for i, part in enumerate(parts)] if parts else value
            else:
                new_key, kind, scope = self._fact(str(key), path)
                changed[new_key] = self._compared(value, kind, scope, here)
        return raw if list(changed.items()) == list(raw.items()) else changed

    def _fact(self, key: str, path: Path) -> tuple[str, Kind | None, str]:
        """The name to write for a fact, and what its values are names of."""
        if key in self.criteria:
            return str(self.name("criterion", "", key, path)), "level", key
        if key in FACTS:
            return key, OF_FACTS.get(key), ""
        prefix, point, rest = key.partition(".")
        if self.is_policy and (prefix in CONTEXT or (prefix == "score" and point)):
            name = f"score.{self.name('dimension', '', rest, path)}" if prefix == "score" else key
            return name, None, ""
        if point and (prefix == "calculated" or (self.is_policy and prefix in ANSWER_PREFIXES)):
            return f"{prefix}.{self.answer_name(rest, path)}", "choice", rest.partition(".")[0]
        return self.answer_name(key, path), "choice", prefix

    def _compared(self, value: Any, kind: Kind | None, scope: str, path: Path) -> Any:
        if kind is None:
            return value
        if isinstance(value, Mapping):
            return {
                operator: one if operator == "known" else self._compared(one, kind, scope, (*path, str(operator)))
                for operator, one in value.items()
            }
        if isinstance(value, list):
            return [self._compared(one, kind, scope, path) for one in value]
        return self.name(kind, scope, value, path)

    def answer_name(self, name: str, path: Path) -> str:
        """A question, a row of one (`question.row`), a field or a calculated value."""
        base, point, row = name.partition(".")
        new = str(self.name("answer", "", base, path))
        if point and row != OTHER:
            row = str(self.name("row", base, row, path))
        return f"{new}{point}{row}"

    # --- formulas --------------------------------------------------------------------------------------------------

    def formula(self, raw: Any, path: Path) -> Any:
        if not isinstance(raw, str):
            return raw
        new = arithmetic.replace_names(raw, lambda name: self._operand(name, path))
        return raw if new == raw else new

    def _operand(self, name: str, path: Path) -> str:
        if name == "score":
            return name
        if name.startswith("score."):
            return f"score.{self.name('dimension', '', name.removeprefix('score.'), path)}"
        return self.answer_name(name, path)

    # --- cases -----------------------------------------------------------------------------------------------------

    def case_answers(self, raw: Any, path: Path) -> Any:
        if not isinstance(raw, Mapping):
            return raw
        changed = {
            self.answer_name(str(key), (*path, str(key))): self._answered(str(key), value, (*path, str(key)))
            for key, value in raw.items()
        }
        return raw if list(changed.items()) == list(raw.items()) else changed

    def _answered(self, key: str, value: Any, path: Path) -> Any:
        base, _, row = key.partition(".")
        if row == OTHER:
            return value
        if isinstance(value, Mapping):
            return {self._row(base, row, path): self._row_answer(base, row, one, path) for row, one in value.items()}
        return self._compared(value, "choice", base, path)

    def _row(self, question: str, row: Any, path: Path) -> Any:
        return self.name("row", question, row, (*path, str(row)))

    def _row_answer(self, question: str, row: Any, value: Any, path: Path) -> Any:
        return self._compared(value, "choice", question, (*path, str(row)))


def _mapping(raw: Any) -> Mapping[str, Any]:
    return raw if isinstance(raw, Mapping) else {}
