"""How likely to recommend, from 0 to 10."""

from __future__ import annotations

from typing import ClassVar, Literal

from questionnaire.core.survey.questions.amounts import OnAScale


class Nps(OnAScale):
    """How likely to recommend, from 0 to 10."""

    control: ClassVar[str] = "nps"

    type: Literal["nps"]

    @property
    def ends(self) -> tuple[int, int]:
        return 0, 10
