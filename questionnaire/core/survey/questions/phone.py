"""A telephone number, kept as E.164 when it can be read; a number without its country is kept as typed."""

from __future__ import annotations

import re
from typing import ClassVar, Literal

import phonenumbers

from questionnaire.core.survey.questions.question import Mistake, Value
from questionnaire.core.survey.questions.text_input import Written

_DIGITS = re.compile(r"[0-9]")
WRONG = Mistake("not_a_phone", "Enter a phone number with country code, like +33 1 23 45 67 89.")


def e164(text: str, country: str | None = None) -> str | None:
    """The number as E.164, read in `country` (ISO 3166-1) when it has no country code; None if it is not one."""
    try:
        parsed = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


class Phone(Written):
    """A telephone number."""

    control: ClassVar[str] = "phone"
    autocomplete: ClassVar[str] = "tel"
    example: ClassVar[str] = "+33123456789"
    longest: ClassVar[int] = 40

    type: Literal["phone"]

    def with_country(self, value: Value, country: str | None) -> Value | Mistake:
        """As E.164; a national number is read in the person's country."""
        return value if str(value).startswith("+") else e164(str(value), country) or WRONG

    def shape(self, text: str) -> str | Mistake:
        known = e164(text)
        if known:
            return known
        national = 5 <= len(_DIGITS.findall(text)) <= 15 and re.fullmatch(r"[0-9 ()./-]+", text)
        return text if national else WRONG
