"""The texts of a score by how high it is, as a scale and a row for each band."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from questionnaire.core.editing.evidence_sources import evidence_sources
from questionnaire.core.editing.paths import Document, Path, find, has, identities, part_at, write_path
from questionnaire.core.survey.questions import REGISTRY
from questionnaire.core.survey.questions.editor import EditorField
from questionnaire.web.builder.form_fields import BuilderField, FieldMaker
from questionnaire.web.builder.problem_words import DraftProblem
from questionnaire.web.http.rendering import LETTERS

END = 100


@dataclass(frozen=True, slots=True)
class BandRow:
    """`start` and `width` are percentages of the scale, `rest` are its other fields, `answers` those that lead here."""

    path: str
    number: int
    start: int
    width: int
    begins: BuilderField
    text: BuilderField
    rest: tuple[BuilderField, ...]
    problems: tuple[DraftProblem, ...]
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BandTable:
    """`has_answers`: which answers lead to each band is known."""

    path: str
    rows: tuple[BandRow, ...]
    has_answers: bool = False


def band_table(maker: FieldMaker, keys: Sequence[EditorField], path: Path, dimension: str) -> BandTable:
    """`dimension`: the one whose score it is, "" for the overall score."""
    document = maker.document
    value = find(document, path) if has(document, path) else []
    items: list[Any] = value if isinstance(value, list) else []
    starts = [_start(item) for item in items]
    scores = _scores(document, dimension) if dimension else {}
    ends = [min((other for other in starts if other > start), default=END) for start in starts]
    rows = tuple(
        _row(maker, keys, (*path, step), number, (starts[number - 1], ends[number - 1]), scores)
        for number, step in enumerate(identities(items, part_at(document, path)), 1)
    )
    return BandTable(write_path(path), rows, bool(scores))


def _row(
    maker: FieldMaker, keys: Sequence[EditorField], path: Path, number: int, reach: tuple[int, int],
    scores: Mapping[str, Fraction],
) -> BandRow:  # fmt: skip
    fields = {key.key: maker.field(key, (*path, key.key)) for key in keys}
    start, end = reach
    is_last = end == END
    letters = tuple(
        letter for letter, score in scores.items() if start <= score and (score < end or (is_last and score <= end))
    )
    rest = tuple(field for key, field in fields.items() if key not in ("from", "text"))
    own = maker.own_problems(path, [key.key for key in keys])
    return BandRow(write_path(path), number, start, end - start, fields["from"], fields["text"], rest, own, letters)


def _start(item: Any) -> int:
    value = item.get("from") if isinstance(item, Mapping) else None
    return min(max(value, 0), END) if isinstance(value, int) and not isinstance(value, bool) else 0


def _scores(document: Document, dimension: str) -> dict[str, Fraction]:
    """Letter of an answer -> the score it leads to, of a dimension that one question of one answer counts for."""
    sources = [one for one in evidence_sources(document) if one.kind == "question"]
    counted = [
        one for one in sources
        if dimension in (one.content.get("dimension"), *(row.content.get("dimension") for row in one.rows))
    ]  # fmt: skip
    if len(counted) != 1 or counted[0].rows:
        return {}
    kind = REGISTRY.get(counted[0].type)
    worths = [answer.content.get("maturity") for answer in counted[0].answers]
    numbers = [worth if isinstance(worth, int) and not isinstance(worth, bool) else None for worth in worths]
    best = max((number for number in numbers if number is not None), default=0)
    if kind is None or kind.multiple or best <= 0:
        return {}
    return {
        LETTERS[index] if index < len(LETTERS) else str(index + 1): Fraction(100 * number, best)
        for index, number in enumerate(numbers)
        if number is not None
    }
