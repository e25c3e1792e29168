"""The texts of a draft side by side in its first language and in others: what is missing, what is out of date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from questionnaire.core.editing.document_texts import DocumentText
from questionnaire.core.editing.paths import Path, write_path
from questionnaire.core.editing.translations import TranslationState, lost_placeholders, state_in
from questionnaire.web.builder.form_fields import field_id, field_name
from questionnaire.web.builder.text_places import TextPlaces

PER_PAGE = 150
FILTERS = ("all", "missing", "outdated")


@dataclass(frozen=True, slots=True)
class TextCell:
    """`outdated`: the original changed after this was translated. `lost`: placeholders of the original that it lacks.
    `stands`: the words that are shown where nothing is written."""

    id: str
    name: str
    language: str
    value: str
    state: TranslationState
    outdated: bool = False
    lost: tuple[str, ...] = ()
    stands: str = ""


@dataclass(frozen=True, slots=True)
class TextLine:
    id: str
    path: str
    place: str
    cells: tuple[TextCell, ...]


@dataclass(frozen=True, slots=True)
class TextGroup:
    title: str
    at: str
    lines: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class LanguageCount:
    """Of one language: how many of its texts are missing or out of date."""

    language: str
    texts: int
    missing: int
    outdated: int


class LanguageView:
    """`shown`: the languages beside the first one. `out_of_date`: the paths of outdated texts, by language."""

    def __init__(
        self, texts: tuple[DocumentText, ...], places: TextPlaces, languages: tuple[str, ...], shown: tuple[str, ...],
        out_of_date: Mapping[str, frozenset[Path]],
    ) -> None:  # fmt: skip
        self.texts, self.places, self.first, self.shown = texts, places, languages[0], shown
        self.out_of_date = out_of_date

    def counts(self) -> tuple[LanguageCount, ...]:
        return tuple(self._count(language) for language in self.shown)

    def _count(self, language: str) -> LanguageCount:
        states = [state_in(text, self.first, language) for text in self.texts]
        written = sum(state != "empty" for state in states)
        late = self.out_of_date.get(language, frozenset())
        return LanguageCount(language, written, states.count("missing"), len(late))

    def matching(self, only: str) -> tuple[DocumentText, ...]:
        return tuple(text for text in self.texts if self._fits(text, only))

    def _fits(self, text: DocumentText, only: str) -> bool:
        if only == "missing":
            return any(state_in(text, self.first, language) == "missing" for language in self.shown)
        if only == "outdated":
            return any(text.path in self.out_of_date.get(language, ()) for language in self.shown)
        return True

    def groups(self, texts: tuple[DocumentText, ...]) -> tuple[TextGroup, ...]:
        named = [(self.places.place(text), text) for text in texts]
        return tuple(
            TextGroup(group, write_path(at), tuple(self._line(text, place.name) for place, text in several))
            for (group, at), several in groupby(named, lambda one: (one[0].group, one[0].at))
        )

    def _line(self, text: DocumentText, place: str) -> TextLine:
        return TextLine(field_id("t", text.path), write_path(text.path), place, tuple(self._cells(text)))

    def _cells(self, text: DocumentText) -> Iterator[TextCell]:
        original = text.in_language(self.first)
        name = field_name("text", text.path, self.first, required=text.required)
        yield TextCell(field_id(self.first, text.path), name, self.first, original, "done")
        for language in self.shown:
            state = state_in(text, self.first, language)
            value = "" if text.is_same_everywhere else text.in_language(language)
            late = text.path in self.out_of_date.get(language, ())
            lost = lost_placeholders(original, value) if value else ()
            stands = original if state == "same" else ""
            name = field_name("text", text.path, language, required=text.required)
            yield TextCell(field_id(language, text.path), name, language, value, state, late, lost, stands)
