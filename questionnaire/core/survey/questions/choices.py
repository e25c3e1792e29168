"""Choices, and choosing one of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import ClassVar, Self

from pydantic import Field, model_validator

from questionnaire.core.base.authored import mistake
from questionnaire.core.base.conditions import Facts
from questionnaire.core.base.quantities import Exact, number
from questionnaire.core.base.texts import LocalizedText, listed
from questionnaire.core.survey.questions.choice import Choice, choice_value, shown_choices
from questionnaire.core.survey.questions.question import Kind, Mistake, Question, Value, single

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

    def amount(self, value: Value) -> Exact | None:
        """The sum of the chosen numbers; None with "I don't know", and when a choice has none."""
        numbers = [None if choice.unknown else number(choice.number) for choice in self.chosen(value)]
        known = [one for one in numbers if one is not None]
        return sum(known) if known and len(known) == len(numbers) else None

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
