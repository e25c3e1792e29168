"""Several answers, between `min` and `max`; an exclusive one stands alone."""

from __future__ import annotations

from typing import ClassVar, Literal

from questionnaire.core.survey.questions.choices import ChooseSeveral


class MultipleChoice(ChooseSeveral):
    """Several answers, between `min` and `max`; an exclusive one stands alone."""

    control: ClassVar[str] = "multiple_choice"

    type: Literal["multiple_choice"]
