"""Stars, from 1 to `to`."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from questionnaire.core.survey.questions.amounts import OnAScale


class Rating(OnAScale):
    """Stars, from 1 to `to`."""

    control: ClassVar[str] = "rating"

    type: Literal["rating"]

    to: int = Field(default=5, ge=2, le=10)

    @property
    def ends(self) -> tuple[int, int]:
        return 1, self.to
