"""The document as a preview shows it: where words are still missing stand dots, and what is in focus always shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

DOTS = "…"
_REQUIRED = ("title", "text")
_CONDITIONS = ("show_if", "when", "formula")


def preview_document(document: Mapping[str, Any], question: str = "") -> dict[str, Any]:
    """`question`: the name of the question in focus, which shows whatever its conditions say."""
    filled = _filled(document)
    pages = filled.get("pages")
    if isinstance(pages, list):
        filled["pages"] = [_with_shown(page, question) for page in pages]
    return dict(filled)


def _filled(value: Any, key: str = "") -> Any:
    if key in _CONDITIONS:
        return value
    if isinstance(value, Mapping):
        inner = {name: _filled(one, _key_below(key, name)) for name, one in value.items()}
        return {name: one for name, one in inner.items() if one != "" or name in ("name", "id", "value")}
    if isinstance(value, list):
        return [_filled(one, key) for one in value]
    return DOTS if value == "" and key in _REQUIRED else value


def _key_below(key: str, name: object) -> str:
    """A text by language keeps the key that it stands under."""
    return (
        key
        if key in _REQUIRED and str(name)[:2].islower() and len(str(name).partition("-")[0]) in (2, 3)
        else str(name)
    )


def _with_shown(page: Any, question: str) -> Any:
    questions = page.get("questions") if isinstance(page, Mapping) else None
    is_here = isinstance(questions, list) and any(_is(one, question) for one in questions)
    if not question or not is_here:
        return page
    shown = [_bare(one) if _is(one, question) else one for one in questions or ()]
    return {**_bare(page), "questions": shown}


def _is(question: Any, name: str) -> bool:
    return isinstance(question, Mapping) and question.get("name") == name


def _bare(value: Mapping[str, Any]) -> dict[str, Any]:
    return {key: one for key, one in value.items() if key != "show_if"}
