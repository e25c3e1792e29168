"""A number the prospect types."""

from __future__ import annotations

from typing import ClassVar, Literal

from questionnaire.core.survey.questions.amounts import Amount


class Number(Amount):
    """A number the prospect types."""

    control: ClassVar[str] = "number"

    type: Literal["number"]
