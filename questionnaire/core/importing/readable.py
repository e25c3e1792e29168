"""The result of an import: a document that the reader of surveys reads, whatever the source was."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.core.base.partial_reading import read_parts
from questionnaire.core.base.problems import Problem, Where, path_text
from questionnaire.core.importing.note import ImportNote, NoteList
from questionnaire.core.survey import survey


@dataclass(frozen=True, slots=True)
class ImportedSurvey:
    """A document that `core.survey` reads, with the notes; without a document, `problems` say why."""

    document: Mapping[str, Any] | None
    notes: tuple[ImportNote, ...] = ()
    problems: tuple[Problem, ...] = ()


def readable(document: dict[str, Any], notes: NoteList) -> ImportedSurvey:
    """The document without the parts that the reader of surveys refuses, each of them in a note."""
    if not document.get("pages"):
        hint = "check that this is the whole export, with its questions"
        return ImportedSurvey(None, notes.all(), (Problem("import_empty", (), "no question was found", hint),))
    parts = read_parts(document, survey.read)
    if parts.value is None:
        return ImportedSurvey(None, notes.all(), parts.problems)
    for where in sorted(parts.removed, key=str, reverse=True):
        problem = next((one for one in parts.problems if one.where[: len(where)] == where), None)
        notes.add("part_left_out", path_text(where), problem=problem.message if problem else where,
                        value=json.dumps(_at(document, where), ensure_ascii=False))  # fmt: skip
    return ImportedSurvey(_without(document, parts.removed), notes.all())


def _at(value: Any, where: Where) -> Any:
    for step in where:
        value = value[step]
    return value


def _without(value: Any, removed: frozenset[Where], where: Where = ()) -> Any:
    if isinstance(value, dict):
        kept = {key: one for key, one in value.items() if (*where, key) not in removed}
        return {key: _without(one, removed, (*where, key)) for key, one in kept.items()}
    if isinstance(value, list):
        items = [(index, one) for index, one in enumerate(value) if (*where, index) not in removed]
        return [_without(one, removed, (*where, index)) for index, one in items]
    return value
