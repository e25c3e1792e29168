"""A text between questions; nothing is asked."""

from __future__ import annotations

from typing import ClassVar, Literal

from questionnaire.core.survey.questions.question import Question


class Statement(Question):
    """A text between questions."""

    control: ClassVar[str] = "statement"
    asks: ClassVar[bool] = False

    type: Literal["statement"]

    @property
    def items(self) -> tuple[Question, ...]:
        return ()
