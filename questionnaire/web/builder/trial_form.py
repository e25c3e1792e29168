"""What someone answered in the preview of a draft: read from a form of the builder, and written back into one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import request

from questionnaire.core.base.text_cleaning import clean_text
from questionnaire.core.cases.trial import BESIDE, TrialInput
from questionnaire.core.survey.questions import Mistake, Question
from questionnaire.core.survey.survey import Survey
from questionnaire.web.survey_page.form_input import FormInput

LONGEST = 100_000
"""Characters of all answers together."""
LONGEST_ANSWER = 6_000
MOST_ANSWERS = 1_500

Typed = Mapping[str, list[str]]
"""Input name -> what was typed, as the survey's own form would send it."""


def read_typed(raw: str) -> Typed:
    """Pairs of name and text as JSON; whatever else comes is left out."""
    if not raw or len(raw) > LONGEST:
        return {}
    try:
        pairs = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    typed: dict[str, list[str]] = {}
    for pair in pairs[:MOST_ANSWERS] if isinstance(pairs, list) else ():
        if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair)):
            continue
        text = clean_text(pair[1], LONGEST_ANSWER, lines=True)
        if text and len(pair[0]) <= LONGEST_ANSWER:
            typed.setdefault(pair[0], []).append(text)
    return typed


def typed_here() -> Typed:
    """What a form of this request says was answered."""
    return read_typed(request.form.get("typed", ""))


def write_typed(typed: Typed) -> str:
    return json.dumps([[name, text] for name, texts in typed.items() for text in texts], ensure_ascii=False)


def trial_input(survey: Survey, typed: Typed, language: str, beside: Mapping[str, Any]) -> TrialInput:
    form = FormInput(typed)
    return TrialInput(form.answered(survey), form.contact(survey), language, beside)


def read_beside(raw: str) -> dict[str, Any]:
    """What else is known of the lead, from the form of a page that this product wrote."""
    try:
        read = json.loads(raw) if raw and len(raw) <= LONGEST else {}
    except (ValueError, RecursionError):
        return {}
    return {key: value for key, value in read.items() if key in (*BESIDE, "contact")} if isinstance(read, dict) else {}


def typed_of_case(survey: Survey, case: Mapping[str, Any]) -> Typed:
    """The answers of a case as the survey's form would send them; what cannot be answered there is left out."""
    fields = {one.name: one.question for one in survey.contact_fields}
    typed: dict[str, list[str]] = {}
    for name, raw in _flat(case.get("answers")).items():
        question = survey.question(name)
        typed |= {name: _texts(question, raw)} if question is not None or name.endswith(".other") else {}
    for name, raw in _flat(case.get("contact")).items():
        typed |= {name: _texts(fields[name], raw)} if name in fields else {}
    return {name: texts for name, texts in typed.items() if texts}


def _flat(raw: Any) -> dict[str, Any]:
    """By item name; the rows of a table may come below their question."""
    flat: dict[str, Any] = {}
    for name, value in raw.items() if isinstance(raw, Mapping) else ():
        rows = value.items() if isinstance(value, Mapping) else ()
        flat |= {f"{name}.{row}": one for row, one in rows} if rows else {str(name): value}
    return flat


def _texts(question: Question | None, raw: Any) -> list[str]:
    if raw is None:
        return []
    if isinstance(raw, list | tuple):
        return [str(one) for one in raw]
    read = question.read(raw) if question is not None else None
    if question is None or read is None or isinstance(read, Mistake | tuple):
        return [str(raw)]
    return ["yes" if read else "no"] if isinstance(read, bool) else [question.form_text(read)]
