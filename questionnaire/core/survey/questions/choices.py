"""Choices, and the two ways of choosing: one of them, or several."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import ClassVar, Self

from pydantic import Field, model_validator

from questionnaire.core.base.authored import mistake
from questionnaire.core.base.conditions import Facts
from questionnaire.core.base.quantities import Exact
from questionnaire.core.base.texts import LocalizedText, listed
from questionnaire.core.base.translation import Translator
from questionnaire.core.survey.questions.choice import Choice, choice_value, shown_choices
from questionnaire.core.survey.questions.question import Constraints, Kind, Mistake, Question, Value, single

CHOOSE_ONE = Mistake("not_a_choice", "Choose an answer.")


class ChoiceQuestion(Question):
    """A question that is answered by choosing."""

    has_maturity: ClassVar[bool] = True
    quotable: ClassVar[bool] = True

    choices: tuple[Choice, ...] = Field(min_length=1, max_length=200)
    shuffle: bool = False

    @model_validator(mode="after")
    def _values_differ(self) -> ChoiceQuestion:
        seen: set[str] = set()
        for choice in self.choices:
            if choice.value in seen:
                hint = "give each choice its own value"
                raise mistake("duplicate_choice", "the choice `{value}` stands twice", hint, value=choice.value)
            seen.add(choice.value)
        return self

    @cached_property
    def varies(self) -> bool:
        return any(choice.show_if is not None for choice in self.choices)

    def offered(self, facts: Facts) -> Question | None:
        shown = shown_choices(self.choices, facts)
        return self.with_only(choices=shown) if shown else None

    def with_only(self, **parts: object) -> Self:
        """A copy with other choices or rows. `model_copy` would keep what was derived from the old ones."""
        values = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_construct(self.model_fields_set, **{**values, **parts})

    def restricted(self, value: Value) -> Value | None | Mistake:
        if not isinstance(value, tuple):
            return value if str(value) in self.by_value else None
        left = tuple(item for item in value if item in self.by_value)
        return value if left == value else self.read(left) if left else None

    @property
    def answer_choices(self) -> tuple[Choice, ...]:
        return self.choices

    @property
    def is_shuffled(self) -> bool:
        return self.shuffle

    @property
    def texts(self) -> tuple[tuple[str, LocalizedText], ...]:
        own = super().texts
        said = tuple((f"choices.{index}.text", choice.text) for index, choice in enumerate(self.choices))
        helps = tuple((f"choices.{i}.help", choice.help) for i, choice in enumerate(self.choices) if choice.help)
        return own + said + helps

    @cached_property
    def by_value(self) -> Mapping[str, Choice]:
        return {choice.value: choice for choice in self.choices}

    def choice(self, value: str) -> Choice | None:
        return self.by_value.get(value)

    def chosen(self, value: Value) -> tuple[Choice, ...]:
        if not isinstance(value, tuple):
            choice = self.by_value.get(str(value))
            return () if choice is None else (choice,)
        return tuple(choice for choice in self.choices if choice.value in value)

    def say(self, value: Value, language: str) -> str:
        return listed((choice.text.say(language) for choice in self.chosen(value)), language)

    def is_known(self, value: Value) -> bool:
        return any(not choice.proves_nothing for choice in self.chosen(value))

    def levels(self, value: Value) -> tuple[str, ...]:
        return tuple(choice.level for choice in self.chosen(value) if choice.level and not choice.proves_nothing)

    def emits(self, value: Value) -> tuple[str, ...]:
        return tuple(choice.emits for choice in self.chosen(value) if choice.emits)

    def flags(self, value: Value) -> tuple[str, ...]:
        return tuple(flag for choice in self.chosen(value) for flag in choice.flags)

    def worth(self, value: Value) -> tuple[Exact, Exact] | None:
        if self.dimension is None or not self.best or not self.is_known(value):
            return None
        return sum(choice.worth for choice in self.chosen(value)), self.best

    @cached_property
    def best(self) -> Exact:
        """The most maturity its choices offer."""
        return max(choice.worth for choice in self.choices)


class ChooseOne(ChoiceQuestion):
    """One of the choices."""

    kind: ClassVar[Kind] = "choice"

    def read(self, typed: object, language: str = "") -> Value | None | Mistake:
        typed = choice_value(single(typed))
        if typed is None:
            return None
        choice = self.choice(typed) if isinstance(typed, str) else None
        return choice.value if choice else CHOOSE_ONE

    def is_known(self, value: Value) -> bool:
        choice = self.by_value.get(str(value))
        return choice is not None and not choice.proves_nothing

    def flags(self, value: Value) -> tuple[str, ...]:
        choice = self.by_value.get(str(value))
        return choice.flags if choice else ()

    def options(self) -> tuple[Value, ...] | None:
        return tuple(choice.value for choice in self.choices)


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
