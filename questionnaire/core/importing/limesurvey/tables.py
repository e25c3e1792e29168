"""The tables of an export: rows by what they belong to, and texts in every language.

Since LimeSurvey 4 texts are in tables of their own (`question_l10ns`); before, each row stood once for each language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from questionnaire.core.importing.names import language_tag
from questionnaire.core.importing.source import SourceItem

_L10N = {"groups": "gid", "questions": "qid", "subquestions": "qid", "answers": "aid"}
_L10N_TABLES = {
    "groups": "group_l10ns", "questions": "question_l10ns", "subquestions": "question_l10ns", "answers": "answer_l10ns",
}  # fmt: skip


@dataclass(slots=True)
class Record:
    """One group, question, subquestion or answer: its row, and the rows with its texts."""

    row: SourceItem
    translations: list[SourceItem] = field(default_factory=list)

    @property
    def code(self) -> str:
        return self.row.text("title", "code")

    def texts_of(self, column: str, first: str) -> Mapping[str, str]:
        """The text of a column by language; one without a language is in the first."""
        found: dict[str, str] = {}
        for item in (*self.translations, self.row):
            language = language_tag(item.text("language")) or first
            text = item.text(column)
            if text:
                found.setdefault(language, text)
        return found


class Tables:
    """Every table of an export."""

    def __init__(self, source: SourceItem) -> None:
        self.source = source
        self.rows = {name: source.items(name) for name, value in source.raw.items()
                     if isinstance(value, list | tuple) and name != "languages"}  # fmt: skip
        self.l10n = {name: self._by(table, _L10N[name]) for name, table in _L10N_TABLES.items()}
        self.groups = self._records("groups", ("gid",), "group_order")
        self.questions = self._records("questions", ("qid",), "question_order")
        self.subquestions = self._records("subquestions", ("qid",), "question_order")
        self.answers = self._records("answers", ("qid", "code", "scale_id"), "sortorder")
        self.attributes = self._attributes()

    def of(self, table: str) -> list[SourceItem]:
        return self.rows.get(table, [])

    def _by(self, table: str, key: str) -> dict[str, list[SourceItem]]:
        found: dict[str, list[SourceItem]] = {}
        for row in self.of(table):
            row.skip("id")
            found.setdefault(row.text(key), []).append(row)
        return found

    def _records(self, table: str, keys: tuple[str, ...], order: str) -> list[Record]:
        """The records of a table in their order. Rows of one key are one record in several languages."""
        records: dict[tuple[str, ...], Record] = {}
        for row in self.of(table):
            key = tuple(row.text(name) for name in keys)
            known = records.get(key)
            if known is None:
                l10n = row.text(_L10N[table])
                texts = self.l10n[table].get(l10n, []) if l10n else []
                records[key] = Record(row, list(texts))
            else:
                known.translations.append(row)
                _same(row, known.row)
        return sorted(records.values(), key=lambda record: record.row.number(order) or 0)

    def _attributes(self) -> dict[str, dict[str, SourceItem]]:
        found: dict[str, dict[str, SourceItem]] = {}
        for row in self.of("question_attributes"):
            key = row.text("attribute")
            language = row.text("language")
            name = f"{key}:{language_tag(language) or ''}" if language else key
            found.setdefault(row.text("qid"), {})[name] = row
        return found


def _same(row: SourceItem, first: SourceItem) -> None:
    """Marks what a row of another language repeats."""
    row.keys |= {key for key, value in row.raw.items() if value == first.raw.get(key)}


@dataclass(slots=True)
class Attributes:
    """The attributes of one question; what is asked for is marked as read."""

    rows: Mapping[str, SourceItem]

    def text(self, name: str) -> str:
        row = self.rows.get(name)
        return row.text("value") if row is not None else ""

    def texts_of(self, name: str, first: str) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for key, row in self.rows.items():
            base, _, language = key.partition(":")
            if base == name and (text := row.text("value")):
                found[language or first] = text
        return found

    def number(self, name: str) -> Any:
        row = self.rows.get(name)
        return row.number("value") if row is not None else None

    def rest(self) -> list[SourceItem]:
        """Those that were not asked for and say something."""
        return [row for row in self.rows.values() if "value" not in row.keys and row.has("value")]
