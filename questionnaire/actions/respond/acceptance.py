"""Accepting a response: assess a validated form alone, and write it with its one job in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from questionnaire.actions.assessing.assessments import shown_first, stored_assessment
from questionnaire.actions.assessing.links import sign
from questionnaire.actions.assessing.personal_links import NO_INVITATION, Invitation
from questionnaire.actions.documents import benchmark
from questionnaire.actions.publishing.publish_version import survey_of
from questionnaire.actions.respond import form_states, judgement, resume, validate
from questionnaire.actions.respond.validate import ValidatedForm
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.problems import Problem
from questionnaire.core.base.text_cleaning import clean_text
from questionnaire.core.identity.attribution import Touchpoint
from questionnaire.core.survey.availability import OPEN, Availability
from questionnaire.core.survey.calculated_facts import calculate
from questionnaire.core.survey.funnel import GATE
from questionnaire.core.survey.journey import Journey, derive_journey
from questionnaire.core.survey.placeholders import placeholder_values
from questionnaire.core.survey.survey import Survey
from questionnaire.storage import Session
from questionnaire.storage.publishing import publications, survey_statuses
from questionnaire.storage.responses import assessments, responses
from questionnaire.storage.responses.responses import KeyConflict, StoredResponse
from questionnaire.storage.tables import AssessmentRow, ConsentRow, ResponseRow

LONGEST_KEY = 100


@dataclass(frozen=True, slots=True)
class Publication:
    """A frozen survey that can be answered. `id` names the version, as in `my-survey@3`."""

    id: str
    survey: Survey
    availability: Availability = OPEN

    @property
    def closed(self) -> bool:
        """No one can start it, for whatever reason."""
        return not self.availability.is_open


@dataclass(frozen=True, slots=True)
class SubmissionContext:
    """What belongs to a submitted form and is no answer.

    `key`: the idempotency key of the browser, "" without one. `touches`: first and last touch of the attribution.
    `draft`, `resumed`, `visit`: numbers of the partial response that becomes this response, of the one it was resumed
    from, and of the visit that is completed. `test`: it counts nowhere. `stepwise`: the form came page by page, without
    JavaScript.
    """

    publication: Publication
    key: str = ""
    invitation: Invitation = NO_INVITATION
    touches: Mapping[str, Touchpoint] = field(default_factory=dict)
    draft: str = ""
    resumed: str = ""
    visit: str = ""
    embedded: bool = False
    stepwise: bool = False
    test: bool = False


@dataclass(frozen=True, slots=True)
class AcceptedResponse:
    """It is stored; the token opens its result page, or that of the ending it stopped on."""

    token: str
    response_id: str
    ending: str = ""


@dataclass(frozen=True, slots=True)
class RejectedResponse:
    """Nothing was stored. `conflict`: the same key came before with other answers."""

    problems: tuple[Problem, ...] = ()
    conflict: bool = False


def get_publication(toolbox: Toolbox, slug: str, version: str | None = None) -> Publication | None:
    """The survey under an address: the version a person began with when named, else the newest one."""
    wanted = _version(slug, version)
    with toolbox.database.reading() as session:
        found = publications.newest_version(session, "survey", slug) if wanted is None else wanted
        try:
            survey = survey_of(toolbox, session, slug, found) if found is not None else None
        except LookupError:
            survey = None
        if survey is None:
            return None
        return Publication(f"{slug}@{found}", survey, survey_statuses.availability(session, slug))


def _version(slug: str, named: str | None) -> int | None:
    name, _, number = (named or "").rpartition("@")
    return int(number) if name == slug and number.isascii() and number.isdigit() and len(number) < 8 else None


def accept(
    toolbox: Toolbox, form: ValidatedForm, context: SubmissionContext, now: datetime
) -> AcceptedResponse | RejectedResponse:
    """Stores a response once. The same key and body again give the same answer back; another body is a conflict."""
    if form.problems:
        return RejectedResponse(form.problems)
    publication = context.publication
    idempotency = IdempotencyKey(clean_text(context.key, LONGEST_KEY) or "", validate.fingerprint(publication.id, form))
    # Assessed before the writing begins: the lock is held for the rows alone.
    with toolbox.database.reading() as session:
        kept = idempotency.stored(session)
        if kept is not None:
            return _reply(toolbox, kept)
        row = _row(toolbox, session, form, context, idempotency, now)
        alone = judgement.assess_alone(toolbox, session, row)
        row.shown_benchmark = None if form.ending else benchmark.compare(session, publication.survey, alone)
    stored = stored_assessment(toolbox.new_id(), row, alone, shown_first(alone), None)
    return _reply(toolbox, _keep(toolbox, form, context, row, stored))


def _reply(toolbox: Toolbox, kept: StoredResponse | KeyConflict) -> AcceptedResponse | RejectedResponse:
    if isinstance(kept, KeyConflict):
        return RejectedResponse(conflict=True)
    row = kept.response
    return AcceptedResponse(sign(toolbox.settings.secret_keys, "result", row.id, row.at), row.id, row.ending or "")


def _keep(
    toolbox: Toolbox, form: ValidatedForm, context: SubmissionContext, row: ResponseRow, alone: AssessmentRow
) -> StoredResponse | KeyConflict:
    """Everything an accepted answer is, in one transaction; what else follows from it is its one job's.

    Whether the address is known plays no part here, so that the time this takes tells no one.
    """
    survey = context.publication.survey
    with toolbox.database.writing() as session:
        kept = responses.keep(session, row)
        if isinstance(kept, StoredResponse) and kept.is_new and row.test:
            _keep_test(toolbox, session, row, alone)
        elif isinstance(kept, StoredResponse) and kept.is_new:
            responses.add_consents(session, _consents(toolbox, survey, form, row))
            assessments.add(session, alone)
            toolbox.queue.enqueue(session, judgement.JOB, f"{judgement.JOB}:{row.id}", {"response": row.id})
            resume.finish(toolbox, session, _completed(form, context), row.at, context.resumed)
            if context.stepwise:
                form_states.forget(session, context.key)
        return kept


def _keep_test(toolbox: Toolbox, session: Session, row: ResponseRow, alone: AssessmentRow) -> None:
    """A test answer has its result and report, and nothing else follows from it."""
    assessments.add(session, alone)
    if row.ending is None:
        toolbox.queue.enqueue(session, "render_report", f"report:{row.id}", {"response": row.id})


@dataclass(frozen=True, slots=True)
class IdempotencyKey:
    """One press of the button: the browser's key, "" without one, and the hash of what came with it."""

    key: str
    body_hash: str

    def stored(self, session: Session) -> StoredResponse | KeyConflict | None:
        """What the same press stored before."""
        return responses.by_key(session, self.key, self.body_hash) if self.key else None


def _row(
    toolbox: Toolbox,
    session: Session,
    form: ValidatedForm,
    context: SubmissionContext,
    idempotency: IdempotencyKey,
    now: datetime,
) -> ResponseRow:
    survey, response_id = context.publication.survey, toolbox.new_id()
    policy_version = publications.newest_version(session, "policy", survey.policy)
    if policy_version is None:
        raise LookupError(f"policy {survey.policy} is not published")
    return ResponseRow(
        id=response_id,
        survey_id=survey.id,
        survey_version=survey.version,
        policy_id=survey.policy,
        policy_version=policy_version,
        at=now,
        language=form.language,
        answers=form.written,
        hidden=dict(form.hidden),
        claims=dict(form.claims),
        contact=dict(form.contact),
        source=dict(context.touches),
        key=idempotency.key or response_id,
        body_hash=idempotency.body_hash,
        # Only who reads the address's mail has its signed link.
        confirmed_at=now if "email" in context.invitation.known(survey) else None,
        demo=toolbox.settings.demo,
        test=context.test,
        judged_at=now if context.test else None,
        ending=form.ending or None,
    )


def _completed(form: ValidatedForm, context: SubmissionContext) -> resume.PartialResponse:
    """The visit that is over, for the drop-off figures."""
    survey = context.publication.survey
    shown = _journey(survey, form).visible
    return resume.PartialResponse(
        survey=survey,
        language=form.language,
        draft=context.draft,
        visit=context.visit,
        typed=dict.fromkeys((*form.answers, *form.contact), ()),
        seen=(*(question.name for question in shown), *(() if form.ending else (GATE,))),
        embedded=context.embedded,
        ending=form.ending,
    )


def _journey(survey: Survey, form: ValidatedForm) -> Journey:
    return derive_journey(survey, form.answers, {**form.claims, **form.hidden, **form.contact})


def _consents(toolbox: Toolbox, survey: Survey, form: ValidatedForm, row: ResponseRow) -> tuple[ConsentRow, ...]:
    """The exact words that were shown, whether they were agreed to, when and in which language."""
    if not form.consents:
        return ()
    calculated = calculate(survey, _journey(survey, form)) if survey.calculated else {}
    values = placeholder_values(survey, form.answers, form.contact, form.language, calculated)
    return tuple(
        ConsentRow(
            id=toolbox.new_id(),
            response_id=row.id,
            name=consent.name,
            basis=consent.basis,
            text=consent.text.fill(form.language, values),
            language=form.language,
            survey_version=survey.version,
            granted=consent.basis != "consent" or consent.name in form.ticked,
            method="shown" if consent.basis != "consent" else "ticked" if consent.name in form.ticked else "left",
            at=row.at,
        )
        for consent in form.consents
    )
