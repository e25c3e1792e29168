"""Answers in the prospect's own words."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from questionnaire.core.base.text_cleaning import clean_text
from questionnaire.core.base.texts import LocalizedText
from questionnaire.core.survey.questions.question import Constraints, Mistake, Question, Value, single

UNREADABLE = Mistake("unreadable", "Some characters can’t be saved. Please retype your text.")


class Written(Question):
    """A text, cleaned and capped by the gate."""

    longest: ClassVar[int] = 200
    lines: ClassVar[bool] = False
    example: ClassVar[str] = "Example"

    max_length: int | None = Field(default=None, ge=1, le=5000)
    placeholder: LocalizedText | None = None

    @property
    def limit(self) -> int:
        """Characters kept at most."""
        return self.max_length or self.longest

    @property
    def texts(self) -> tuple[tuple[str, LocalizedText], ...]:
        return super().texts + ((("placeholder", self.placeholder),) if self.placeholder else ())

    @property
    def constraints(self) -> Constraints:
        return Constraints(max_length=self.limit)

    def sample(self) -> object:
        return self.example[: self.limit]

    def read(self, typed: object, language: str = "") -> Value | None | Mistake:
        typed = single(typed)
        if typed is None:
            return None
        if isinstance(typed, bool) or not isinstance(typed, str | int | float):
            return UNREADABLE
        if len(str(typed)) > self.limit and len(str(typed).strip()) > self.limit:
            return Mistake("too_long", "Use up to %(n)s characters.", {"n": self.limit})
        text = clean_text(str(typed), self.limit, self.lines)
        if text is None:
            return UNREADABLE
        return self.shape(text) if text else None

    def shape(self, text: str) -> str | Mistake:
        """The cleaned text in the form it is kept, or what is wrong with it."""
        return text
