"""A text of several lines."""

from __future__ import annotations

from typing import ClassVar, Literal

from questionnaire.core.survey.questions.text_input import Written


class LongText(Written):
    """A text of several lines."""

    control: ClassVar[str] = "long_text"
    open_ended: ClassVar[bool] = True

    type: Literal["long_text"]

    longest: ClassVar[int] = 2000
    lines: ClassVar[bool] = True
