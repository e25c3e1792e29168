"""What a survey's document takes evidence from: questions, contact fields, hidden fields and calculated values.

Each with its answers and the place that holds what an answer means: answers of a shared set are written at the set, or
at the question where it changes the set.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from questionnaire.core.editing.outline import author_name, entries, outline, questions_in
from questionnaire.core.editing.paths import Document, Path, identities
from questionnaire.core.editing.structure import CHOICES, ROWS, Items
from questionnaire.core.survey.choice_sets import resolve_sets
from questionnaire.core.survey.questions import REGISTRY

SourceKind = Literal["question", "contact", "hidden", "calculated"]


@dataclass(frozen=True, slots=True)
class SourceAnswer:
    """`path`: where its level, signal and maturity are written. `content`: what it is here, changes included."""

    path: Path
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class EvidenceSource:
    """`choice_set` names the shared answers that it uses, "" for answers of its own. `rows`: those of a table."""

    kind: SourceKind
    path: Path
    content: Mapping[str, Any]
    label: str
    number: int | None = None
    answers: tuple[SourceAnswer, ...] = ()
    rows: tuple[SourceAnswer, ...] = ()
    choice_set: str = ""

    @property
    def type(self) -> str:
        return str(self.content.get("type", ""))

    @property
    def criterion(self) -> str:
        return str(self.content.get("criterion") or "")


def evidence_sources(document: Document) -> tuple[EvidenceSource, ...]:
    """Every question that asks something or has a criterion; of the rest what can be evidence."""
    found: list[EvidenceSource] = []
    for question in questions_in(outline(document, "")):
        kind = REGISTRY.get(question.type)
        if kind is None or kind.asks or question.content.get("criterion"):
            found.append(_source(document, "question", question.path, question.content, question.number))
    for path, field in entries(document, ("contact", "fields")):
        if field.get("criterion") or field.get("choices"):
            found.append(_source(document, "contact", path, field))
    others: tuple[tuple[SourceKind, str], ...] = (("hidden", "hidden_fields"), ("calculated", "calculated"))
    for name, key in others:
        for path, item in entries(document, (key,)):
            if item.get("criterion"):
                found.append(_source(document, name, path, item))
    return tuple(found)


def _source(
    document: Document, kind: SourceKind, path: Path, content: Mapping[str, Any], number: int | None = None
) -> EvidenceSource:  # fmt: skip
    choices = content.get("choices")
    name = choices.get("set") if isinstance(choices, Mapping) else choices if isinstance(choices, str) else ""
    answers = (
        _listed(choices, CHOICES, (*path, "choices"))
        if isinstance(choices, list)
        else tuple(_shared(document, path, content))
    )
    rows = _listed(content.get("rows"), ROWS, (*path, "rows"))
    return EvidenceSource(kind, path, content, author_name(content), number, answers, rows, str(name or ""))


def _listed(items: Any, part: Items, path: Path) -> tuple[SourceAnswer, ...]:
    if not isinstance(items, list):
        return ()
    steps = identities(items, part)
    return tuple(SourceAnswer((*path, step), item) for step, item in zip(steps, items, strict=True)
                 if isinstance(item, Mapping))  # fmt: skip


def _shared(document: Document, path: Path, content: Mapping[str, Any]) -> Iterator[SourceAnswer]:
    choices = content.get("choices")
    if choices is None:
        return
    sets = {"choice_sets": document.get("choice_sets", {}), "pages": [{"questions": [content]}]}
    resolved = resolve_sets(sets)["pages"][0]["questions"][0].get("choices")
    above: Path = (*path, "choices", "with") if isinstance(choices, Mapping) else ("choice_sets", str(choices))
    for answer in resolved if isinstance(resolved, list) else ():
        if isinstance(answer, Mapping):
            yield SourceAnswer((*above, str(answer.get("value", ""))), answer)
