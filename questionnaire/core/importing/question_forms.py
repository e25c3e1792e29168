"""Forms of questions that several sources need: statements, scales, dimensions, and texts as blocks of the result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from questionnaire.core.importing.draft import SurveyDraft
from questionnaire.core.importing.names import plain_name
from questionnaire.core.importing.texts import AuthoredText

LONGEST_TITLE = 200


def with_text(**keys: Any) -> dict[str, Any]:
    """The keys that have a value."""
    return {key: value for key, value in keys.items() if value is not None and value != "" and value is not False}


def statement(
    draft: SurveyDraft, words: Mapping[str, str] | str, place: str, wish: str, title: AuthoredText | None = None
) -> dict[str, Any] | None:
    """A text between questions; None without a text. A long one has its first line as its title."""
    text = draft.text(words, place, lines=True)
    if text is None and title is None:
        return None
    first, rest = (title, text) if title is not None or text is None else split_title(text)
    name = draft.names.take(plain_name(wish, "statement"))
    question = with_text(name=name, type="statement", title=first, help=rest)
    draft.add(name, question, place)
    return question


def split_title(text: AuthoredText) -> tuple[AuthoredText, AuthoredText | None]:
    """The first line of a text in each language, and what follows it."""
    by_language = {"": text} if isinstance(text, str) else text
    parts = {tag: _split(words) for tag, words in by_language.items()}
    titles = {tag: first for tag, (first, _) in parts.items()}
    rests = {tag: rest for tag, (_, rest) in parts.items() if rest}
    if isinstance(text, str):
        return titles[""], rests.get("")
    first = next(iter(titles))
    # A text needs its first language; where only another one is long, that one stays whole.
    if rests and first not in rests:
        return text, None
    return titles, rests or None


def _split(text: str) -> tuple[str, str]:
    first, _, rest = text.partition("\n")
    if len(first) > LONGEST_TITLE and ". " in first[:LONGEST_TITLE]:
        at = first[:LONGEST_TITLE].rindex(". ") + 1
        first, rest = first[:at], f"{first[at:].strip()}\n{rest}".strip()
    return first.strip(), rest.strip()


def scale(
    draft: SurveyDraft, low: float, high: float, step: float, place: str, *, stars: bool = False
) -> dict[str, Any]:
    """Type and ends of a question with points from `low` to `high`."""
    if low > high:
        low, high = high, low
    if step != 1 or low != int(low) or high != int(high) or not 1 <= high - low <= 20 or low < -10 or high > 100:
        if high == low:
            high = low + 1
        draft.notes.add("scale_changed", place)
        return with_text(type="slider", step=step if step not in (0, 1) else None) | {"min": low, "max": high}
    if stars and low == 1 and 2 <= high <= 10:
        return {"type": "rating", "to": int(high)}
    if (low, high) == (0, 10):
        return {"type": "nps"}
    return {"type": "scale", "from": int(low), "to": int(high)}


def ends_of(question: Mapping[str, Any]) -> tuple[int, int]:
    """The ends of a question made by `scale`."""
    if question["type"] == "nps":
        return 0, 10
    low = question.get("from", question.get("min", 1))
    return int(low), int(question.get("to", question.get("max", 5)))


def dimension(draft: SurveyDraft, name: str, title: AuthoredText, place: str) -> str:
    """The dimension of this name, which is added at its first use."""
    known = draft.document.setdefault("dimensions", [])
    name = plain_name(name, "score")
    name = "points" if name == "score_answer" else name
    if not any(one["name"] == name for one in known):
        known.append({"name": name, "title": title})
        draft.notes.add("score_dimension", place, name=title, dimension=name)
    return name


def result_block(draft: SurveyDraft, text: AuthoredText, place: str, **keys: Any) -> dict[str, Any]:
    """A section of the result page."""
    blocks = draft.document.setdefault("report", {}).setdefault("content_blocks", [])
    block = with_text(id=f"result_{len(blocks) + 1}", text=text, on="page", **keys)
    blocks.append(block)
    title = keys.get("title") or text
    draft.notes.add("result_changed", place, title=title if isinstance(title, str) else next(iter(title.values())))
    return block


def whole(value: float | None, least: int, most: int) -> int | None:
    """A whole number between two limits, or None."""
    return None if value is None else int(min(max(value, least), most))
