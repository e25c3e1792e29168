"""Accepting an answer: read what was typed, decide, and write everything it causes in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from questionnaire.actions import drafts, judging, reading
from questionnaire.actions.invitations import NOBODY, Invitation
from questionnaire.actions.links import sign
from questionnaire.actions.publishing import survey_of
from questionnaire.actions.reading import Entered
from questionnaire.actions.results import ask_for_report, confirm, report_pdf, result, shared_result
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.dropoff import GATE
from questionnaire.core.gate import clean
from questionnaire.core.journey import walk
from questionnaire.core.problems import Problem
from questionnaire.core.survey import Survey
from questionnaire.core.touches import Touch
from questionnaire.storage import publications, responses
from questionnaire.storage.responses import KeyConflict
from questionnaire.storage.tables import Consent, Response

LONGEST_KEY = 100


@dataclass(frozen=True, slots=True)
class Publication:
    """A frozen survey that can be answered. `id` names the version, as in `my-survey@3`."""

    id: str
    survey: Survey
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Brought:
    """What came with the answers and is none of them: a signed link, where the person comes from, and the numbers of
    the draft and the visit that end here.
    """

    invitation: Invitation = NOBODY
    touches: Mapping[str, Touch] = field(default_factory=dict)
    draft: str = ""
    visit: str = ""
    embedded: bool = False


@dataclass(frozen=True, slots=True)
class Accepted:
    """It is stored; the token opens its result page."""

    token: str
    response_id: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was stored. `conflict`: the same key came before with other answers."""

    problems: tuple[Problem, ...] = ()
    conflict: bool = False


def prepare(toolbox: Toolbox, slug: str, version: str | None = None) -> Publication | None:
    """The survey under an address: the version a person began with when named, else the newest one."""
    wanted = _version(slug, version)
    with toolbox.database.reading() as session:
        found = publications.newest_version(session, "survey", slug) if wanted is None else wanted
        try:
            survey = survey_of(toolbox, session, slug, found) if found is not None else None
        except LookupError:
            survey = None
        return Publication(f"{slug}@{found}", survey, publications.is_closed(session, slug)) if survey else None


def _version(slug: str, named: str | None) -> int | None:
    name, _, number = (named or "").rpartition("@")
    return int(number) if name == slug and number.isascii() and number.isdigit() and len(number) < 8 else None


def accept(
    toolbox: Toolbox,
    publication: Publication,
    typed: Mapping[str, object],
    fields: Mapping[str, str],
    key: str,
    language: str,
    now: datetime,
    brought: Brought = Brought(),
) -> Accepted | Refused:
    """Stores a response once. The same key and body again give the same answer back; another body is a conflict."""
    entered = reading.read(toolbox, publication.survey, typed, fields, language, brought.invitation)
    if entered.problems:
        return Refused(entered.problems)
    body_hash = reading.fingerprint(publication.id, entered)
    key = clean(key, LONGEST_KEY) or ""
    try:
        return _accept(toolbox, publication, entered, brought, key, body_hash, now)
    except judging.Repeated:
        # Somebody stored the same key between our look and our write: what they stored is the answer.
        return _accept(toolbox, publication, entered, brought, key, body_hash, now)


def _accept(
    toolbox: Toolbox,
    publication: Publication,
    entered: Entered,
    brought: Brought,
    key: str,
    body_hash: str,
    now: datetime,
) -> Accepted | Refused:
    response_id = toolbox.new_id()
    with toolbox.database.writing() as session:
        known = responses.by_key(session, key, body_hash) if key else None
        if isinstance(known, KeyConflict):
            return Refused(conflict=True)
        if known is None:
            version = publications.newest_version(session, "policy", publication.survey.policy)
            if version is None:
                raise LookupError(f"policy {publication.survey.policy} is not published")
            row = _row(publication, entered, response_id, key or response_id, body_hash, now, version)
            row.source = dict(brought.touches)
            # Only who reads the address's mail has its signed link.
            row.confirmed_at = now if "email" in brought.invitation.known(publication.survey) else None
            judging.keep(toolbox, session, row, _consents(toolbox, publication.survey, entered, row))
            drafts.finish(session, _ended(publication.survey, entered, brought), now)
        else:
            response_id, now = known.response.id, known.response.at
    return Accepted(sign(toolbox.settings.secret_keys, "result", response_id, now), response_id)


def _row(
    publication: Publication, entered: Entered, id: str, key: str, body_hash: str, now: datetime, policy_version: int
) -> Response:
    survey = publication.survey
    return Response(
        id=id,
        survey_id=survey.id,
        survey_version=survey.version,
        policy_id=survey.policy,
        policy_version=policy_version,
        at=now,
        language=entered.language,
        answers=entered.written,
        hidden=dict(entered.hidden),
        claims=dict(entered.claims),
        contact=dict(entered.contact),
        key=key,
        body_hash=body_hash,
    )


def _ended(survey: Survey, entered: Entered, brought: Brought) -> drafts.Partial:
    """The way as it was gone to its end, for the figures."""
    shown = walk(survey, entered.answers, {**entered.claims, **entered.hidden, **entered.contact}).shown
    return drafts.Partial(
        survey=survey,
        language=entered.language,
        draft=brought.draft,
        visit=brought.visit,
        typed=dict.fromkeys((*entered.answers, *entered.contact), ()),
        seen=(*(question.name for question in shown), GATE),
        embedded=brought.embedded,
    )


def _consents(toolbox: Toolbox, survey: Survey, entered: Entered, row: Response) -> tuple[Consent, ...]:
    """The exact words that were shown, whether they were agreed to, when and in which language."""
    if survey.contact is None:
        return ()
    return tuple(
        Consent(
            id=toolbox.new_id(),
            response_id=row.id,
            name=consent.name,
            basis=consent.basis,
            text=consent.text.say(entered.language),
            language=entered.language,
            survey_version=survey.version,
            given=consent.basis != "consent" or consent.name in entered.ticked,
            method="shown" if consent.basis != "consent" else "ticked" if consent.name in entered.ticked else "left",
            at=row.at,
        )
        for consent in survey.contact.consents
    )


__all__ = [
    "Accepted",
    "Publication",
    "Refused",
    "accept",
    "ask_for_report",
    "confirm",
    "prepare",
    "report_pdf",
    "result",
    "shared_result",
]
