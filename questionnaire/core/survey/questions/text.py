"""A short text on one line."""

from __future__ import annotations

from typing import ClassVar, Literal

from questionnaire.core.survey.questions.text_input import Written


class Text(Written):
    """A short text on one line."""

    control: ClassVar[str] = "text"
    open_ended: ClassVar[bool] = True

    type: Literal["text"]
