"""Choices put in order, the first `top` of them or all."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from questionnaire.core.base.texts import listed
from questionnaire.core.survey.questions.choice import Choice
from questionnaire.core.survey.questions.choices import ChoiceQuestion
from questionnaire.core.survey.questions.question import Constraints, Kind, Mistake, Value, single


class Ranking(ChoiceQuestion):
    """Choices put in order; the first one ranked is what counts as evidence."""

    control: ClassVar[str] = "ranking"
    kind: ClassVar[Kind] = "ranking"
    multiple: ClassVar[bool] = True

    type: Literal["ranking"]
    top: int | None = Field(default=None, ge=1)

    @property
    def places(self) -> int:
        """How many are to be ranked."""
        return min(self.top or len(self.choices), len(self.choices))

    @property
    def constraints(self) -> Constraints:
        return Constraints(min=self.places, max=self.places)

    def sample(self) -> object:
        return [choice.value for choice in self.choices[: self.places]]

    def read(self, typed: object, language: str = "") -> Value | None | Mistake:
        given = list(typed) if isinstance(typed, list | tuple) else [typed]
        ranked = [str(item) for item in given if single(item) is not None]
        if not ranked:
            return None
        if any(self.choice(item) is None for item in ranked) or len(set(ranked)) < len(ranked):
            return Mistake("not_a_ranking", "Use each answer only once.")
        if len(ranked) < self.places:
            return Mistake("too_few", "Rank at least %(n)s.", {"n": self.places})
        return tuple(ranked[: self.places])

    def say(self, value: Value, language: str) -> str:
        ranked = [self.choice(item) for item in value] if isinstance(value, tuple) else []
        said = (f"{n}. {choice.text.say(language)}" for n, choice in enumerate(ranked, 1) if choice)
        return listed(said, language)

    def chosen(self, value: Value) -> tuple[Choice, ...]:
        """The choice ranked first: whoever ranks all of them has not chosen them all."""
        return super().chosen(value[:1] if isinstance(value, tuple) else value)
