"""The dossier of a lead, as a view value for the desk and as a PDF for the lead's owner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from questionnaire.actions.documents.render import render_and_store, template_version
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
from questionnaire.core.identity.contact_details import dialled
from questionnaire.core.identity.phone_number import phone_text
from questionnaire.storage import Session
from questionnaire.storage.leads import events, leads, ownership
from questionnaire.storage.people import staff
from questionnaire.storage.responses import documents, responses
from questionnaire.storage.tables import AssignmentRow, EventRow, LeadRow, ResponseRow
from questionnaire.templating import words_for

DOSSIER_TEMPLATE = "1"
"""Increase it when a change of the dossier templates requires new files."""


def dossier_of(
    toolbox: Toolbox, session: Session, lead: LeadRow, row: ResponseRow, language: str, zone: str
) -> Dossier:
    """The dossier as of a response, in a reader's language and time zone."""
    return build_dossier(case_of(toolbox, session, lead, row, language, zone))


def case_of(
    toolbox: Toolbox, session: Session, lead: LeadRow, row: ResponseRow, language: str, zone: str
) -> DossierContext:
    """The input of a dossier, derived from stored rows. If `row` does not count, the newest response that counts is
    used instead."""
    row = judged_response(session, lead, row)
    filled = filled_by(toolbox, session, lead, row.at)
    words, lead_events = words_for(language), events.of_lead(session, lead.id)
    pinned, history = PolicyPin(row.policy_id, row.policy_version), history_of(session, lead, lead_events)
    assessment = assess_stored(toolbox, session, filled, pinned, history, row.at, words, is_contradictory(lead))
    ownership_row = ownership.current(session, lead.id)
    person = staff.by_rep(session, ownership_row.rep) if ownership_row is not None and ownership_row.rep else None
    names = event_names(toolbox, session, lead_events, language)
    return DossierContext(
        assessment=assessment,
        words=words,
        zone=ZoneInfo(zone),
        due=lead.call_by,
        assignment=_assignment(ownership_row),
        rep=person.name if person is not None else "",
        rep_zone=ZoneInfo(person.timezone) if person is not None else None,
        stage=stage_name(lead.stage, words),
        report=report_of(toolbox, session, row),
        agreed=tuple(
            ConsentRecord(consent.text, consent.basis, consent.granted if consent.basis == "consent" else None)
            for consent in responses.consents_of(session, row.id)
        ),
        earlier=tuple(
            PastEvent(event.at, event_text(event, names, words)) for event in lead_events if event.at < row.at
        ),
        confirmed=row.confirmed_at is not None,
        claims=unconfirmed_contacts(session, lead, words.language),
        waivers=_waivers(lead_events),
        reps=names.reps,
    )


def _waivers(lead_events: Sequence[EventRow]) -> Mapping[str, str]:
    """The words of Marketing Ops on open boxes, from the last review."""
    reviews = [event for event in lead_events if event.kind == "reviewed" and event.data.get("approved")]
    return {str(box): str(word) for box, word in reviews[-1].data.get("waivers", {}).items()} if reviews else {}


def _assignment(row: AssignmentRow | None) -> Assignment | None:
    return Assignment(row.rule, row.pool, row.rep, row.queue, read_explanation(row.why)) if row is not None else None


def print_dossier(toolbox: Toolbox, response_id: str, language: str = "en", zone: str = "UTC") -> None:
    """The job `render_dossier`: renders and stores the PDF in the owner's language and time zone.

    `language` and `zone` are used for a lead without an owner. A sound stored file is not rendered again.
    """
    with toolbox.database.reading() as session:
        row = responses.get(session, response_id)
        lead = leads.of_response(session, row)
        if row is None or lead is None:
            return
        row = judged_response(session, lead, row)
        reader = staff.by_rep(session, lead.owner) if lead.owner else None
        if reader is not None:
            language, zone = reader.language, reader.timezone
        view = asdict(dossier_of(toolbox, session, lead, row, language, zone))
        template = template_version(toolbox, DOSSIER_TEMPLATE, view)
        document = documents.find(session, row.id, "dossier", language, template)
        if document is not None and documents.is_sound(document):
            return
    render_and_store(toolbox, row.id, "dossier", view, language, template)


def unconfirmed_contacts(session: Session, lead: LeadRow, language: str) -> tuple[Claimant, ...]:
    """Contact data from the responses that do not count, newest first."""
    counts = {row.id for row in counting_responses(session, lead)}
    rows = [row for row in responses.of_lead(session, lead.id) if row.id not in counts]
    return tuple(_claimant(row, language) for row in reversed(rows))


def _claimant(row: ResponseRow, language: str) -> Claimant:
    contact = contact_columns((row,))
    phone = phone_text(dialled(contact["contact"]), language)
    return Claimant(row.at, contact["name"], contact["title"], contact["company"], phone)
