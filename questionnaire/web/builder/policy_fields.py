"""Fields of the parts of a policy, in a sales director’s words: numbers, choices, periods, terms and lists to tick."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.core.base.durations import SlaTime
from questionnaire.core.base.quantities import read_period
from questionnaire.core.base.translation import Translator
from questionnaire.core.documents.agreement.quantity_words import period_text, term_text
from questionnaire.core.editing.form_edits import value_at
from questionnaire.core.editing.outline import text_in
from questionnaire.core.editing.paths import Document, Path, find, has
from questionnaire.core.editing.typed_values import range_typed
from questionnaire.web.builder.form_fields import BuilderField, FieldMaker, field_id, field_name
from questionnaire.web.builder.options import Options

PERIODS = ("P7D", "P14D", "P30D", "P60D", "P90D", "P180D", "P365D", "P1M", "P3M", "P6M", "P9M", "P12M")
TERMS = ("30m", "1h", "2h", "4h", "8h", "1bh", "2bh", "4bh", "8bh", "1bd", "2bd", "3bd", "5bd")


@dataclass(frozen=True, slots=True)
class PolicyFields:
    """Makes the fields of one draft. Each takes the path of its value and a label."""

    maker: FieldMaker

    @property
    def words(self) -> Translator:
        return self.maker.words

    @property
    def document(self) -> Document:
        return self.maker.document

    def value(self, path: Path) -> Any:
        return value_at(self.document, path)

    def mapping(self, path: Path) -> Mapping[str, Any]:
        found = find(self.document, path) if has(self.document, path) else None
        return found if isinstance(found, Mapping) else {}

    def number(self, path: Path, label: str, *, required: bool = True) -> BuilderField:
        return self._field("whole_number", path, label, required=required)

    def word(self, path: Path, label: str, *, required: bool = False) -> BuilderField:
        return self._field("word", path, label, required=required)

    def lines(self, path: Path, label: str) -> BuilderField:
        """A list of words, separated by commas."""
        value = self.value(path)
        shown = ", ".join(map(str, value)) if isinstance(value, list) else text_in(value, "")
        return self._field("words", path, label, value=shown)

    def range(self, path: Path, label: str) -> BuilderField:
        """Two numbers, such as `10–49`."""
        return self._field("range", path, label, value=range_typed(self.value(path)))

    def group(self, path: Path, label: str, options: Iterable[tuple[str, str]]) -> BuilderField:
        """One or several of a list, of which one must be there. One is written alone."""
        value = self.value(path)
        chosen = [str(one) for one in value] if isinstance(value, list) else [str(value)]
        return BuilderField(field_name("picks", path, required=True), field_id("f", path), label, "picks",
                            "\n".join(chosen), tuple(options), True, "", self.maker.problems_at(path))  # fmt: skip

    def text(self, path: Path, label: str, *, required: bool = False) -> BuilderField:
        language = self.maker.choosable.language
        raw = self.value(path)
        value = str(raw.get(language, "")) if isinstance(raw, Mapping) else text_in(raw, language)
        name = field_name("text", path, language, required=required)
        problems = self.maker.problems_at(path)
        return BuilderField(name, field_id(language, path), label, "text", value, (), required, "", problems)

    def switch(self, path: Path, label: str) -> BuilderField:
        return self._field("switch", path, label, value="true" if self.value(path) is True else "")

    def choice(self, path: Path, label: str, options: Iterable[tuple[str, str]], *, empty: str = "") -> BuilderField:
        """One of several words. `empty`: what nothing means, where that can be chosen."""
        return self._select("word", path, label, self._shown(path), options, empty)

    def pairs(self, path: Path, label: str, options: Iterable[tuple[str, str]]) -> BuilderField:
        """A value such as `{pool: dach}`, chosen as `pool dach`."""
        raw = self.value(path)
        value = (
            " ".join(f"{key} {inner}" for key, inner in raw.items()) if isinstance(raw, Mapping) else text_in(raw, "")
        )
        return self._select("pairs", path, label, value, options, "")

    def picks(self, path: Path, label: str, options: Iterable[tuple[str, str]]) -> BuilderField:
        """Several of a list."""
        value = self.value(path)
        chosen = [str(one) for one in value] if isinstance(value, list) else []
        known = tuple(options)
        strange = tuple((one, one) for one in chosen if one not in dict(known))
        return BuilderField(field_name("picks", path), field_id("f", path), label, "picks", "\n".join(chosen),
                            (*known, *strange), False, "", self.maker.problems_at(path))  # fmt: skip

    def period(self, path: Path, label: str, *, empty: str = "") -> BuilderField:
        options = [(raw, period_text(read_period(raw), self.words)) for raw in PERIODS]
        return self._select("word", path, label, self._shown(path), options, empty, self._period)

    def term(self, path: Path, label: str, *, empty: str = "") -> BuilderField:
        options = [(raw, term_text(SlaTime.parse(raw), self.words)) for raw in TERMS]
        return self._select("word", path, label, self._shown(path), options, empty, self._term)

    def _period(self, raw: str) -> str:
        try:
            return period_text(read_period(raw), self.words)
        except ValueError:
            return raw

    def _term(self, raw: str) -> str:
        try:
            return term_text(SlaTime.parse(raw), self.words)
        except ValueError:
            return raw

    def _shown(self, path: Path) -> str:
        return text_in(self.value(path), "")

    def _select(
        self, reading: str, path: Path, label: str, value: str, options: Iterable[tuple[str, str]], empty: str,
        said: Any = str,
    ) -> BuilderField:  # fmt: skip
        known: Options = tuple(options)
        strange = ((value, said(value)),) if value and value not in dict(known) else ()
        first = (("", empty),) if empty or not value else ()
        return BuilderField(field_name(reading, path), field_id("f", path), label, "select", value,
                            (*first, *strange, *known), False, "", self.maker.problems_at(path))  # fmt: skip

    def _field(
        self, reading: str, path: Path, label: str, *, required: bool = False, value: str | None = None
    ) -> BuilderField:  # fmt: skip
        shown = self._shown(path) if value is None else value
        name = field_name(reading, path, required=required)
        problems = self.maker.problems_at(path)
        return BuilderField(name, field_id("f", path), label, reading, shown, (), required, "", problems)
