"""Every text of a survey's document that people read, with its place, found along the documented keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from questionnaire.core.editing.form_edits import ALONE
from questionnaire.core.editing.keys import question_keys, survey_keys
from questionnaire.core.editing.outline import languages_of
from questionnaire.core.editing.paths import Document, Path, Step, identities, structure_of
from questionnaire.core.editing.structure import Choices, Part, below
from questionnaire.core.survey.questions import REGISTRY
from questionnaire.core.survey.questions.editor import EditorField

Trail = tuple[tuple[str, int | None, Any], ...]
"""Key, number and value of each step that leads to a text; the number is that of an item of a list."""


@dataclass(frozen=True, slots=True)
class DocumentText:
    """`raw`: one text for every language, or a text per language."""

    path: Path
    raw: Any
    trail: Trail
    required: bool = False

    def in_language(self, language: str) -> str:
        """ "" where nothing is written in this language; a text without languages is the same in each."""
        if isinstance(self.raw, Mapping):
            return str(self.raw.get(language) or "")
        return "" if self.raw is None else str(self.raw)

    @property
    def is_same_everywhere(self) -> bool:
        return not isinstance(self.raw, Mapping)


def document_texts(document: Document) -> tuple[DocumentText, ...]:
    return tuple(_Texts(languages_of(document)).of(document, survey_keys(), (), (), structure_of(document)))


class _Texts:
    def __init__(self, languages: Sequence[str]) -> None:
        self.languages = frozenset(languages)

    def of(
        self, holder: Mapping[str, Any], keys: Sequence[EditorField], path: Path, trail: Trail, part: Part
    ) -> Iterator[DocumentText]:  # fmt: skip
        for key in keys:
            value = holder.get(key.key)
            inner = below(part, key.key, holder) if value is not None else "words"
            if inner != "words":
                yield from self._value(value, key, (*path, key.key), (*trail, (key.key, None, value)), inner)

    def _value(self, value: Any, key: EditorField, path: Path, trail: Trail, part: Part) -> Iterator[DocumentText]:
        if key.input == "text":
            if not isinstance(value, list):
                yield DocumentText(path, value, trail, key.required)
        elif key.input == "group":
            yield from self._group(value, key.fields, path, trail, part)
        elif key.input == "rows":
            yield from self._rows(value, key, path, trail, part)
        elif key.input in ("labels", "lists") and isinstance(value, Mapping):
            for name, inner in value.items():
                here, step = (*path, str(name)), (str(name), None, inner)
                deeper = below(part, str(name), value)
                if key.input == "lists":
                    yield from self._rows(inner, key, here, (*trail, step), deeper)
                elif key.fields:
                    yield from self._group(inner, key.fields, here, (*trail, step), deeper)
                elif not isinstance(inner, list):
                    yield DocumentText(here, inner, (*trail, step))

    def _group(
        self, value: Any, keys: Sequence[EditorField], path: Path, trail: Trail, part: Part
    ) -> Iterator[DocumentText]:  # fmt: skip
        """An advice without other keys is its text alone."""
        is_alone = isinstance(value, str) or (isinstance(value, Mapping) and self._is_by_language(value))
        if is_alone and {key.key for key in keys}.issuperset(ALONE):
            yield DocumentText(path, value, trail)
        elif isinstance(value, Mapping):
            yield from self.of(value, keys, path, trail, part)

    def _is_by_language(self, value: Mapping[str, Any]) -> bool:
        return bool(value) and set(map(str, value)) <= self.languages

    def _rows(self, value: Any, key: EditorField, path: Path, trail: Trail, part: Part) -> Iterator[DocumentText]:
        if isinstance(value, Mapping):
            yield from self._changed_answers(value, key, path, trail, part)
        if not isinstance(value, list):
            return
        steps: list[Step] = identities(value, part)
        for number, (step, item) in enumerate(zip(steps, value, strict=True)):
            if isinstance(item, Mapping):
                keys = _keys_of(key, item)
                here = (*trail[:-1], (trail[-1][0], number, item))
                yield from self.of(item, keys, (*path, step), here, below(part, step, value))

    def _changed_answers(
        self, value: Mapping[str, Any], key: EditorField, path: Path, trail: Trail, part: Part
    ) -> Iterator[DocumentText]:  # fmt: skip
        """The answers of a shared set that a question says otherwise."""
        changes = value.get("with") if isinstance(part, Choices) else None
        for name, change in changes.items() if isinstance(changes, Mapping) else ():
            if isinstance(change, Mapping):
                step = (str(name), None, change)
                yield from self.of(change, key.fields, (*path, "with", str(name)), (*trail, step), None)


def _keys_of(key: EditorField, item: Mapping[str, Any]) -> Sequence[EditorField]:
    """A question has the keys of its type."""
    return (
        question_keys(str(item.get("type"))) if key.key == "questions" and item.get("type") in REGISTRY else key.fields
    )
