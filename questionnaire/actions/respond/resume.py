"""Answers on their way: saved as people go, found again by a mailed link, gone after 30 days.

The server's copy lies under a random number that only the browser and the link know. Contact details are in it only
when the person ticked a consent; otherwise nobody could be written to, and nobody is. What was seen is counted under a
number of its own (core/survey/funnel.py).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto
from urllib.parse import urlencode

from questionnaire import signing
from questionnaire.actions import company_settings
from questionnaire.actions.delivery import caps, delivery
from questionnaire.actions.delivery.announcements import announce_other
from questionnaire.actions.publishing.publish_version import survey_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.text_cleaning import clean_text
from questionnaire.core.identity.attribution import Touchpoint
from questionnaire.core.identity.email_address import clean_email
from questionnaire.core.survey.answers import MOST_VALUES
from questionnaire.core.survey.funnel import GATE, Funnel, SurveyVisit, funnel
from questionnaire.core.survey.journey_shares import JourneyShares, journey_shares
from questionnaire.core.survey.survey import Survey
from questionnaire.core.survey.survey_theme import theme_of
from questionnaire.notify import compose
from questionnaire.storage import Session
from questionnaire.storage import tables as rows
from questionnaire.storage.publishing import publications
from questionnaire.storage.responses import partial_responses, visits
from questionnaire.storage.tables import VisitRow

PURPOSE = "resume"
LASTS = timedelta(days=30)
JOB = "mail_draft"
LONGEST_VALUE, LARGEST = 5_000, 60_000
NUMBER = re.compile(r"[0-9a-f]{32}")

Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class PartialResponse:
    """How far somebody is. `draft` and `visit` are 32 hexadecimal digits, "" for none; `answered` of what was `seen`.

    `typed`: input name -> what stands there. `known` is the token of the signed link they came by, if any. `touches`
    are first and last touch, `claims` hidden fields that no signed link vouches for. `ending`: where it stopped early.
    """

    survey: Survey
    language: str
    draft: str = ""
    visit: str = ""
    typed: Typed = field(default_factory=dict)
    agreed: bool = False
    seen: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    known: str = ""
    touches: Mapping[str, Touchpoint] = field(default_factory=dict)
    claims: Mapping[str, str] = field(default_factory=dict)
    embedded: bool = False
    ending: str = ""


@dataclass(frozen=True, slots=True)
class ResumedResponse:
    """A draft that was found again. The page it opens saves under a number of its own, so that a link that is passed on
    shows what was there when it was sent, and never what the next person typed."""

    survey_version: int
    language: str
    typed: Typed
    at: str
    known: str
    touches: Mapping[str, Touchpoint]
    claims: Mapping[str, str]


NOTHING = ResumedResponse(0, "", {}, "", "", {}, {})
"""What a form that begins goes on with."""


def save(toolbox: Toolbox, partial: PartialResponse, now: datetime) -> None:
    """Writes the draft, when something was answered, and how far the visit has come."""
    with toolbox.database.writing() as session:
        _save(toolbox, session, partial, now)


def _save(toolbox: Toolbox, session: Session, partial: PartialResponse, now: datetime) -> None:
    typed = _kept(partial)
    if NUMBER.fullmatch(partial.draft) and typed:
        partial_responses.keep(session, _draft(partial, typed, now))
    if NUMBER.fullmatch(partial.visit):
        _note(toolbox, session, _visit(partial, typed, now), now)


def _note(toolbox: Toolbox, session: Session, visit: rows.VisitRow, now: datetime) -> None:
    if visits.note(session, visit):
        facts = {"response": {"survey": visit.survey_id, "version": visit.survey_version}, "actor": "prospect"}
        announce_other(toolbox, session, "response.started", visit.id, now, facts)


def _kept(partial: PartialResponse) -> dict[str, list[str]]:
    contact = {one.name for one in partial.survey.contact_fields}
    kept: dict[str, list[str]] = {}
    for name, values in partial.typed.items():
        if name in contact and not partial.agreed:
            continue
        cleaned = [clean_text(value[:LONGEST_VALUE], LONGEST_VALUE, lines=True) for value in values[:MOST_VALUES]]
        told = [text for text in cleaned if text]
        if told:
            kept[name] = told
    return kept if len(json.dumps(kept)) <= LARGEST else {}


def _draft(partial: PartialResponse, typed: Typed, now: datetime) -> rows.PartialResponseRow:
    return rows.PartialResponseRow(
        id=partial.draft,
        survey_id=partial.survey.id,
        survey_version=partial.survey.version,
        language=partial.language,
        fields={
            "typed": dict(typed),
            "at": " ".join(partial.at),
            "known": partial.known[: signing.MAX_LINK_CHARS],
            "source": {position: dict(touch) for position, touch in partial.touches.items()},
            "claims": dict(partial.claims),
        },
        created_at=now,
        updated_at=now,
        expires_at=now + LASTS,
    )


def _visit(partial: PartialResponse, typed: Typed, now: datetime) -> rows.VisitRow:
    survey = partial.survey
    contact = {one.name for one in survey.contact_fields}
    items = {item.name: question.name for question in survey.questions for item in question.items}
    answered = {items[name] for name in typed if name in items} | ({GATE} if contact & set(partial.typed) else set())
    names = [question.name for question in survey.questions] + [GATE]
    return rows.VisitRow(
        id=partial.visit,
        survey_id=survey.id,
        survey_version=survey.version,
        language=partial.language,
        day=now.date(),
        embedded=partial.embedded,
        seen=[name for name in names if name in partial.seen],
        answered=[name for name in names if name in answered],
        at=" ".join(name for name in names if name in partial.at),
    )


def finish(toolbox: Toolbox, session: Session, partial: PartialResponse, now: datetime, resumed: str = "") -> None:
    """In the accepting transaction: the draft has become a response, and the one it went on from; the visit is
    completed, or came to an ending."""
    for number in (partial.draft, resumed):
        if NUMBER.fullmatch(number):
            partial_responses.forget(session, number)
    if NUMBER.fullmatch(partial.visit):
        visit = _visit(partial, partial.typed, now)
        visit.completed, visit.ending = not partial.ending, partial.ending
        _note(toolbox, session, visit, now)


# --- the mailed link -------------------------------------------------------------------------------------------


class Link(Enum):
    """What became of a link somebody asked to be mailed."""

    ON_ITS_WAY = auto()
    NO_ADDRESS = auto()
    NOT_REACHABLE = auto()
    TOO_MANY = auto()


def mail_link(toolbox: Toolbox, partial: PartialResponse, address: str, now: datetime) -> Link:
    """Keeps the draft and has the link to it mailed. The address is used for this one mail and is not kept with the
    draft; it is counted here, so that nobody is told of a mail that a cap would stop later."""
    to = clean_email(address)
    if to is None or not NUMBER.fullmatch(partial.draft):
        return Link.NO_ADDRESS
    if not delivery.reaches(toolbox, to, "resume_link"):
        return Link.NOT_REACHABLE
    with toolbox.database.writing() as session:
        _save(toolbox, session, partial, now)
        # Without an answer there is nothing to go back to yet: the link then opens the first question.
        if partial_responses.find(session, partial.draft, now) is None:
            partial_responses.keep(session, _draft(partial, {}, now))
        if caps.take_mail(toolbox, session, to, now, link=True) is not None:
            return Link.TOO_MANY
        args = {"draft": partial.draft, "to": to, "counted": True}
        toolbox.queue.enqueue(session, JOB, f"{JOB}:{toolbox.new_id()}", args)
    return Link.ON_ITS_WAY


def send_link(toolbox: Toolbox, draft: str, address: str, cause: str, *, counted: bool = False) -> None:
    """The job: composes the letter and posts it, once for each time it was asked for."""
    now = toolbox.now()
    with toolbox.database.reading() as session:
        row = partial_responses.find(session, draft, now)
        if row is None:
            return
        survey = survey_of(toolbox, session, row.survey_id, row.survey_version)
    title = survey.title.fill(row.language, {})
    link = compose.resume_link(
        address,
        title,
        resume_link(toolbox, row),
        row.expires_at,
        theme_of(company_settings.theme(toolbox), survey.theme),
        row.language,
        survey.phrases(row.language),
    )
    messages = delivery.render(toolbox, link)
    with toolbox.database.writing() as session:
        delivery.post(toolbox, session, messages, cause, counted=counted)


def resume_link(toolbox: Toolbox, row: rows.PartialResponseRow) -> str:
    token = signing.sign_link(toolbox.settings.secret_keys, PURPOSE, [row.survey_id, row.id], row.expires_at)
    known = str(row.fields.get("known") or "")
    asked = {**({"k": known} if known else {}), "resume": token}
    return f"{toolbox.settings.public_url}/s/{row.survey_id}?{urlencode(asked)}"


def resume(toolbox: Toolbox, slug: str, token: str, now: datetime) -> ResumedResponse | None:
    """What a mailed link leads back to; None when its time is over, or it was finished meanwhile."""
    number = number_in(toolbox, slug, token, now)
    return find(toolbox, slug, number, now)


def find(toolbox: Toolbox, slug: str, number: str, now: datetime) -> ResumedResponse | None:
    """The partial response under a number; None when it has expired, was finished, or is another survey's."""
    if not NUMBER.fullmatch(number):
        return None
    with toolbox.database.reading() as session:
        row = partial_responses.find(session, number, now)
    if row is None or row.survey_id != slug:
        return None
    fields = row.fields
    return ResumedResponse(
        row.survey_version,
        row.language,
        fields.get("typed", {}),
        fields.get("at", ""),
        fields.get("known", ""),
        fields.get("source", {}),
        fields.get("claims", {}),
    )


def number_in(toolbox: Toolbox, slug: str, token: str, now: datetime) -> str:
    """The number of the draft that a mailed link names; "" for a link that is forged, too old or another survey's."""
    content = signing.read_link(toolbox.settings.secret_keys, PURPOSE, token, now) if token else None
    return str(content[1]) if content is not None and content[0] == slug else ""


# --- the figures -----------------------------------------------------------------------------------------------


def dropoff(toolbox: Toolbox, slug: str, version: int | None = None) -> tuple[Survey, Funnel] | None:
    """How far people got in one version of a survey, the newest when none is named; None when there is none."""
    with toolbox.database.reading() as session:
        wanted = version or publications.newest_version(session, "survey", slug)
        if wanted is None or publications.find(session, "survey", slug, wanted) is None:
            return None
        survey = survey_of(toolbox, session, slug, wanted)
        return survey, funnel(survey, map(_survey_visit, visits.of_survey(session, slug, wanted)))


SHARES_OF = timedelta(days=30)
MOST_VISITS = 2_000


def shares(toolbox: Toolbox, slug: str, version: int, now: datetime) -> JourneyShares:
    """What visitors of the last 30 days skipped in a version; of MOST_VISITS at most, those of the newest days."""
    with toolbox.database.reading() as session:
        survey = survey_of(toolbox, session, slug, version)
        rows = visits.newest_of_survey(session, slug, version, (now - SHARES_OF).date(), MOST_VISITS)
    asked = [question.name for question in survey.questions if question.asks]
    return journey_shares(asked, map(_survey_visit, rows))


def _survey_visit(row: VisitRow) -> SurveyVisit:
    return SurveyVisit(frozenset(row.seen), frozenset(row.answered), tuple(row.at.split()), row.completed, row.ending)
