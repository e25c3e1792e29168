"""The fields of some questions as one form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms.form import BaseForm

from questionnaire.core.base.translation import Translator
from questionnaire.core.survey.answers import OTHER
from questionnaire.core.survey.questions import Question
from questionnaire.web.survey_page.fields import CONTROLS, AnswerField


class AnswerForm(BaseForm):
    """Some questions of a survey, as fields, in order."""

    def __init__(self, questions: Iterable[tuple[Question, str]], language: str, words: Translator) -> None:
        # Without a form WTForms makes a field unbound; the base form binds it under its name.
        unbound: dict[str, Any] = {
            question.name: CONTROLS[question.control](question=question, label=label, language=language, words=words)
            for question, label in questions
        }
        super().__init__(unbound)

    @property
    def answer_fields(self) -> Sequence[AnswerField]:
        return [field for field in self if isinstance(field, AnswerField)]

    def collected(self) -> dict[str, object]:
        return {name: value for field in self.answer_fields for name, value in field.collected().items()}


def posted_names(question: Question) -> Iterable[str]:
    """Every name under which a form may send something for this question."""
    names = [item.name for item in question.items] or [question.name]
    return [*names, question.name + OTHER] if question.answer_choices else names
