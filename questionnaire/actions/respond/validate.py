"""Validates a submitted form: answers, contact, consents; every mistake at once, in the respondent's language."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from questionnaire.actions.assessing.history import write_answers
from questionnaire.actions.assessing.personal_links import NO_INVITATION, Invitation
from questionnaire.actions.delivery import delivery
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.problems import Problem
from questionnaire.core.base.text_cleaning import clean_text
from questionnaire.core.base.translation import Translator, gettext_noop
from questionnaire.core.identity.email_address import canonical_email, email_kind
from questionnaire.core.survey.answers import REQUIRED, UNKNOWN_KEY, Answers, read_answers
from questionnaire.core.survey.contact import CONSENT, ContactField
from questionnaire.core.survey.journey import derive_journey
from questionnaire.core.survey.questions import Mistake
from questionnaire.core.survey.survey import Survey
from questionnaire.templating import words_for

MAILED = "email"
"""The contact field that mails go to."""
NEEDED = Mistake("required", gettext_noop("Please fill in this field."))
NOT_REACHABLE = Mistake("not_reachable", gettext_noop("We can’t send email to this address. Please use another one."))
PLAIN_LETTERS = Mistake(
    "not_reachable",
    gettext_noop("We can’t send email to this address. Use one with only letters from a to z before the @."),
)
NOT_BUSINESS = Mistake("not_business", gettext_noop("Please use your work email address."))


@dataclass(frozen=True, slots=True)
class ValidatedForm:
    """What counts of a form: the answers on the path, contact fields with a value, `ticked` consents.

    `claims` are hidden fields anybody may have written into the address; `hidden` those a signed link vouches for.
    """

    answers: Answers
    contact: Mapping[str, Any]
    claims: Mapping[str, str]
    hidden: Mapping[str, str]
    ticked: frozenset[str]
    language: str
    problems: tuple[Problem, ...]

    @property
    def written(self) -> dict[str, Any]:
        return write_answers(self.answers)


def validate_form(
    toolbox: Toolbox,
    survey: Survey,
    typed: Mapping[str, object],
    fields: Mapping[str, str],
    language: str,
    invitation: Invitation = NO_INVITATION,
) -> ValidatedForm:
    """Answers of branches that do not show are dropped; keys that nobody asked for are problems.

    What a signed link said stands, whatever the form says.
    """
    language = survey.language(language)
    typed = {**typed, **invitation.known(survey)}
    hidden = _written(survey, invitation.hidden(survey))
    words = words_for(language)
    contact_names = {field.name for field in survey.contact_fields}
    texts = survey.contact.distinct_consents if survey.contact else ()
    offered = {one.name for one in texts if one.basis == "consent"}
    named = {key.removeprefix(CONSENT): raw for key, raw in typed.items() if key.startswith(CONSENT)}
    consents = {name for name, raw in named.items() if raw and name in offered}
    asked = {key: raw for key, raw in typed.items() if key not in contact_names and not key.startswith(CONSENT)}
    answers, mistakes = read_answers(survey, asked, language)
    # What came with the address anybody may have written: kept and shown as a claim.
    claims = _written(survey, {**fields, **invitation.claims(survey)})
    claims = {name: text for name, text in claims.items() if name not in hidden}
    contact, wrong = _contact(toolbox, survey, typed, language)
    journey = derive_journey(survey, answers, {**claims, **hidden, **contact})
    shown = {
        name: mistake for name, mistake in mistakes.items() if name in journey.item_names or name not in survey.items
    }
    open_ones = {name: REQUIRED for name in journey.missing if name not in shown}
    strange = {CONSENT + name: UNKNOWN_KEY for name in named if name not in offered}
    found = {**shown, **open_ones, **wrong, **strange}
    return ValidatedForm(
        journey.answers, contact, claims, hidden, frozenset(consents), language,
        tuple(_problem(name, mistake, words) for name, mistake in found.items()),
    )  # fmt: skip


def unreachable(address: str) -> Mistake:
    """What is said of an address that no mail of ours can go to."""
    return NOT_REACHABLE if address.rpartition("@")[0].isascii() else PLAIN_LETTERS


def fingerprint(publication: str, form: ValidatedForm) -> str:
    """The body of a form, whatever the order of its fields."""
    fields = [form.claims, form.hidden]
    body = [publication, form.written, form.contact, fields, sorted(form.ticked), form.language]
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _problem(name: str, mistake: Mistake, words: Translator) -> Problem:
    return Problem(mistake.code, (name,), words(mistake.text, **mistake.values))


def _written(survey: Survey, fields: Mapping[str, str]) -> dict[str, str]:
    """The hidden fields of the survey that hold something, cleaned."""
    kept: dict[str, str] = {}
    for field in survey.hidden_fields:
        text = clean_text(str(fields.get(field.name) or "")[: field.max_length], field.max_length)
        if text:
            kept[field.name] = text
    return kept


def _contact(
    toolbox: Toolbox, survey: Survey, typed: Mapping[str, object], language: str
) -> tuple[dict[str, Any], dict[str, Mistake]]:
    contact: dict[str, Any] = {}
    wrong: dict[str, Mistake] = {}
    for field in survey.contact_fields:
        value = field.question.read(typed.get(field.name), language)
        if isinstance(value, Mistake):
            wrong[field.name] = value
        elif value is None and field.required:
            wrong[field.name] = NEEDED
        elif value is not None:
            contact[field.name] = list(value) if isinstance(value, tuple) else value
    for field in survey.contact_fields:
        mistake = _second_look(toolbox, field, contact)
        if mistake is not None:
            wrong[field.name] = mistake
        elif isinstance(value := contact.get(field.name), str):
            contact |= field.question.details(value)
    return contact, wrong


def _second_look(toolbox: Toolbox, field: ContactField, contact: dict[str, Any]) -> Mistake | None:
    """What cannot be seen in the field alone: a number without its country code, an address that our mail server cannot
    send to, a private address."""
    value = contact.get(field.name)
    placed = field.question.with_country(value, contact.get("country")) if value else value
    if isinstance(placed, Mistake):
        return placed
    if placed:
        contact[field.name] = placed
    if field.name == MAILED and value and not delivery.reaches(toolbox, str(value)):
        return unreachable(str(value))
    if field.business_only and value:
        canonical = canonical_email(str(value))
        if canonical is None or email_kind(canonical, toolbox.domains) != "business":
            return NOT_BUSINESS
    return None
