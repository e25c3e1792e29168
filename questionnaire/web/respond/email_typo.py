"""A slip in a mail address (gmial.com) is pointed out once, and never in the way: the button again keeps it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from questionnaire.core.identity.email_address import canonical_email, mail_typo_hint
from questionnaire.templating import words_for
from questionnaire.web.respond.form_request import FormRequest


@dataclass(frozen=True, slots=True)
class TypoSuggestion:
    """`typed` as it stands in the field `name`, and what was probably `meant`."""

    name: str
    typed: str
    meant: str
    text: str
    use: str


def suggest(visit: FormRequest) -> TypoSuggestion | None:
    """The first address that looks like a slip, unless its writer was asked about it."""
    words = words_for(visit.language)
    for field in visit.survey.contact_fields:
        typed = (visit.typed.values.get(field.name) or ("",))[0].strip()
        canonical = canonical_email(typed) if field.type == "email" and field.name not in visit.known else None
        domain = mail_typo_hint(canonical) if canonical else None
        if domain and request.form.get("sure", "").strip() != typed:
            meant = f"{typed.rpartition('@')[0]}@{domain}"
            text = words("Did you mean %(address)s? If not, press the button again.", address=meant)
            return TypoSuggestion(field.name, typed, meant, text, words("Use %(address)s", address=meant))
    return None
