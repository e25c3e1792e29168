"""Suggests a correction for a mistyped mail domain (gmial.com), once: sending the form again keeps the address."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaire.core.identity.email_address import clean_email
from questionnaire.core.identity.email_typos import mail_typo_hint
from questionnaire.web.respond.form_request import FormRequest


@dataclass(frozen=True, slots=True)
class TypoSuggestion:
    """For the contact field `name`: the address `typed` and the `suggested` one, the sentence, the button's label."""

    name: str
    typed: str
    suggested: str
    text: str
    use: str


def suggest_correction(form: FormRequest) -> TypoSuggestion | None:
    """For the first address that looks mistyped and was not confirmed."""
    words = form.words
    for field in form.survey.contact_fields:
        typed = (form.input.values.get(field.name) or ("",))[0].strip()
        address = clean_email(typed) if field.type == "email" and field.name not in form.known else None
        domain = mail_typo_hint(address) if address else None
        if address and domain and clean_email(form.confirmed_email) != address:
            suggested = f"{address.rpartition('@')[0]}@{domain}"
            text = words("Did you mean %(address)s? If not, press the button again.", address=suggested)
            return TypoSuggestion(field.name, typed, suggested, text, words("Use %(address)s", address=suggested))
    return None
