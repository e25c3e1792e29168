"""Where a text stands, in an author's words: “Question 5, Lead scoring” and “answer B, text”."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.core.base.translation import Translator
from questionnaire.core.editing.document_texts import DocumentText
from questionnaire.core.editing.outline import author_name, outline, questions_in
from questionnaire.core.editing.paths import Document, Path
from questionnaire.web.builder.place_words import key_name
from questionnaire.web.http.rendering import LETTERS


@dataclass(frozen=True, slots=True)
class TextPlace:
    """`group`: what the text belongs to, with `at`, the place that the editor opens for it."""

    group: str
    at: Path
    name: str


class TextPlaces:
    """Names places of one document; its outline is read once."""

    def __init__(self, document: Document, words: Translator, language: str) -> None:
        self.words = words
        pages = outline(document, language)
        self.questions = {one.path: one for one in questions_in(pages)}
        self.pages = {one.path: one for one in pages}

    def place(self, text: DocumentText) -> TextPlace:
        words, path = self.words, text.path
        question, page = self.questions.get(path[:4]), self.pages.get(path[:2])
        if question is not None:
            name = question.label
            group = words("Question %(n)s, %(name)s", n=question.number, name=name) if question.number else name
            return TextPlace(group, question.path, self._name(text, 2))
        if page is not None:
            return TextPlace(words("Page %(name)s", name=page.label), page.path, self._name(text, 1))
        if len(text.trail) == 1 and text.trail[0][1] is None:
            return TextPlace(words("Title and display"), ("survey",), self._name(text, 0))
        top = text.trail[0]
        return TextPlace(key_name(top[0], words), (top[0],), self._name(text, 0 if top[1] is not None else 1))

    def _name(self, text: DocumentText, start: int) -> str:
        steps = text.trail[start:]
        # A group with one text is named by itself: "advice", not "advice, text".
        if len(steps) > 1 and steps[-1][0] == "text" and steps[-2][0] == "advice":
            steps = steps[:-1]
        parts = [self._step(*step) for step in steps]
        found = ", ".join(part for part in parts if part)
        return found[:1].upper() + found[1:]

    def _step(self, key: str, number: int | None, item: Any) -> str:
        words = self.words
        if number is None:
            return "" if key in ("choices", "with", "rows", "fields") else key_name(key, words).lower()
        if key == "choices":
            return words("answer %(letter)s", letter=LETTERS[number] if number < len(LETTERS) else str(number + 1))
        name = author_name(item) if isinstance(item, Mapping) and isinstance(item.get("name"), str) else ""
        return name or words("%(what)s %(n)s", what=key_name(key, words).lower(), n=number + 1)
