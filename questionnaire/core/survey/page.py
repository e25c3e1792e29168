"""A screen of questions."""

from __future__ import annotations

from functools import cached_property

from pydantic import Field

from questionnaire.core.base.authored import Authored, When
from questionnaire.core.base.conditions import All
from questionnaire.core.base.texts import LocalizedText
from questionnaire.core.survey.questions import AnyQuestion, Name, Question
from questionnaire.core.survey.questions.identifiers import AuthorLabel


class Page(Authored):
    """A screen of questions. Its `show_if` holds for each of them: without a question to ask it is not shown."""

    name: Name
    title: LocalizedText | None = None
    label: AuthorLabel | None = None
    show_if: When | None = None
    questions: tuple[AnyQuestion, ...] = Field(min_length=1, max_length=200)

    @cached_property
    def conditional_questions(self) -> tuple[Question, ...]:
        """The questions, each under the page's condition and its own."""
        if self.show_if is None:
            return self.questions
        return tuple(_under(self.show_if, question) for question in self.questions)


def _under(condition: When, question: Question) -> Question:
    own = question.show_if
    both = condition if own is None else All((condition, own))
    values = {name: getattr(question, name) for name in type(question).model_fields}
    return type(question).model_construct(question.model_fields_set | {"show_if"}, **{**values, "show_if": both})
