"""Signed links: what we know of somebody already comes along, is believed, and is not asked again.

A link that was changed or is too old is not thrown away: what it says is kept as a claim and fills in the form.
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
from questionnaire.core.identity.email_address import canonical_email
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
    """What came with a link: name of a contact field, hidden field or question -> text. Nothing when there was none."""

    fields: Mapping[str, str]
    trusted: bool

    def known(self, survey: Survey) -> dict[str, list[str]]:
        """What is believed and therefore not asked, as a form would send it; what is no answer is asked again."""
        return self.typed(survey) if self.trusted else {}

    def typed(self, survey: Survey) -> dict[str, list[str]]:
        """The contact fields and questions it can fill in: input name -> values."""
        read = {name: _values(survey, name, text) for name, text in self.fields.items()}
        return {name: values for name, values in read.items() if _reads(survey, name, values)}

    def hidden(self, survey: Survey) -> dict[str, str]:
        """Hidden fields that are believed."""
        return self._hidden(survey) if self.trusted else {}

    def claims(self, survey: Survey) -> dict[str, str]:
        """Hidden fields that anybody may have written."""
        return {} if self.trusted else self._hidden(survey)

    def _hidden(self, survey: Survey) -> dict[str, str]:
        return {one.name: self.fields[one.name] for one in survey.hidden_fields if one.name in self.fields}


NOBODY = Invitation({}, trusted=False)


def invite(
    toolbox: Toolbox, slug: str, fields: Mapping[str, str], now: datetime, *, days: int = LASTS.days, language: str = ""
) -> tuple[str, tuple[Problem, ...]]:
    """The link, or everything that is wrong with what it should carry."""
    with toolbox.database.reading() as session:
        version = publications.newest_version(session, "survey", slug)
        if version is None:
            names = [row.id for row in publications.newest_of_all(session, "survey")]
            return "", (
                Problem("unknown_survey", (slug,), f"no survey `{slug}` is published", did_you_mean(slug, names)),
            )
        survey = survey_of(toolbox, session, slug, version)
    problems = tuple(_wrong(survey, fields)) + _wrong_days(days)
    if problems:
        return "", problems
    try:
        token = signing.sign_link(
            toolbox.settings.secret_keys, PURPOSE, [slug, dict(fields)], now + timedelta(days=days)
        )
    except signing.TooLarge:
        longest = max(fields, key=lambda name: len(fields[name]))
        return "", (Problem("link_too_long", (longest,), "the link would be too long", "shorten the longest text"),)
    asked = {"k": token, **({"lang": language} if language else {})}
    return f"{toolbox.settings.public_url}/s/{slug}?{urlencode(asked)}", ()


def fields_of_lead(toolbox: Toolbox, slug: str, address: str) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The contact details of somebody we know, as far as this survey asks for them."""
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
    return {one.name: str(known[one.name]) for one in survey.contact_fields if known.get(one.name)}, ()


def opened(toolbox: Toolbox, slug: str, token: str, now: datetime) -> Invitation:
    """What a link brought along; of another survey's link nothing."""
    claim = signing.read_claim(toolbox.settings.secret_keys, PURPOSE, token, now) if token else None
    if claim is None or not isinstance(claim.content, list) or len(claim.content) != 2:
        return NOBODY
    of, fields = claim.content
    if of != slug or not isinstance(fields, dict) or len(fields) > MOST_FIELDS:
        return NOBODY
    # Whoever forges a link writes what they like into it: lists in lists, numbers without an end.
    texts = {name[:80]: text[:6000] for name, text in fields.items() if isinstance(text, str)}
    cleaned = {name: clean_text(text, 5000, lines=True) for name, text in texts.items()}
    return Invitation({name: text for name, text in cleaned.items() if text}, claim.trusted)


def _asked(survey: Survey, name: str) -> Question | None:
    contact = next((one.question for one in survey.contact_fields if one.name == name), None)
    return survey.question(name) or contact


def _values(survey: Survey, name: str, text: str) -> list[str]:
    """Several choices stand in one text, parted by commas."""
    asked = _asked(survey, name)
    several = asked is not None and asked.multiple
    return [part.strip() for part in text.split(",")] if several else [text]


def _reads(survey: Survey, name: str, values: list[str]) -> bool:
    asked = _asked(survey, name)
    return asked is not None and not isinstance(asked.read(values), Mistake | None)


def _wrong(survey: Survey, fields: Mapping[str, str]) -> list[Problem]:
    hidden = {one.name for one in survey.hidden_fields}
    names = [*hidden, *(one.name for one in survey.contact_fields), *survey.items]
    problems = []
    for name, text in fields.items():
        if name not in names:
            hint = did_you_mean(name, names)
            problems.append(Problem("unknown_link_field", (name,), f"the survey has no field `{name}`", hint))
        elif name not in hidden and not _reads(survey, name, _values(survey, name, text)):
            hint = _choices(survey, name)
            problems.append(Problem("link_value", (name,), f"`{text}` is no answer to `{name}`", hint))
    return problems


def _choices(survey: Survey, name: str) -> str:
    question = survey.question(name)
    options = question.options() if question else None
    return f"write one of {', '.join(map(str, options[:12]))}" if options else "write it as the form would take it"


def _wrong_days(days: int) -> tuple[Problem, ...]:
    if 1 <= days <= LONGEST_DAYS:
        return ()
    return (Problem("link_days", ("days",), f"a link cannot last {days} days", f"write 1 to {LONGEST_DAYS}"),)
