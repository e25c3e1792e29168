"""The documented keys at a place of a survey's document, found along its path."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from questionnaire.core.editing.paths import Document, Path, find, has
from questionnaire.core.survey.questions import REGISTRY, Question
from questionnaire.core.survey.questions.editor import EditorField, editor_fields, value_fields
from questionnaire.core.survey.survey import Survey


@lru_cache(maxsize=1)
def survey_keys() -> tuple[EditorField, ...]:
    return value_fields(Survey)


@lru_cache(maxsize=64)
def question_keys(type_: str) -> tuple[EditorField, ...]:
    """Those of a question; of a type that does not exist those that every question has."""
    return editor_fields(REGISTRY.get(type_, Question))


def keys_at(document: Document, path: Path) -> tuple[EditorField, ...]:
    """The keys that can be written at a place: of a list those of its items."""
    keys, inside = survey_keys(), ""
    for depth, step in enumerate(path):
        if inside in ("rows", "labels", "lists"):
            # The step names an item. A list below a name is a list of rows.
            if path[: depth + 1][-2:-1] == ("questions",):
                keys = _of_question(document, path[: depth + 1])
            inside = "rows" if inside == "lists" else ""
            continue
        key = next((one for one in keys if one.key == step), None)
        if key is None:
            return ()
        keys, inside = key.fields, key.input
    return keys


def _of_question(document: Document, path: Path) -> tuple[EditorField, ...]:
    question = find(document, path) if has(document, path) else {}
    return question_keys(str(question.get("type", ""))) if isinstance(question, Mapping) else ()
