"""Every name in a document: where it is defined, and where it is mentioned. One walk serves search and renaming."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.core.base.texts import rename_placeholders
from questionnaire.core.editing.fact_mentions import FactMentions
from questionnaire.core.editing.paths import Document, Path, identities, items_of, structure_of
from questionnaire.core.editing.scopes_of_names import SET, Scopes
from questionnaire.core.editing.structure import (
    CaseAnswers,
    Choices,
    Each,
    Items,
    Kind,
    Mention,
    Names,
    Part,
    below,
)


@dataclass(frozen=True, slots=True)
class NameUse:
    """One use of a name. `scope` is what the name belongs to: the question of a choice, the criterion of a level.

    `path` is the place that holds the name: a value, a condition or a text, or a key of a mapping.
    """

    kind: Kind
    scope: str
    name: str
    path: Path
    defines: bool = False


Visit = Callable[[NameUse], str]
"""Returns the name to write there, which may be the same."""


def uses(document: Document) -> tuple[NameUse, ...]:
    """Every name of the document in its order."""
    found: list[NameUse] = []

    def visit(use: NameUse) -> str:
        found.append(use)
        return use.name

    rewrite(document, visit)
    return tuple(found)


def rewrite(document: Document, visit: Visit) -> Any:
    """The document with the names that `visit` returns; parts without changes are shared with the old document."""
    return _Walk(document, visit).value(document, structure_of(document), (), Scopes.of(document))


class _Walk(FactMentions):
    """Walks through a document beside its structure."""

    def __init__(self, document: Document, visit: Visit) -> None:
        super().__init__(document)
        self.visit = visit
        self.has_texts = not str(document.get("schema", "")).startswith(("policy", "cases"))

    def name(self, kind: Kind, scope: str, name: Any, path: Path, defines: bool = False) -> Any:
        """A name or whatever else stands there; numbers that are names stay numbers when they do not change."""
        if isinstance(name, bool) or not isinstance(name, str | int | float):
            return name
        new = self.visit(NameUse(kind, scope, str(name), path, defines))
        return name if new == str(name) else new

    def value(self, raw: Any, part: Part, path: Path, scopes: Scopes) -> Any:
        if part == "condition":
            return self.condition(raw, path)
        if part == "formula":
            return self.formula(raw, path)
        if part == "words":
            return raw
        if isinstance(part, Choices) and not isinstance(raw, list | Mapping):
            return self.name("choice_set", "", raw, path)
        if isinstance(part, Mention):
            return self._mention(raw, part, path, scopes)
        if isinstance(part, CaseAnswers):
            return self.case_answers(raw, path)
        if isinstance(raw, Mapping):
            return self._mapping(raw, part, path, scopes)
        if isinstance(raw, list):
            return self._list(raw, part, path, scopes)
        return self._text(raw, path)

    def _text(self, raw: Any, path: Path) -> Any:
        if not isinstance(raw, str) or not self.has_texts or "{{" not in raw:
            return raw
        new = rename_placeholders(raw, lambda name: self.answer_name(name, path))
        return raw if new == raw else new

    def _mention(self, raw: Any, part: Mention, path: Path, scopes: Scopes) -> Any:
        if isinstance(raw, list):
            return _shared(raw, [self._mention(item, part, (*path, i), scopes) for i, item in enumerate(raw)])
        return self.name(part.kind, scopes.of_kind(part.kind), raw, path)

    def _mapping(self, raw: Mapping[str, Any], part: Part, path: Path, scopes: Scopes) -> Any:
        scopes = scopes.inside(raw, part, path)
        changed: dict[Any, Any] = {}
        for key, value in raw.items():
            here = (*path, str(key))
            new_key = key
            if isinstance(part, Names):
                new_key = self.name(part.kind, scopes.of_kind(part.kind), key, here, not part.mentions)
            inner = scopes.under_key(part, str(key))
            changed[new_key] = self.value(value, below(part, str(key), raw), here, inner)
        same = all(a is b and k == n for (k, a), (n, b) in zip(raw.items(), changed.items(), strict=False))
        return raw if same and len(raw) == len(changed) else changed

    def _list(self, raw: list[Any], part: Part, path: Path, scopes: Scopes) -> list[Any]:
        steps = identities(raw, part)
        items: list[Any] = []
        for item, step in zip(raw, steps, strict=True):
            here = (*path, step)
            inner = scopes.under_item(part, item)
            new = self.value(item, below(part, step, raw), here, inner)
            named = items_of(part)
            if named is not None and isinstance(new, Mapping) and named.key in new:
                old = new[named.key]
                name = self.name(named.kind, scopes.of_kind(named.kind), old, here, not named.mentions)
                new = new if name is old else {k: name if k == named.key else v for k, v in new.items()}
            items.append(new)
        return _shared(raw, items)


def _shared(raw: list[Any], items: list[Any]) -> list[Any]:
    return raw if all(a is b for a, b in zip(raw, items, strict=True)) else items


__all__ = ["SET", "Each", "Items", "NameUse", "Visit", "rewrite", "uses"]
