"""The fields of some questions as one form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms.form import BaseForm

from questionnaire.core.base.translation import Translator
from questionnaire.core.survey.questions import Question
from questionnaire.web.survey_page.fields import CONTROLS, AnswerField
from questionnaire.web.survey_page.wording import Wording


class AnswerForm(BaseForm):
    """Some questions of a survey, as fields, in order."""

    def __init__(self, questions: Iterable[tuple[Question, str]], wording: Wording, words: Translator) -> None:
        # Without a form WTForms makes a field unbound; the base form binds it under its name.
        unbound: dict[str, Any] = {
            question.name: CONTROLS[question.control](question=question, label=label, wording=wording, words=words)
            for question, label in questions
        }
        super().__init__(unbound)

    @property
    def answer_fields(self) -> Sequence[AnswerField]:
        return [field for field in self if isinstance(field, AnswerField)]

    def collected(self) -> dict[str, object]:
        return {name: value for field in self.answer_fields for name, value in field.collected().items()}
