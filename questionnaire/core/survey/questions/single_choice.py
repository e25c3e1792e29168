"""Radio rows: one answer of a few."""

from __future__ import annotations

from typing import ClassVar, Literal

from questionnaire.core.survey.questions.choices import ChooseOne


class SingleChoice(ChooseOne):
    """Radio rows: one answer of a few."""

    control: ClassVar[str] = "single_choice"

    type: Literal["single_choice"]
