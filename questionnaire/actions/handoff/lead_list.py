"""The lead list of the desk, and the page of one lead with its dossier and history."""

from __future__ import annotations

from collections.abc import Mapping

from questionnaire.actions.assessing.event_texts import event_names, event_text, rep_names
from questionnaire.actions.assessing.history import counting_responses
from questionnaire.actions.documents import dossiers
from questionnaire.actions.documents.render import rerun_suffix
from questionnaire.actions.handoff.handoff_view import handoff_view
from questionnaire.actions.handoff.lead_case import lead_case
from questionnaire.actions.handoff.same_people import same_people
from questionnaire.actions.toolbox import Toolbox
from questionnaire.actions.views import (
    MOST_EVENTS,
    PER_PAGE,
    EventLine,
    LeadListItem,
    LeadPage,
    LeadQuery,
    LeadView,
    Person,
)
from questionnaire.core.base.explanation import read_explanation
from questionnaire.core.base.labels import stage_name
from questionnaire.core.base.stage import Stage
from questionnaire.core.base.translation import Translator
from questionnaire.core.documents.agreement.handoff_parts import reason_text
from questionnaire.core.handoff.feedback import RESUME
from questionnaire.core.identity.contact_details import dialled
from questionnaire.core.identity.phone_number import phone_link, phone_text
from questionnaire.core.scoring.verdict_reason import verdict_text
from questionnaire.storage import Session
from questionnaire.storage.leads import call_notes, events, lead_page
from questionnaire.storage.leads import leads as stored
from questionnaire.storage.leads.lead_order import ListPosition, Sort
from questionnaire.storage.leads.lead_page import LeadFilter
from questionnaire.storage.leads.leads import Viewer
from questionnaire.storage.people import staff
from questionnaire.storage.responses import documents
from questionnaire.storage.tables import EventRow, LeadRow
from questionnaire.templating import words_for

SORTS = {"urgency": Sort.URGENCY, "newest": Sort.NEWEST, "label": Sort.LABEL, "company": Sort.COMPANY}


def seen_by(viewer: Person) -> Viewer:
    return Viewer(viewer.role, viewer.rep or None)


def leads(toolbox: Toolbox, viewer: Person, query: LeadQuery) -> LeadPage:
    """One page of the leads that the viewer may see, with the filter options."""
    words = words_for(viewer.language)
    lead_filter = LeadFilter(
        stage=query.stage,
        label=query.label,
        owner=query.owner,
        search=query.search,
        sort=SORTS.get(query.sort, Sort.NEWEST),
        size=PER_PAGE,
        position=_position(query),
    )
    with toolbox.database.reading() as session:
        names = rep_names(session)
        result = lead_page.page(session, seen_by(viewer), lead_filter)
    facets = result.facets
    return LeadPage(
        rows=tuple(row_of(lead, names, words) for lead in result.leads),
        matching=result.matching,
        total=facets.total,
        is_capped=result.is_capped,
        before=result.before.text if result.before is not None else "",
        after=result.after.text if result.after is not None else "",
        stages=tuple(
            (stage, stage_name(stage, words), facets.stages[stage]) for stage in Stage if stage in facets.stages
        ),
        owners=tuple(sorted((name, names.get(name, name), n) for name, n in facets.owners.items())),
        labels=tuple(sorted((name, name, n) for name, n in facets.labels.items())),
    )


def _position(query: LeadQuery) -> ListPosition | None:
    text = query.before or query.after
    return ListPosition(text, is_before=bool(query.before)) if text else None


def lead(toolbox: Toolbox, viewer: Person, lead_id: str, before: int | None = None) -> LeadView | None:
    """A lead with its dossier in the viewer's language and time zone; None if the viewer may not see the lead.

    `before`: only the events before the one with this number.
    """
    with toolbox.database.reading() as session:
        row = stored.get_visible(session, seen_by(viewer), lead_id)
        if row is None:
            return None
        lead_events = events.newest_of_lead(session, row.id, MOST_EVENTS + 1, before)
        has_earlier, lead_events = len(lead_events) > MOST_EVENTS, lead_events[-MOST_EVENTS:]
        names = event_names(toolbox, session, lead_events, viewer.language)
        case, words = lead_case(toolbox, session, row), words_for(viewer.language)
        latest = case.response
        return LeadView(
            row=row_of(row, names.reps, words),
            dossier=dossiers.dossier_of(toolbox, session, row, latest, viewer.language, viewer.zone),
            events=tuple(
                EventLine(event.at, event.kind, event_text(event, names, words), _actor(event, session))
                for event in lead_events
            ),
            handoff=handoff_view(session, case, viewer, words, toolbox.now()),
            people=same_people(session, row, viewer, words),
            earlier=(lead_events[0].seq or 0) if has_earlier else 0,
            email=row.email,
            phone=phone_text(dialled({**row.contact, "phone": row.phone}), viewer.language),
            phone_link=phone_link(dialled({**row.contact, "phone": row.phone})) if row.phone else "",
            dossier_ready=documents.newest(session, latest.id, "dossier") is not None,
        )


def is_visible(toolbox: Toolbox, viewer: Person, lead_id: str) -> bool:
    with toolbox.database.reading() as session:
        return stored.get_visible(session, seen_by(viewer), lead_id) is not None


def owner_name(toolbox: Toolbox, lead_id: str) -> str:
    """Who has the lead now, "" for nobody."""
    with toolbox.database.reading() as session:
        row = session.get(LeadRow, lead_id)
        return rep_names(session).get(row.owner, row.owner) if row is not None and row.owner else ""


def dossier_pdf(toolbox: Toolbox, viewer: Person, lead_id: str) -> bytes | None:
    """The stored PDF of the dossier; None if there is none yet or the viewer may not see the lead.

    Raises DamagedFile when the stored file is damaged.
    """
    with toolbox.database.reading() as session:
        row = stored.get_visible(session, seen_by(viewer), lead_id)
        if row is None:
            return None
        latest = counting_responses(session, row)[-1]
        document = documents.newest(session, latest.id, "dossier")
        return documents.content_of(document)


def queue_dossier(toolbox: Toolbox, viewer: Person, lead_id: str) -> bool:
    """Queues the job that renders the dossier as PDF, at most once an hour; False if the viewer may not see the lead.

    The PDF of a lead without an owner is in the viewer's language and time zone.
    """
    with toolbox.database.writing() as session:
        row = stored.get_visible(session, seen_by(viewer), lead_id)
        if row is None:
            return False
        latest = counting_responses(session, row)[-1]
        key = f"dossier:{latest.id}:{rerun_suffix(toolbox.now())}"
        args = {"response": latest.id, "language": viewer.language, "zone": viewer.zone}
        toolbox.queue.enqueue(session, "render_dossier", key, args)
    return True


def write_notes(toolbox: Toolbox, viewer: Person, lead_id: str, notes: Mapping[str, str]) -> bool:
    """Keeps what was noted during a call; False if the viewer may not see the lead."""
    with toolbox.database.writing() as session:
        if stored.get_visible(session, seen_by(viewer), lead_id) is None:
            return False
        call_notes.write(session, lead_id, notes, viewer.id, toolbox.now())
    return True


def row_of(row: LeadRow, names: Mapping[str, str], words: Translator) -> LeadListItem:
    return LeadListItem(
        id=row.id,
        name=row.name or row.email,
        company=row.company,
        why=verdict_text(read_explanation(row.why), words),
        stage=row.stage,
        label=row.label or "",
        owner=names.get(row.owner, row.owner) if row.owner else "",
        call_by=row.call_by,
        newest_at=row.newest_at,
        country=row.country,
        demo=row.demo,
        queue="" if row.owner else row.queue or "",
        back_on=row.until or "" if row.next_what == RESUME else "",
        reason=reason_text(row.reason, words) if row.stage == Stage.NURTURE else "",
    )


def _actor(event: EventRow, session: Session) -> str:
    kind, _, staff_id = event.actor.partition(":")
    person = staff.get(session, staff_id) if kind == "staff" else None
    return person.name if person is not None else ""
