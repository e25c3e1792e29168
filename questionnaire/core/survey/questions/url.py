"""A web address."""

from __future__ import annotations

import re
from typing import ClassVar, Literal

from questionnaire.core.survey.questions.question import Mistake
from questionnaire.core.survey.questions.text_input import Written

_ADDRESS = re.compile(r"https?://[^\s/@:]+\.[^\s/@:]+(:[0-9]{1,5})?(/\S*)?", re.IGNORECASE)


class Url(Written):
    """A web address; `https://` is added when it was left out."""

    control: ClassVar[str] = "url"
    autocomplete: ClassVar[str] = "url"
    example: ClassVar[str] = "https://www.company.example"
    longest: ClassVar[int] = 500

    type: Literal["url"]

    def shape(self, text: str) -> str | Mistake:
        address = text if "://" in text else f"https://{text}"
        wrong = Mistake("not_a_url", "Enter a web address like https://www.company.com.")
        return address if _ADDRESS.fullmatch(address) else wrong
