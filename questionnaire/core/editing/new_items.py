"""What is new in a document: blank surveys, pages, questions and answers, copies, and answers from a pasted list."""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from questionnaire.core.editing.mentions import uses
from questionnaire.core.editing.outline import languages_of
from questionnaire.core.editing.paths import Document
from questionnaire.core.survey.choice_sets import resolve_sets
from questionnaire.core.survey.questions import REGISTRY, ChoiceQuestion
from questionnaire.core.survey.questions.editor import EditorField

LONGEST_NAME = 40
MOST_PASTED = 100
_STARTS: Mapping[str, Mapping[str, Any]] = {
    "slider": {"min": 0, "max": 100, "step": 1}, "rating": {"to": 5}, "scale": {"from": 1, "to": 5},
}  # fmt: skip
"""What a new question of a type starts with besides its name and title."""


def name_of(text: str, taken: Collection[str], fallback: str) -> str:
    """A name made of the first words of a text, which nothing else has: `Über uns` -> `uber_uns`."""
    plain = unicodedata.normalize("NFKD", re.sub(r"\W+", " ", text)).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "_", plain)[:LONGEST_NAME].strip("_")
    if not base or not base[0].isalpha():
        base = f"{fallback}_{base}" if base else fallback
    return unique(base, taken)


def unique(base: str, taken: Collection[str], joint: str = "_") -> str:
    if base not in taken:
        return base
    return next(name for number in range(2, len(taken) + 3) if (name := f"{base}{joint}{number}") not in taken)


def answer_names(document: Document) -> frozenset[str]:
    """The names of all questions, fields and calculated values, and whatever is mentioned as such."""
    return frozenset(use.name for use in uses(document) if use.kind == "answer")


def blank_text(languages: Sequence[str]) -> Any:
    return {languages[0]: ""} if len(languages) > 1 else ""


def new_question(document: Document, type_: str, languages: Sequence[str]) -> dict[str, Any]:
    """A question without words: the checks ask for them."""
    name = unique(type_, answer_names(document))
    question: dict[str, Any] = {"name": name, "type": type_, "title": blank_text(languages)}
    kind = REGISTRY[type_]
    question |= _STARTS.get(type_, {})
    field = kind.model_fields.get("choices")
    if field is not None and (issubclass(kind, ChoiceQuestion) or field.is_required()) and type_ != "yes_no":
        question["choices"] = [new_choice((), languages), new_choice(("a",), languages)]
    rows = kind.model_fields.get("rows")
    if rows is not None and rows.is_required():
        question["rows"] = [{"name": "row", "text": blank_text(languages)}]
    return question


def new_choice(values: Collection[str], languages: Sequence[str]) -> dict[str, Any]:
    letters = [chr(code) for code in range(ord("a"), ord("z") + 1)]
    value = next((letter for letter in letters if letter not in values), unique("answer", values))
    return {"value": value, "text": blank_text(languages)}


def pasted_choices(typed: str, choices: Sequence[Any], languages: Sequence[str], language: str) -> list[dict[str, Any]]:
    """One answer for each line. Texts that an answer has already are left out, and so are bullets and numbers."""
    values = {str(one.get("value")) for one in choices if isinstance(one, Mapping)}
    texts = {_words(one.get("text")) for one in choices if isinstance(one, Mapping)}
    found: list[dict[str, Any]] = []
    for line in typed.splitlines():
        text = re.sub(r"^\s*(?:[-*•–]|\d{1,3}[.)]|[A-Za-z][.)])\s+", "", line).strip()
        if not text or text in texts or len(found) >= MOST_PASTED:
            continue
        value = name_of(text, values, "answer")
        values.add(value)
        texts.add(text)
        found.append({"value": value, "text": {language: text} if len(languages) > 1 else text})
    return found


def _words(text: Any) -> str:
    return str(next(iter(text.values()), "") if isinstance(text, Mapping) else text)


def is_blank(choice: Any) -> bool:
    """Whether it says nothing yet."""
    if not isinstance(choice, Mapping) or not set(choice) <= {"value", "text"}:
        return False
    text = choice.get("text")
    return not (any(text.values()) if isinstance(text, Mapping) else text)


def copied_question(document: Document, question: Mapping[str, Any]) -> dict[str, Any]:
    copied = copy.deepcopy(dict(question))
    copied["name"] = unique(re.sub(r"_\d+$", "", str(question.get("name") or "question")), answer_names(document))
    return copied


def question_from(source: Document, question: Mapping[str, Any], document: Document) -> dict[str, Any]:
    """A question of another survey: with the answers of its shared set, in the languages of this one, and without
    conditions, which name questions that are not here."""
    sets = {"choice_sets": source.get("choice_sets", {}), "pages": [{"questions": [question]}]}
    own = resolve_sets(sets)["pages"][0]["questions"][0]
    spoken, wanted = languages_of(source), languages_of(document)
    copied = copied_question(document, _translated(own, spoken, wanted))
    copied["name"] = unique(str(question.get("name") or "question"), answer_names(document))
    return copied


def _translated(value: Any, spoken: Sequence[str], wanted: Sequence[str]) -> Any:
    """Texts by language in the languages that are wanted; the first one is never empty."""
    if isinstance(value, list):
        return [_translated(one, spoken, wanted) for one in value]
    if not isinstance(value, Mapping):
        return value
    if value and set(value) <= set(spoken):
        texts = {tag: value[tag] for tag in wanted if tag in value}
        first = texts.get(wanted[0], next(iter(value.values())))
        return {wanted[0]: first, **texts} if len(wanted) > 1 else first
    return {key: _translated(one, spoken, wanted) for key, one in value.items() if key != "show_if"}


def new_page(document: Document, languages: Sequence[str]) -> dict[str, Any]:
    """A page has a question, so that it can be shown."""
    names = {str(page.get("name")) for page in document.get("pages", ()) if isinstance(page, Mapping)}
    return {"name": unique("page", names), "questions": [new_question(document, "single_choice", languages)]}


def new_row(keys: Sequence[EditorField], languages: Sequence[str], taken: Collection[str]) -> dict[str, Any]:
    """A new value of a list, with its required keys."""
    return {key.key: _start(key, languages, taken) for key in keys if key.required}


def _start(key: EditorField, languages: Sequence[str], taken: Collection[str]) -> Any:
    if key.input == "text":
        return blank_text(languages)
    if key.input == "option":
        return next(iter(key.options), "")
    if key.input in ("number", "whole_number"):
        return 0
    if key.input == "rows":
        return [new_row(key.fields, languages, ())]
    if key.input in ("condition", "group", "labels", "lists"):
        return {}
    return unique("item" if key.key in ("name", "id") else key.key, taken) if key.key in ("name", "id", "value") else ""


def new_survey(id: str, title: str, policy: str, language: str, others: Sequence[str] = ()) -> dict[str, Any]:
    """One question and a contact step. `others`: languages that its texts are to be translated into."""
    languages = (language, *others)
    return {
        "schema": "survey/1",
        "id": id,
        "version": 1,
        "policy": policy,
        "languages": list(languages),
        "title": {language: title} if others else title,
        "pages": [{"name": "page", "questions": [
            {"name": "question", "type": "single_choice", "title": blank_text(languages), "choices": [
                {"value": "a", "text": blank_text(languages)}, {"value": "b", "text": blank_text(languages)}]}]}],
        "contact": {"fields": [
            {"name": "email", "type": "email", "required": True},
            {"name": "first_name", "type": "text"},
            {"name": "company", "type": "text"},
        ]},
    }  # fmt: skip
