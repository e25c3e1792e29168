"""What a name belongs to: a choice to its question or set, a row to its question, a level to its criterion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from questionnaire.core.editing.structure import Choices, Items, Kind, Names, Part

SET = "set:"
"""What precedes the name of a choice set where it is the scope of its choices."""


@dataclass(frozen=True, slots=True)
class Scopes:
    """The scopes at one place. `criteria_of_sets`: set -> the criterion of all questions with it, or ""."""

    criteria_of_sets: Mapping[str, str]
    question: str = ""
    choices: str = ""
    criterion: str = ""

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Scopes:
        criteria: dict[str, set[str]] = {}
        for question in questions_of(document):
            if (name := set_of(question)) is not None:
                criteria.setdefault(name, set()).add(str(question.get("criterion") or ""))
        return cls({name: found.pop() if len(found) == 1 else "" for name, found in criteria.items()})

    def of_kind(self, kind: Kind) -> str:
        if kind == "choice":
            return self.choices
        return {"row": self.question, "level": self.criterion}.get(kind, "")

    def inside(self, raw: Mapping[str, Any], part: Part, path: tuple[str | int, ...]) -> Scopes:
        """The scopes inside a mapping: a set with changes changes choices of that set."""
        if isinstance(part, Choices):
            return replace(self, choices=SET + str(raw.get("set")))
        return self

    def under_key(self, part: Part, key: str) -> Scopes:
        if isinstance(part, Names) and part.kind == "choice_set":
            return replace(self, choices=SET + key, criterion=self.criteria_of_sets.get(key, ""))
        return replace(self, criterion=key) if isinstance(part, Names) and part.kind == "criterion" else self

    def under_item(self, part: Part, item: Any) -> Scopes:
        """The scopes inside an item of a list: those of a question, of a field, of a calculated value."""
        if not isinstance(part, Items) or part.kind != "answer" or not isinstance(item, Mapping):
            return self
        name = str(item.get("name", ""))
        return replace(self, question=name, choices=name, criterion=str(item.get("criterion") or ""))


def set_of(question: Mapping[str, Any]) -> str | None:
    """The choice set that a question uses; None with choices of its own."""
    choices = question.get("choices")
    name = choices.get("set") if isinstance(choices, Mapping) else choices
    return name if isinstance(name, str) else None


def questions_of(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every question and contact field that can be read as one."""
    contact = document.get("contact")
    holders = [*_mappings(document.get("pages")), *([contact] if isinstance(contact, Mapping) else [])]
    for holder in holders:
        yield from _mappings(holder.get("questions") or holder.get("fields"))


def _mappings(raw: Any) -> list[Mapping[str, Any]]:
    return [item for item in raw if isinstance(item, Mapping)] if isinstance(raw, list) else []
