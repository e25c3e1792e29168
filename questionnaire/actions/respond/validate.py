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
from questionnaire.core.survey.contact import CONSENT, ConsentText, ContactField
from questionnaire.core.survey.gate import Gate, derive_path
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
NOT_TICKED = Mistake("required", gettext_noop("Please tick this box to continue."))
NOT_BUSINESS = Mistake("not_business", gettext_noop("Please use your work email address."))


@dataclass(frozen=True, slots=True)
class ValidatedForm:
    """What counts of a form: the answers on the path, contact fields with a value, the `consents` that were
    shown and those that are `ticked`. `ending`: the name of the one on which it stops early, "" for none.

    `claims` are hidden fields anybody may have written into the address; `hidden` those a signed link vouches for.
    """

    answers: Answers
    contact: Mapping[str, Any]
    claims: Mapping[str, str]
    hidden: Mapping[str, str]
    ticked: frozenset[str]
    language: str
    problems: tuple[Problem, ...]
    consents: tuple[ConsentText, ...] = ()
    ending: str = ""

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
    contact_names = {field.name for field in survey.contact_fields}
    asked = {key: raw for key, raw in typed.items() if key not in contact_names and not key.startswith(CONSENT)}
    answers, mistakes = read_answers(survey, asked, language)
    # What came with the address anybody may have written: kept and shown as a claim.
    claims = _written(survey, {**fields, **invitation.claims(survey)})
    claims = {name: text for name, text in claims.items() if name not in hidden}
    step = ContactStep(toolbox, survey, typed, language)
    path = derive_path(survey, answers, {**claims, **hidden}, step.values, frozenset(invitation.known(survey)))
    journey = path.journey
    contact, wrong = step.checked(path.gate)
    shown = {
        name: mistake for name, mistake in mistakes.items() if name in journey.item_names or name not in survey.items
    }
    open_ones = {name: REQUIRED for name in journey.missing if name not in shown}
    ticked, unticked = _consents(survey, path.gate, typed)
    found = {**shown, **journey.mistakes, **open_ones, **wrong, **unticked}
    words = words_for(language, survey.phrases(language))
    return ValidatedForm(
        journey.answers, contact, claims, hidden, ticked, language,
        tuple(_problem(name, mistake, words) for name, mistake in found.items()),
        path.gate.consents, journey.ending.name if journey.ending else "",
    )  # fmt: skip


def _consents(survey: Survey, gate: Gate, typed: Mapping[str, object]) -> tuple[frozenset[str], Mapping[str, Mistake]]:
    """The consents that are ticked of those shown, and what is wrong: boxes nobody offers, required ones left empty."""
    texts = survey.contact.distinct_consents if survey.contact else ()
    boxes = {one.name for one in texts if one.basis == "consent"}
    named = {key.removeprefix(CONSENT): raw for key, raw in typed.items() if key.startswith(CONSENT)}
    ticked = frozenset(one.name for one in gate.consents if one.name in boxes and named.get(one.name))
    strange = {CONSENT + name: UNKNOWN_KEY for name in named if name not in boxes}
    needed = {CONSENT + one.name: NOT_TICKED for one in gate.consents if one.required and one.name not in ticked}
    return ticked, {**strange, **needed}


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


class ContactStep:
    """What was typed into the contact fields: read first, for the path depends on it, and checked where it shows."""

    def __init__(self, toolbox: Toolbox, survey: Survey, typed: Mapping[str, object], language: str) -> None:
        self._toolbox = toolbox
        self._read = {field.name: field.question.read(typed.get(field.name), language)
                      for field in survey.contact_fields}  # fmt: skip
        self._fields = survey.contact_fields

    @property
    def values(self) -> dict[str, Any]:
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in self._read.items()
            if value is not None and not isinstance(value, Mistake)
        }

    def checked(self, gate: Gate) -> tuple[dict[str, Any], dict[str, Mistake]]:
        """The values that count, and what is wrong with the fields that show."""
        contact: dict[str, Any] = dict(gate.contact)
        wrong: dict[str, Mistake] = {}
        shown = {field.name for field in gate.fields}
        for field in gate.fields:
            value = self._read[field.name]
            if isinstance(value, Mistake):
                wrong[field.name] = value
            elif value is None and field.required:
                wrong[field.name] = NEEDED
        for field in self._fields:
            mistake = _second_look(self._toolbox, field, contact)
            if mistake is not None and field.name in shown:
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
