"""Answers that several questions share: made of those of a question, used by another one, taken back as its own."""

from __future__ import annotations

from collections.abc import Mapping

from questionnaire.core.editing.edit import Change, set_
from questionnaire.core.editing.new_items import unique
from questionnaire.core.editing.paths import Document, Path, find, has, no_place
from questionnaire.core.survey.choice_sets import resolve_sets


def own_choices(document: Document, path: Path) -> Change:
    """The answers of a shared set as answers of the question itself."""
    question = find(document, path)
    if not isinstance(question, Mapping):
        raise no_place(path)
    sets = {"choice_sets": document.get("choice_sets", {}), "pages": [{"questions": [question]}]}
    choices = resolve_sets(sets)["pages"][0]["questions"][0].get("choices")
    return (set_((*path, "choices"), choices),) if isinstance(choices, list) else ()


def share_choices(document: Document, path: Path) -> Change:
    """The answers of a question as a shared set, which it uses from then on."""
    question = find(document, path)
    choices = question.get("choices") if isinstance(question, Mapping) else None
    if not isinstance(choices, list):
        raise no_place((*path, "choices"))
    sets = document.get("choice_sets")
    name = unique(str(question.get("name") or "answers"), set(sets) if isinstance(sets, Mapping) else ())
    new = set_(("choice_sets", name), choices) if isinstance(sets, Mapping) else set_(("choice_sets",), {name: choices})
    return (new, set_((*path, "choices"), name))


def use_choices(document: Document, path: Path, name: str) -> Change:
    """`argument`: the name of a shared set."""
    if not has(document, ("choice_sets", name)):
        raise no_place(("choice_sets", name))
    return (set_((*path, "choices"), name),)
