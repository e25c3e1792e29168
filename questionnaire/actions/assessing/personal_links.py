"""Personal links: a signed token with known field values, which are trusted and not asked again.

The values of a link that was modified or has expired are not discarded: they are stored as claims and prefill the form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from questionnaire import signing
from questionnaire.actions.publishing.publish_version import survey_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.problems import Problem, did_you_mean
from questionnaire.core.base.text_cleaning import clean_text
from questionnaire.core.identity.contact_details import dialled
from questionnaire.core.identity.email_address import canonical_email
from questionnaire.core.survey.answers import REQUIRED
from questionnaire.core.survey.questions import Mistake, Question
from questionnaire.core.survey.survey import Survey
from questionnaire.storage.leads import leads
from questionnaire.storage.publishing import publications

PURPOSE = "invitation"
LASTS = timedelta(days=90)
LONGEST_DAYS = 366
MOST_FIELDS = 60


@dataclass(frozen=True, slots=True)
class Invitation:
    """The values of a personal link: name of a contact field, hidden field or question -> text. Empty without one."""

    fields: Mapping[str, str]
    trusted: bool

    def known(self, survey: Survey) -> dict[str, list[str]]:
        """Trusted values as form input; their fields are not asked. A value that is no valid answer is left out."""
        read = {name: read_field(survey, name, text) for name, text in self.fields.items()} if self.trusted else {}
        return {name: values for name, values in read.items() if not isinstance(values, Mistake)}

    def typed(self, survey: Survey, language: str) -> dict[str, list[str]]:
        """Values that prefill contact fields and questions of a page in this language: input name -> values."""
        if self.trusted:
            return self.known(survey)
        named = {name: _values(survey, name, text) for name, text in self.fields.items()}
        return {
            name: values
            for name, values in named.items()
            if not isinstance(read_field(survey, name, self.fields[name], language), Mistake)
        }

    def hidden(self, survey: Survey) -> dict[str, str]:
        """Trusted hidden fields."""
        return self._hidden(survey) if self.trusted else {}

    def claims(self, survey: Survey) -> dict[str, str]:
        """Hidden fields of an untrusted link: anyone may have written them."""
        return {} if self.trusted else self._hidden(survey)

    def _hidden(self, survey: Survey) -> dict[str, str]:
        return {field.name: self.fields[field.name] for field in survey.hidden_fields if field.name in self.fields}


NO_INVITATION = Invitation({}, trusted=False)


def invite(
    toolbox: Toolbox,
    slug: str,
    fields: Mapping[str, str],
    now: datetime,
    *,
    days: int = LASTS.days,
    language: str = "",
    reader: str = "",
) -> tuple[str, tuple[Problem, ...]]:
    """The link, or every problem with the fields it would contain. `language` is that of the page it opens, `reader`
    that of the person who typed the fields ("" for a machine): it decides what `1.200` means."""
    with toolbox.database.reading() as session:
        version = publications.newest_version(session, "survey", slug)
        if version is None:
            names = [row.id for row in publications.newest_of_all(session, "survey")]
            return "", (
                Problem("unknown_survey", (slug,), f"no survey `{slug}` is published", did_you_mean(slug, names)),
            )
        survey = survey_of(toolbox, session, slug, version)
    problems = tuple(_field_problems(survey, fields, reader)) + _days_problems(days)
    if problems:
        return "", problems
    try:
        token = signing.sign_link(
            toolbox.settings.secret_keys, PURPOSE, [slug, _cleaned(survey, fields, reader)], now + timedelta(days=days)
        )
    except signing.TooLarge:
        longest = max(fields, key=lambda name: len(fields[name]))
        return "", (Problem("link_too_long", (longest,), "the link would be too long", "shorten the longest text"),)
    query = {"k": token, **({"lang": language} if language else {})}
    return f"{toolbox.settings.public_url}/s/{slug}?{urlencode(query)}", ()


def fields_of_lead(toolbox: Toolbox, slug: str, address: str) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The contact details of the lead with this address that are contact fields of this survey."""
    canonical = canonical_email(address)
    with toolbox.database.reading() as session:
        lead = leads.by_address(session, canonical) if canonical else None
        version = publications.newest_version(session, "survey", slug)
        if lead is None:
            hint = "write the address as the lead typed it, or give the fields one by one"
            return {}, (Problem("unknown_lead", (address,), "no lead has this address", hint),)
        if version is None:
            return {}, ()
        survey = survey_of(toolbox, session, slug, version)
    known = {**lead.contact, "email": lead.email}
    known["phone"] = dialled(known)
    return {field.name: str(known[field.name]) for field in survey.contact_fields if known.get(field.name)}, ()


def opened(toolbox: Toolbox, slug: str, token: str, now: datetime) -> Invitation:
    """The values of a link's token; empty for a link to another survey."""
    claim = signing.read_claim(toolbox.settings.secret_keys, PURPOSE, token, now) if token else None
    if claim is None or not isinstance(claim.content, list) or len(claim.content) != 2:
        return NO_INVITATION
    survey_id, fields = claim.content
    if survey_id != slug or not isinstance(fields, dict) or len(fields) > MOST_FIELDS:
        return NO_INVITATION
    # A forged link may contain any JSON: nested lists, huge numbers. Only text is read.
    texts = {name[:80]: text[:6000] for name, text in fields.items() if isinstance(text, str)}
    cleaned = {name: clean_text(text, 5000, lines=True) for name, text in texts.items()}
    return Invitation({name: text for name, text in cleaned.items() if text}, claim.trusted)


def _cleaned(survey: Survey, fields: Mapping[str, str], language: str) -> dict[str, str]:
    """What the link contains: numbers and addresses as they are read, several choices in one text."""
    read = {name: read_field(survey, name, text, language) for name, text in fields.items()}
    return {name: fields[name] if isinstance(values, Mistake) else ",".join(values) for name, values in read.items()}


def _question(survey: Survey, name: str) -> Question | None:
    contact = next((field.question for field in survey.contact_fields if field.name == name), None)
    return survey.question(name) or contact


def _values(survey: Survey, name: str, text: str) -> list[str]:
    """Several choices are one text, separated by commas."""
    question = _question(survey, name)
    several = question is not None and question.multiple
    return [part.strip() for part in text.split(",")] if several else [text]


def read_field(survey: Survey, name: str, text: str, language: str = "") -> list[str] | Mistake:
    """The values as a form sends them: cleaned, and numbers as every language reads them."""
    question, values = _question(survey, name), _values(survey, name, text)
    read = question.read(values, language) if question is not None else None
    if question is None or read is None:
        return REQUIRED
    if isinstance(read, Mistake):
        return read
    return values if isinstance(read, bool | tuple) else [question.form_text(read)]


def _field_problems(survey: Survey, fields: Mapping[str, str], language: str) -> list[Problem]:
    hidden = {field.name for field in survey.hidden_fields}
    names = [*hidden, *(field.name for field in survey.contact_fields), *survey.items]
    problems = []
    for name, text in fields.items():
        if name not in names:
            hint = did_you_mean(name, names)
            problems.append(Problem("unknown_link_field", (name,), f"the survey has no field `{name}`", hint))
        elif name not in hidden and isinstance(read := read_field(survey, name, text, language), Mistake):
            hint = _choices(survey, name, read)
            problems.append(Problem("link_value", (name,), f"`{text}` is no answer to `{name}`", hint))
    return problems


def _choices(survey: Survey, name: str, mistake: Mistake) -> str:
    question = survey.question(name)
    if mistake.code == "two_readings":
        return mistake.text % mistake.values
    options = question.options() if question else None
    return f"write one of {', '.join(map(str, options[:12]))}" if options else "write it as the form would take it"


def _days_problems(days: int) -> tuple[Problem, ...]:
    if 1 <= days <= LONGEST_DAYS:
        return ()
    return (Problem("link_days", ("days",), f"a link cannot last {days} days", f"write 1 to {LONGEST_DAYS}"),)
