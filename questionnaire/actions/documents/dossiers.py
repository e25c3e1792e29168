"""The dossier of a lead: as a value for the desk's page, and printed for whoever has the lead."""

from __future__ import annotations

from dataclasses import asdict
from zoneinfo import ZoneInfo

from questionnaire.actions.assessing.event_texts import event_names, event_text
from questionnaire.actions.assessing.history import (
    PolicyPin,
    assess_stored,
    counting_responses,
    filled_by,
    history_of,
    is_contradictory,
    judged_response,
)
from questionnaire.actions.assessing.situation import contact_columns
from questionnaire.actions.documents.render import print_and_keep
from questionnaire.actions.documents.reports import report_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.explanation import read_explanation
from questionnaire.core.base.labels import stage_name
from questionnaire.core.documents.dossier import (
    Claimant,
    ConsentRecord,
    Dossier,
    DossierContext,
    PastEvent,
    build_dossier,
)
from questionnaire.core.handoff.routing import Assignment
from questionnaire.storage import Session
from questionnaire.storage.leads import events, ownership
from questionnaire.storage.people import staff
from questionnaire.storage.responses import documents, responses
from questionnaire.storage.tables import LeadRow, ResponseRow
from questionnaire.templating import words_for

DOSSIER_TEMPLATE = "1"
"""Grows when the dossier's templates change in a way that should make new files."""


def dossier_of(
    toolbox: Toolbox, session: Session, lead: LeadRow, row: ResponseRow, language: str, zone: str
) -> Dossier:
    """The dossier at a response's moment, told in a reader's language and zone."""
    return build_dossier(case_of(toolbox, session, lead, row, language, zone))


def case_of(
    toolbox: Toolbox, session: Session, lead: LeadRow, row: ResponseRow, language: str, zone: str
) -> DossierContext:
    """All a dossier is made of, derived again from what is stored. A `row` that does not count gives way to the newest
    response that does."""
    row = judged_response(session, lead, row)
    filled = filled_by(toolbox, session, lead, row.at)
    words, happened = words_for(language), events.of_lead(session, lead.id)
    pinned, history = PolicyPin(row.policy_id, row.policy_version), history_of(session, lead, happened)
    assessment = assess_stored(toolbox, session, filled, pinned, history, row.at, words, is_contradictory(lead))
    held = ownership.current(session, lead.id)
    person = staff.by_rep(session, held.rep) if held is not None and held.rep else None
    names = event_names(toolbox, session, happened, language)
    return DossierContext(
        assessment=assessment,
        words=words,
        zone=ZoneInfo(zone),
        due=lead.call_by,
        assignment=Assignment(held.rule, held.pool, held.rep, held.queue, read_explanation(held.why))
        if held is not None
        else None,
        rep=person.name if person is not None else "",
        rep_zone=ZoneInfo(person.timezone) if person is not None else None,
        stage=stage_name(lead.stage, words),
        report=report_of(toolbox, session, row),
        agreed=tuple(
            ConsentRecord(consent.text, consent.basis, consent.granted if consent.basis == "consent" else None)
            for consent in responses.consents_of(session, row.id)
        ),
        earlier=tuple(PastEvent(event.at, event_text(event, names, words)) for event in happened if event.at < row.at),
        confirmed=row.confirmed_at is not None,
        claims=claims_beside(session, lead),
        reps=names.reps,
    )


def print_dossier(toolbox: Toolbox, response_id: str, language: str = "en", zone: str = "UTC") -> None:
    """The job: creates and stores the PDF in the owner's language and time zone; without an owner, in those given."""
    with toolbox.database.reading() as session:
        row = responses.get(session, response_id)
        lead = session.get(LeadRow, row.lead_id) if row is not None and row.lead_id else None
        if row is None or lead is None:
            return
        row = judged_response(session, lead, row)
        reader = staff.by_rep(session, lead.owner) if lead.owner else None
        if reader is not None:
            language, zone = reader.language, reader.timezone
        kept = documents.find(session, row.id, "dossier", language, DOSSIER_TEMPLATE)
        if kept is not None and documents.is_sound(kept):
            return
        view = asdict(dossier_of(toolbox, session, lead, row, language, zone))
    print_and_keep(toolbox, row.id, "dossier", view, language, DOSSIER_TEMPLATE)


def claims_beside(session: Session, lead: LeadRow) -> tuple[Claimant, ...]:
    """What responses that do not count say of the person, newest first."""
    counts = {row.id for row in counting_responses(session, lead)}
    rows = [row for row in responses.of_lead(session, lead.id) if row.id not in counts]
    return tuple(_claimant(row) for row in reversed(rows))


def _claimant(row: ResponseRow) -> Claimant:
    said = contact_columns((row,))
    return Claimant(row.at, said["name"], said["title"], said["company"], said["phone"])
