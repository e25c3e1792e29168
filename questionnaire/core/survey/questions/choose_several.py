"""Choosing several of the choices."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

from pydantic import Field, model_validator

from questionnaire.core.base.authored import mistake
from questionnaire.core.base.quantities import Exact
from questionnaire.core.base.translation import Translator
from questionnaire.core.survey.questions.choice import choice_value
from questionnaire.core.survey.questions.choices import ChoiceQuestion
from questionnaire.core.survey.questions.question import Constraints, Kind, Mistake, Value, single


class ChooseSeveral(ChoiceQuestion):
    """Several of the choices, in the order they are listed."""

    kind: ClassVar[Kind] = "choices"
    multiple: ClassVar[bool] = True

    min: int | None = Field(default=None, ge=0)
    max: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _range_fits(self) -> ChooseSeveral:
        most = self.max if self.max is not None else len(self.choices)
        if most > len(self.choices) or (self.min or 0) > most:
            hint = "keep 0 ≤ min ≤ max ≤ number of choices"
            raise mistake("range", "`min` and `max` do not fit the {n} choices", hint, n=len(self.choices))
        return self

    @property
    def constraints(self) -> Constraints:
        return Constraints(min=self.min, max=self.max)

    def constraint_hint(self, words: Translator, language: str = "") -> str:
        low, high = self.min, self.max
        if low and high:
            if low == high:
                return words("Choose %(n)s.", n=low)
            return words("Choose %(low)s to %(high)s.", low=low, high=high)
        if high:
            return words("Choose up to %(n)s.", n=high)
        return words("Choose at least %(n)s.", n=low) if low else words("Choose all that apply.")

    def sample(self) -> object:
        """The fewest choices that are an answer."""
        free = [choice.value for choice in self.choices if not choice.exclusive]
        return free[: max(self.min or 0, 1)] or [self.choices[0].value]

    def read(self, typed: object, language: str = "") -> Value | None | Mistake:
        given = list(typed) if isinstance(typed, list | tuple) else [typed]
        wanted = [choice_value(item) for item in given if single(item) is not None]
        if not wanted:
            return None
        if any(not isinstance(item, str) or item not in self.by_value for item in wanted):
            return Mistake("not_a_choice", "Choose from the answers listed.")
        value = tuple(choice.value for choice in self.choices if choice.value in wanted)
        return self._wrong(value) or value

    def _wrong(self, value: tuple[str, ...]) -> Mistake | None:
        alone = [choice for choice in self.chosen(value) if choice.exclusive]
        if alone:
            together = Mistake("exclusive", "One of these can’t be combined. Keep only that one, or untick it.")
            return together if len(value) > 1 else None
        if len(value) < (self.min or 0):
            return Mistake("too_few", "Choose at least %(n)s.", {"n": self.min})
        if self.max is not None and len(value) > self.max:
            return Mistake("too_many", "Choose at most %(n)s.", {"n": self.max})
        return None

    @cached_property
    def best(self) -> Exact:
        """With several choices maturity adds up: the best set a respondent can tick, or an exclusive choice alone."""
        alone = [choice.worth for choice in self.choices if choice.exclusive]
        together = sorted((choice.worth for choice in self.choices if not choice.exclusive), reverse=True)
        return max([*alone, sum(together[: self.max])])
