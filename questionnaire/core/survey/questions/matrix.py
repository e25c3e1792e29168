"""The same choices for several rows; each row is an answer of its own, `<question>.<row>`."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from questionnaire.core.base.authored import Authored, When, mistake, mistakes
from questionnaire.core.base.conditions import Facts, evaluate
from questionnaire.core.base.labels import humanize
from questionnaire.core.base.problems import Problem, Where, did_you_mean
from questionnaire.core.base.texts import LocalizedText
from questionnaire.core.survey.questions.advice import Advice
from questionnaire.core.survey.questions.choice import Choice, ChoiceValue, shown_choices
from questionnaire.core.survey.questions.choices import ChoiceQuestion, ChooseOne
from questionnaire.core.survey.questions.identifiers import Name
from questionnaire.core.survey.questions.question import Kind, Mistake, Question, Value


class MatrixRow(Authored):
    """One line of a matrix."""

    name: Name
    text: LocalizedText
    dimension: str | None = None
    show_if: When | None = None
    advice: dict[ChoiceValue, Advice] = Field(default_factory=dict)
    """What to do when a choice was chosen in this row, instead of what the choice itself advises."""

    def with_advice(self, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
        advised = self.advice
        return tuple(
            choice.model_copy(update={"advice": advised[choice.value]}) if choice.value in advised else choice
            for choice in choices
        )


class RowQuestion(ChooseOne):
    """A row as a question of its own; its name holds a point."""

    control: ClassVar[str] = "single_choice"
    quotable: ClassVar[bool] = False

    name: str


class Matrix(ChoiceQuestion):
    """The same choices for several rows."""

    control: ClassVar[str] = "matrix"
    kind: ClassVar[Kind] = "choice"

    type: Literal["matrix"]
    rows: tuple[MatrixRow, ...] = Field(min_length=1, max_length=50)

    @model_validator(mode="after")
    def _rows_differ(self) -> Matrix:
        names = [row.name for row in self.rows]
        if len(set(names)) < len(names):
            raise mistake("duplicate_row", "two rows have the same name", "give each row its own name")
        return self

    @model_validator(mode="after")
    def _advice_is_for_a_choice(self) -> Matrix:
        unknown = [
            Problem("unknown_choice", ("rows", index, "advice", value), f"there is no choice `{value}`",
                    did_you_mean(value, self.by_value))
            for index, row in enumerate(self.rows)
            for value in row.advice
            if value not in self.by_value
        ]  # fmt: skip
        if unknown:
            raise mistakes(*unknown)
        return self

    @cached_property
    def items(self) -> tuple[Question, ...]:
        return tuple(
            RowQuestion(
                name=f"{self.name}.{row.name}",
                title=row.text,
                label=f"{self.author_name}: {humanize(row.name)}"[:60],
                required=self.required,
                show_if=self.show_if,
                dimension=row.dimension or self.dimension,
                criterion=self.criterion,
                choices=row.with_advice(self.choices) if row.advice else self.choices,
            )
            for row in self.rows
        )

    @cached_property
    def varies(self) -> bool:
        return super().varies or any(row.show_if is not None for row in self.rows)

    def offered(self, facts: Facts) -> Question | None:
        rows = tuple(row for row in self.rows if row.show_if is None or evaluate(row.show_if, facts) is True)
        choices = shown_choices(self.choices, facts)
        return self.with_only(rows=rows, choices=choices) if rows and choices else None

    @property
    def dimensions(self) -> tuple[tuple[Where, str | None], ...]:
        rows = (((("rows", index, "dimension"), row.dimension)) for index, row in enumerate(self.rows))
        return (*super().dimensions, *rows)

    @property
    def texts(self) -> tuple[tuple[str, LocalizedText], ...]:
        return super().texts + tuple((f"rows.{index}.text", row.text) for index, row in enumerate(self.rows))

    def sample(self) -> object:
        return {row.name: item.sample() for row, item in zip(self.rows, self.items, strict=True)}

    def read(self, typed: object, language: str = "") -> Value | None | Mistake:
        return Mistake("not_a_choice", "Choose one answer in each row.")
