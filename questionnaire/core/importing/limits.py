"""Limits of a survey, kept: what is too many is left out with a note that names it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from questionnaire.core.importing.draft import SurveyDraft

MOST_PAGES, MOST_QUESTIONS, MOST_CHOICES, MOST_ROWS = 100, 200, 200, 50
_MOST_OF_SURVEY: Mapping[str, int] = {"endings": 20, "calculated": 50}


def keep_limits(document: dict[str, Any], draft: SurveyDraft) -> dict[str, Any]:
    """The document with no more of anything than a survey may have, and without pages that ask nothing."""
    pages = []
    for page in document["pages"]:
        place = draft.places.get(f"page {page['name']}", "")
        if page["questions"]:
            pages.append(page)
            continue
        if page.get("title"):
            draft.notes.add("page_empty", place, title=_words(page))
    for page in pages:
        page["questions"] = _cut(page["questions"], MOST_QUESTIONS, draft, draft.places.get(f"page {page['name']}", ""))
        for question in page["questions"]:
            place = draft.places.get(question["name"], "")
            for key, most in (("choices", MOST_CHOICES), ("rows", MOST_ROWS)):
                if isinstance(question.get(key), list):
                    question[key] = _cut(question[key], most, draft, place)
    cut = {key: _cut(document[key], most, draft, key) for key, most in _MOST_OF_SURVEY.items() if key in document}
    return {**document, **cut, "pages": _cut(pages, MOST_PAGES, draft, "pages")}


def _cut(items: list[dict[str, Any]], most: int, draft: SurveyDraft, place: str) -> list[dict[str, Any]]:
    for one in items[most:]:
        draft.notes.add("list_cut", place, most=most, rest=_words(one))
    return items[:most]


def _words(item: Mapping[str, Any]) -> str:
    """Every text in an item that is left out."""

    def texts(value: Any) -> list[str]:
        if isinstance(value, Mapping):
            return [text for part in value.values() for text in texts(part)]
        if isinstance(value, list):
            return [text for part in value for text in texts(part)]
        return [value] if isinstance(value, str) else []

    return ", ".join(texts({key: item[key] for key in ("title", "text", "questions", "name") if key in item}))
