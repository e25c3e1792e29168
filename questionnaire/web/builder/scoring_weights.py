"""The weights of dimensions, and of the questions in them, as fields beside bars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.core.base.quantities import number
from questionnaire.core.editing.evidence_sources import EvidenceSource
from questionnaire.core.editing.outline import author_name, entries, text_in
from questionnaire.core.editing.paths import Path
from questionnaire.web.builder.form_fields import field_id, field_name
from questionnaire.web.builder.options import Choosable
from questionnaire.web.builder.problem_words import DraftProblem


@dataclass(frozen=True, slots=True)
class WeightLine:
    """`share`: of all weights beside it, in percent; None for a question, whose maturity counts by its size unless
    questions are weighted. `depth`: 0 for a dimension, 1 for a part of it or a question."""

    id: str
    name: str
    title: str
    value: str
    share: int | None
    depth: int
    is_question: bool
    problems: tuple[DraftProblem, ...]


def weight_lines(
    choosable: Choosable, sources: tuple[EvidenceSource, ...], problems: tuple[DraftProblem, ...]
) -> tuple[WeightLine, ...]:
    return tuple(_Weights(choosable, sources, problems).lines())


class _Weights:
    def __init__(
        self, choosable: Choosable, sources: tuple[EvidenceSource, ...], problems: tuple[DraftProblem, ...]
    ) -> None:
        self.choosable, self.sources, self.problems = choosable, sources, problems

    def lines(self, above: Path = (), depth: int = 0) -> Iterator[WeightLine]:
        found = list(entries(self.choosable.document, (*above, "dimensions")))
        total = sum(_weight(item) for _, item in found)
        for path, item in found:
            share = round(100 * _weight(item) / total) if total else None
            title = text_in(item.get("title"), self.choosable.language) or author_name(item)
            yield self._line(path, item, title, "whole_number", share, depth, is_question=False)
            if depth == 0 and item.get("dimensions"):
                yield from self.lines(path, 1)
            yield from self._questions(str(item.get("name", "")), depth + 1)

    def _questions(self, dimension: str, depth: int) -> Iterator[WeightLine]:
        several = [one for one in self.sources if one.kind == "question" and dimension in _dimensions(one)]
        for source in several if len(several) > 1 else ():
            yield self._line(source.path, source.content, source.label, "number", None, depth, is_question=True)

    def _line(
        self, path: Path, item: Mapping[str, Any], title: str, reading: str, share: int | None, depth: int,
        *, is_question: bool,
    ) -> WeightLine:  # fmt: skip
        place = (*path, "weight")
        own = tuple(one for one in self.problems if one.path == place)
        value = "" if item.get("weight") is None else str(item["weight"])
        id = field_id(f"w{depth}-{title}", place)
        return WeightLine(id, field_name(reading, place), title, value, share, depth, is_question, own)


def _dimensions(source: EvidenceSource) -> frozenset[str]:
    return frozenset(str(one.get("dimension")) for one in (source.content, *(row.content for row in source.rows)))


def _weight(item: Mapping[str, Any]) -> int:
    """A dimension without a weight counts once."""
    amount = number(item.get("weight", 1))
    return int(amount) if amount is not None and amount > 0 else 1
