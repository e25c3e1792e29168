"""The advice of a dimension's chapter: what to do when a weak answer was given, beside the answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from questionnaire.core.editing.evidence_sources import EvidenceSource, SourceAnswer, evidence_sources
from questionnaire.core.editing.outline import author_name, text_in
from questionnaire.core.editing.paths import Path
from questionnaire.core.survey.questions.advice import Advice
from questionnaire.core.survey.questions.editor import EditorField, value_fields
from questionnaire.web.builder.form_fields import BuilderField, FieldMaker
from questionnaire.web.builder.problem_words import DraftProblem
from questionnaire.web.http.rendering import LETTERS

# An emptied text takes the advice away.
KEYS: tuple[EditorField, ...] = tuple(replace(key, required=False) for key in value_fields(Advice))


@dataclass(frozen=True, slots=True)
class AdviceFields:
    """What is written for one answer."""

    letter: str
    answer: str
    fields: tuple[BuilderField, ...]
    problems: tuple[DraftProblem, ...]


@dataclass(frozen=True, slots=True)
class AdviceGroup:
    """The answers of a question, or of a row of it. `is_shared`: other questions with these answers have the same."""

    label: str
    number: int | None
    path: Path
    lines: tuple[AdviceFields, ...]
    is_shared: bool = False


def advice_groups(maker: FieldMaker, dimension: str) -> tuple[AdviceGroup, ...]:
    return tuple(
        group
        for source in evidence_sources(maker.document)
        if source.kind == "question" and source.answers
        for group in _groups(maker, source, dimension)
    )


def _groups(maker: FieldMaker, source: EvidenceSource, dimension: str) -> Iterator[AdviceGroup]:
    is_shared = bool(source.choice_set) and isinstance(source.content.get("choices"), str)
    if source.rows:
        for row in source.rows:
            if (row.content.get("dimension") or source.content.get("dimension")) == dimension:
                label = text_in(row.content.get("text"), maker.choosable.language) or author_name(row.content)
                lines = tuple(_lines(maker, source, row))
                yield AdviceGroup(f"{source.label}: {label}", source.number, source.path, lines)
    elif source.content.get("dimension") == dimension:
        yield AdviceGroup(source.label, source.number, source.path, tuple(_lines(maker, source, None)), is_shared)


def _lines(maker: FieldMaker, source: EvidenceSource, row: SourceAnswer | None) -> Iterator[AdviceFields]:
    """`row`: the row of a table, which has advice by answer."""
    best = max((_worth(answer) for answer in source.answers), default=0)
    for index, answer in enumerate(source.answers):
        value = str(answer.content.get("value", ""))
        above = (*row.path, "advice", value) if row is not None else (*answer.path, "advice")
        holder = row.content.get("advice") if row is not None else answer.content
        written = holder.get(value if row is not None else "advice") if isinstance(holder, Mapping) else None
        if not written and best > 0 and _worth(answer) >= best:
            continue  # No one would read it.
        fields = tuple(_with_shared(maker.field(key, (*above, key.key)), key.key, written, maker) for key in KEYS)
        letter = LETTERS[index] if index < len(LETTERS) else str(index + 1)
        text = text_in(answer.content.get("text"), maker.choosable.language) or value
        yield AdviceFields(letter, text, fields, maker.problems_at(above))


def _with_shared(field: BuilderField, key: str, written: Any, maker: FieldMaker) -> BuilderField:
    """Advice that a shared set brings along stands in the empty field."""
    if field.value or field.reference or field.control != "text" or not written:
        return field
    is_whole = isinstance(written, Mapping) and bool(set(written) & {one.key for one in KEYS})
    text = written.get(key) if is_whole else written if key == "text" else None
    return replace(field, reference=text_in(text, maker.choosable.language)) if text else field


def _worth(answer: SourceAnswer) -> float:
    value = answer.content.get("maturity")
    return value if isinstance(value, int | float) and not isinstance(value, bool) else 0
