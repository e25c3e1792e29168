"""Every condition that decides what a form shows and where it ends."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaire.core.base.conditions import Condition
from questionnaire.core.survey.survey import Survey


def form_conditions(survey: Survey) -> Iterator[Condition]:
    """The conditions of pages, questions, choices, rows, contact fields, consents and endings."""
    for question in survey.questions:
        parts = (*question.answer_choices, *getattr(question, "rows", ())) if question.varies else ()
        yield from (part.show_if for part in (question, *parts) if part.show_if is not None)
    if survey.contact is not None:
        yield from (field.show_if for field in survey.contact.fields if field.show_if is not None)
        yield from (consent.show_if for consent in survey.contact.consents if consent.show_if is not None)
    yield from (ending.when for ending in survey.endings)
