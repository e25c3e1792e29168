"""A value that comes with the link and is never shown."""

from __future__ import annotations

from typing import ClassVar, Literal

from questionnaire.core.survey.questions.text_input import Written


class Hidden(Written):
    """A value that comes with the link and is never shown."""

    control: ClassVar[str] = "hidden"
    asks: ClassVar[bool] = False
    visible: ClassVar[bool] = False

    type: Literal["hidden"]
