"""An e-mail address, cleaned; its canonical form says who the person is."""

from __future__ import annotations

from typing import ClassVar, Literal

from questionnaire.core.identity.email_address import clean_email
from questionnaire.core.survey.questions.question import Mistake
from questionnaire.core.survey.questions.text_input import Written


class Email(Written):
    """An e-mail address."""

    control: ClassVar[str] = "email"
    autocomplete: ClassVar[str] = "email"
    example: ClassVar[str] = "somebody@company.example"
    longest: ClassVar[int] = 254

    type: Literal["email"]
    business_only: bool = False

    def shape(self, text: str) -> str | Mistake:
        return clean_email(text) or Mistake("not_an_email", "Enter an email like name@company.com.")
