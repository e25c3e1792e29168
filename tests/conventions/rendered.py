"""One question as its page shows it, and whether a key that its author wrote makes a difference there."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import escape
from pydantic import ValidationError

from questionnaire.core.base.translation import NO_PHRASES
from questionnaire.core.survey.questions import REGISTRY
from questionnaire.templating import words_for
from questionnaire.web.http import rendering
from questionnaire.web.survey_page.answer_form import AnswerForm
from questionnaire.web.survey_page.wording import Wording

PAGE = '{% from "macros/question.html" import question %}{{ question(field) }}'
# What a published picture is called; that of an author is shown only once it is published.
PICTURE = "0" * 32 + "-8x8.webp"
Place = tuple[str | int, ...]


def html_of(raw: Mapping[str, Any], language: str = "en") -> str:
    """The markup of a question that nothing was typed in."""
    question = REGISTRY[raw["type"]].model_validate(raw)
    form = AnswerForm([(question, "")], Wording(language), words_for(language))
    form.process()
    return "".join(
        rendering._environment(language, NO_PHRASES).from_string(PAGE).render(field=field, page_language=language)
        for field in form.answer_fields
    )


def is_shown(raw: Mapping[str, Any], place: Place) -> bool:
    """Whether the page changes with the value at this place, or has it when nothing else can be written there."""
    page, changed = html_of(raw), False
    for other in _variants(raw, place):
        try:
            changed = html_of(other) != page
        except ValidationError:
            continue
        if changed:
            return True
    return all(str(escape(word)) in page for word in _scalars(_at(raw, place))) and not _can_be_left_out(raw, place)


def _variants(raw: Mapping[str, Any], place: Place) -> Iterator[dict[str, Any]]:
    """The question without the value, and with another number in its place: a default may have been written."""
    yield _without(raw, place)
    value = _at(raw, place)
    for step in (1, -1) if isinstance(value, int) and not isinstance(value, bool) else ():
        other = copy.deepcopy(dict(raw))
        _at(other, place[:-1])[place[-1]] = value + step
        yield other


def _can_be_left_out(raw: Mapping[str, Any], place: Place) -> bool:
    try:
        html_of(_without(raw, place))
    except ValidationError:
        return False
    return True


def _without(raw: Mapping[str, Any], place: Place) -> dict[str, Any]:
    other = copy.deepcopy(dict(raw))
    del _at(other, place[:-1])[place[-1]]
    return other


def _at(raw: Any, place: Place) -> Any:
    for step in place:
        raw = raw[step]
    return raw


def _scalars(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for one in value.values():
            yield from _scalars(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _scalars(one)
    else:
        yield str(value)


def published(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The question with pictures that a page can show."""
    other = copy.deepcopy(dict(raw))
    for choice in (other, *other.get("choices", ())):
        if "image" in choice:
            choice["image"] = PICTURE
    return other
