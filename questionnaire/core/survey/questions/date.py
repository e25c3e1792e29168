"""A day, as ISO 8601."""

from __future__ import annotations

import datetime
from typing import ClassVar, Literal

from pydantic import model_validator

from questionnaire.core.base.authored import mistake
from questionnaire.core.base.formats import day_text, locale_of
from questionnaire.core.base.translation import Translator, gettext_noop
from questionnaire.core.survey.questions.question import Constraints, Kind, Mistake, Question, Value, single

EXAMPLE = datetime.date(2026, 10, 2)
NOT_A_DATE = Mistake("not_a_date", "Enter a date like 2026-10-02.")
EARLY, LATE = gettext_noop("Choose %(low)s or later."), gettext_noop("Choose %(high)s or earlier.")


class Date(Question):
    """A day between `min` and `max`, both inside."""

    control: ClassVar[str] = "date"
    kind: ClassVar[Kind] = "date"

    type: Literal["date"]
    min: datetime.date | None = None
    max: datetime.date | None = None

    @model_validator(mode="after")
    def _limits_fit(self) -> Date:
        if self.min and self.max and self.min > self.max:
            raise mistake("range", "`min` is after `max`", "swap them")
        return self

    @property
    def constraints(self) -> Constraints:
        return Constraints(min=self.min, max=self.max)

    def constraint_hint(self, words: Translator, language: str = "") -> str:
        locale = locale_of(words.language)
        low, high = (day_text(day, locale) if day else "" for day in (self.min, self.max))
        if low and high:
            return words("Between %(low)s and %(high)s.", low=low, high=high)
        if low:
            return words("On %(low)s or later.", low=low)
        return words("On %(high)s or earlier.", high=high) if high else ""

    def sample(self) -> object:
        return (self.min or self.max or EXAMPLE).isoformat()

    def say(self, value: Value, language: str) -> str:
        return day_text(datetime.date.fromisoformat(str(value)), locale_of(language))

    def read(self, typed: object, language: str = "") -> Value | None | Mistake:
        typed = single(typed)
        if typed is None:
            return None
        try:
            day = datetime.date.fromisoformat(str(typed).strip())
        except ValueError:
            return NOT_A_DATE
        locale = locale_of(language)
        if self.min and day < self.min:
            return Mistake("too_early", EARLY, {"low": day_text(self.min, locale)})
        if self.max and day > self.max:
            return Mistake("too_late", LATE, {"high": day_text(self.max, locale)})
        return day.isoformat()
