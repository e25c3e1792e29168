"""A telephone number, kept as E.164 with its extension; a number without its country is kept as typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from questionnaire.core.identity.phone_number import (
    EXTENSION,
    phone_text,
    read_national,
    read_phone,
    split_extension,
)
from questionnaire.core.survey.questions.question import Mistake, Value
from questionnaire.core.survey.questions.text_input import Written

WRONG = Mistake("not_a_phone", "Enter a phone number with country code, like +33 1 23 45 67 89.")


class Phone(Written):
    """A telephone number."""

    control: ClassVar[str] = "phone"
    autocomplete: ClassVar[str] = "tel"
    example: ClassVar[str] = "+33123456789"
    longest: ClassVar[int] = 60

    type: Literal["phone"]

    def with_country(self, value: Value, country: str | None) -> Value | Mistake:
        """As E.164; a national number is read in the person's country."""
        return value if str(value).startswith("+") else read_phone(str(value), country) or WRONG

    def shape(self, text: str) -> str | Mistake:
        return read_phone(text) or read_national(text) or WRONG

    def say(self, value: Value, language: str) -> str:
        return phone_text(str(value), language)

    def details(self, value: Value) -> Mapping[str, Value]:
        number, extension = split_extension(str(value))
        return {self.name: number, self.name + EXTENSION: extension} if extension else {self.name: number}
