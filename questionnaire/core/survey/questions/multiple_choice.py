"""Several answers, between `min` and `max`; an exclusive one stands alone."""

from __future__ import annotations

from typing import ClassVar, Literal

from questionnaire.core.base.quantities import Exact
from questionnaire.core.survey.questions.choose_several import ChooseSeveral


class MultipleChoice(ChooseSeveral):
    """Several answers, between `min` and `max`; an exclusive one stands alone."""

    control: ClassVar[str] = "multiple_choice"

    type: Literal["multiple_choice"]
    none_is: Literal["zero", "unanswered"] = "zero"

    @property
    def worth_of_none(self) -> tuple[Exact, Exact] | None:
        counts = self.dimension is not None and self.best and not self.required and self.none_is == "zero"
        return (0, self.best) if counts else None
