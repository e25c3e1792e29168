"""A lead's responses, history and assessment, derived from stored rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from questionnaire.actions.assessing.disengagement import disengagement_of
from questionnaire.actions.assessing.duplicates import is_duplicate
from questionnaire.actions.publishing.publish_version import policy_of, survey_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.stage import Stage
from questionnaire.core.base.translation import ENGLISH, Translator
from questionnaire.core.scoring.assessment import Assessment, assess
from questionnaire.core.scoring.confirmation import CONTRADICTORY, ResponseClaim, counting_ids
from questionnaire.core.scoring.evidence import History, ResponseEvidence
from questionnaire.core.scoring.verdict import Verdict
from questionnaire.core.scoring.verdict_reason import explain
from questionnaire.core.survey.answers import Answers, read_answers
from questionnaire.storage import Session
from questionnaire.storage.leads import events, leads
from questionnaire.storage.responses import assessments, responses
from questionnaire.storage.tables import EventRow, LeadRow, ResponseRow

WON = Stage.CUSTOMER


@dataclass(frozen=True, slots=True)
class PolicyPin:
    """The policy version a response is assessed under."""

    id: str
    version: int


def write_answers(answers: Answers) -> dict[str, Any]:
    """Answers as JSON. Decimals are stored as text, so that reading them returns the same values."""
    values = {name: _json(value) for name, value in answers.items()}
    return {**values, **{f"{name}.other": text for name, text in answers.words.items()}}


def _json(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, str | int | bool) else str(value)


def filled_of(toolbox: Toolbox, session: Session, row: ResponseRow) -> ResponseEvidence:
    """A stored response as input of the assessment."""
    survey = survey_of(toolbox, session, row.survey_id, row.survey_version)
    return ResponseEvidence(
        survey=survey,
        answers=read_answers(survey, row.answers)[0],
        at=row.at,
        contact=row.contact,
        hidden=row.hidden,
        claims=row.claims,
        id=row.id,
        language=row.language,
        touches=row.source,
    )


def in_order_of_arrival(rows: Iterable[ResponseRow]) -> tuple[ResponseRow, ...]:
    """Responses by the time they were judged; one that is not judged yet comes last."""
    return tuple(sorted(rows, key=lambda row: (row.judged_at is None, row.judged_at or row.at, row.at, row.id)))


def claims_of(session: Session, rows: Sequence[ResponseRow]) -> tuple[ResponseClaim, ...]:
    """The claims of responses with the same email address, each with the stage of the response alone."""
    stages = assessments.single_response_stages(session, [row.id for row in rows])
    return tuple(
        ResponseClaim(row.id, row.confirmed_at is not None, Stage(stages[row.id]) if row.id in stages else None)
        for row in rows
    )


def counting_responses(session: Session, lead: LeadRow) -> tuple[ResponseRow, ...]:
    """The lead's responses that count, oldest first (core/scoring/confirmation.py)."""
    return counting_of(responses.of_lead(session, lead.id))


def counting_of(found: Iterable[ResponseRow]) -> tuple[ResponseRow, ...]:
    """Those of a lead's responses that count, oldest first."""
    rows = in_order_of_arrival(found)
    ids = counting_ids([ResponseClaim(row.id, row.confirmed_at is not None) for row in rows])
    return tuple(sorted((row for row in rows if row.id in ids), key=lambda row: (row.at, row.id)))


def judged_response(session: Session, lead: LeadRow, row: ResponseRow) -> ResponseRow:
    """The response that a dossier for `row` describes: `row` if it counts, else the newest response that does."""
    rows = counting_responses(session, lead)
    return row if row.id in {other.id for other in rows} or not rows else rows[-1]


def filled_by(
    toolbox: Toolbox, session: Session, lead: LeadRow, until: datetime | None = None
) -> tuple[ResponseEvidence, ...]:
    """The lead's responses that count, up to and including `until`, oldest first."""
    rows = counting_responses(session, lead)
    return tuple(filled_of(toolbox, session, row) for row in rows if until is None or row.at <= until)


def history_of(session: Session, lead: LeadRow, lead_events: Sequence[EventRow] | None = None) -> History:
    """Facts about the lead and its company from events, not from answers. `lead_events`: the lead's events, if
    they were loaded already."""
    not_now: date | None = None
    happened = events.of_lead(session, lead.id) if lead_events is None else lead_events
    undone = {event.data.get("event") for event in happened if event.kind == "undone"}
    for event in happened:
        if event.data.get("not_now_on") and event.id not in undone:
            not_now = date.fromisoformat(str(event.data["not_now_on"]))
    account = leads.account_of(session, lead)
    return History(
        not_now_on=not_now,
        stage=lead.stage,
        owner=lead.owner,
        account_owner=account.owner,
        duplicate=is_duplicate(session, lead),
        customer=lead.stage == WON or account.is_customer,
        signals=disengagement_of(session, lead),
    )


def assess_stored(
    toolbox: Toolbox,
    session: Session,
    filled: Sequence[ResponseEvidence],
    pinned: PolicyPin,
    history: History,
    at: datetime,
    words: Translator = ENGLISH,
    contradictory: bool = False,
) -> Assessment:
    """An assessment under a published policy at a given time.

    `contradictory`: unconfirmed responses exclude each other, so the stage is REVIEW whatever they score.
    """
    policy = policy_of(toolbox, session, pinned.id, pinned.version)
    assessment = assess(policy, filled, (), history, at, toolbox.domains, words)
    if not contradictory:
        return assessment
    verdict = Verdict(Stage.REVIEW, CONTRADICTORY)
    why = explain(assessment.policy, assessment.evidence, assessment.scorecard, assessment.checklist, verdict)
    return replace(assessment, verdict=replace(verdict, why=why))


def is_contradictory(lead: LeadRow) -> bool:
    """Whether the lead is in review because unconfirmed responses exclude each other."""
    return lead.stage == Stage.REVIEW and lead.reason == CONTRADICTORY
