"""A day, as ISO 8601."""

from __future__ import annotations

import datetime
from typing import ClassVar, Literal

from pydantic import model_validator

from questionnaire.core.base.authored import mistake
from questionnaire.core.survey.questions.question import Mistake, Question, Value, single


class Date(Question):
    """A day between `min` and `max`, both inside."""

    control: ClassVar[str] = "date"

    type: Literal["date"]
    min: datetime.date | None = None
    max: datetime.date | None = None

    @model_validator(mode="after")
    def _limits_fit(self) -> Date:
        if self.min and self.max and self.min > self.max:
            raise mistake("range", "`min` is after `max`", "swap them")
        return self

    def read(self, typed: object) -> Value | None | Mistake:
        typed = single(typed)
        if typed is None:
            return None
        try:
            day = datetime.date.fromisoformat(str(typed).strip())
        except ValueError:
            return Mistake("not_a_date", "Enter a date like 2026-10-02.")
        if self.min and day < self.min:
            return Mistake("too_early", "Choose %(low)s or later.", {"low": self.min.isoformat()})
        if self.max and day > self.max:
            return Mistake("too_late", "Choose %(high)s or earlier.", {"high": self.max.isoformat()})
        return day.isoformat()
