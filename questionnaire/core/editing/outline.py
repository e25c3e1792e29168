"""The pages and questions of a survey's document with what an author calls them, as far as they can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from questionnaire.core.base.labels import humanize
from questionnaire.core.editing.paths import Document, Path, find, has, identities, part_at
from questionnaire.core.survey.questions import REGISTRY

LONGEST_TITLE = 48
_NUMBER = re.compile(r"_\d+$")
_SAY_NOTHING = frozenset({"question", *REGISTRY}) - {"country", "email", "phone", "consent"}
"""Names that new questions get of their type."""


@dataclass(frozen=True, slots=True)
class QuestionEntry:
    """`number` counts what is asked, None for what asks nothing. `label` is the short name for authors."""

    path: Path
    content: Mapping[str, Any]
    number: int | None
    label: str

    @property
    def type(self) -> str:
        return str(self.content.get("type", ""))

    @property
    def name(self) -> str:
        return str(self.content.get("name", ""))


@dataclass(frozen=True, slots=True)
class PageEntry:
    path: Path
    content: Mapping[str, Any]
    label: str
    questions: tuple[QuestionEntry, ...]


def outline(document: Document, language: str) -> tuple[PageEntry, ...]:
    """`language`: that of the titles of pages, which stand for a label."""
    pages: list[PageEntry] = []
    number = 0
    for path, page in entries(document, ("pages",)):
        questions: list[QuestionEntry] = []
        for place, question in entries(document, (*path, "questions")):
            kind = REGISTRY.get(str(question.get("type")))
            asks = kind is None or (kind.asks and kind.visible)
            number += asks
            questions.append(QuestionEntry(place, question, number if asks else None, author_name(question)))
        label = str(page.get("label") or text_in(page.get("title"), language) or _as_title(str(page.get("name", ""))))
        pages.append(PageEntry(path, page, label, tuple(questions)))
    return tuple(pages)


def questions_in(pages: Sequence[PageEntry]) -> tuple[QuestionEntry, ...]:
    return tuple(question for page in pages for question in page.questions)


def author_name(content: Mapping[str, Any]) -> str:
    """What authors call it: its label, else its name as words. A name that only repeats the type says less than the
    first words of the question."""
    name = str(content.get("name", ""))
    title = text_in(content.get("title"), "") if _NUMBER.sub("", name) in _SAY_NOTHING else ""
    return str(content.get("label") or _first_words(title) or _as_title(name))


def _first_words(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_TITLE else f"{words[:LONGEST_TITLE].rpartition(' ')[0]}…"


def _as_title(name: str) -> str:
    words = humanize(name)
    return words[:1].upper() + words[1:]


def entries(document: Document, path: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The mappings in a list of the document, each with its path; nothing where there is no list."""
    value = find(document, path) if has(document, path) else None
    if not isinstance(value, list):
        return
    for step, item in zip(identities(value, part_at(document, path)), value, strict=True):
        if isinstance(item, Mapping):
            yield (*path, step), item


def text_in(raw: Any, language: str) -> str:
    """A text as it stands in a document, in a language or else in the first one it has."""
    if isinstance(raw, Mapping):
        return str(raw.get(language) or next(iter(raw.values()), ""))
    return "" if raw is None or isinstance(raw, bool | list) else str(raw)


def languages_of(document: Document) -> tuple[str, ...]:
    """Those of a survey; of a policy, which names none, those that its texts are written in."""
    if str(document.get("schema", "")).startswith("policy"):
        return tuple(dict.fromkeys(["en", *_written(document)]))
    found = document.get("languages")
    tags = tuple(str(tag) for tag in found if isinstance(tag, str) and tag) if isinstance(found, list) else ()
    return tags or ("en",)


def _written(value: Any, key: str = "") -> Iterator[str]:
    """The languages of the texts in a policy."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if key in ("title", "phrase", "text"):
                yield str(name)
            else:
                yield from _written(inner, str(name))
    elif isinstance(value, list):
        for inner in value:
            yield from _written(inner)
