"""The queue of Marketing Ops: leads that wait for a person, each open box with its evidence, and who would get them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from questionnaire.actions.assessing.event_texts import rep_names
from questionnaire.actions.documents.dossiers import case_of
from questionnaire.actions.handoff.lead_case import assess_now, lead_case
from questionnaire.actions.handoff.lead_list import row_of, seen_by
from questionnaire.actions.handoff.routing_book import read_book
from questionnaire.actions.handoff.same_people import same_people
from questionnaire.actions.toolbox import Toolbox
from questionnaire.actions.views import LeadListItem, Person, SamePeople
from questionnaire.core.base.stage import Stage
from questionnaire.core.documents.dossier.scores import BoxLine, checklist
from questionnaire.core.documents.dossier.summary import DossierSummary, brief
from questionnaire.core.handoff.deadline import first_contact
from questionnaire.core.handoff.routing import route, routing_text
from questionnaire.storage.leads import leads
from questionnaire.templating import words_for

MOST = 100
"""Leads in review on one page; more are a sign that the policy asks for too much."""


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """`decide_by` is the end of the time to review, None where the policy has none."""

    row: LeadListItem
    decide_by: datetime | None


@dataclass(frozen=True, slots=True)
class ReviewCase:
    """One lead in review. `goes_to` and `why` say who would get it now; `call_by` by when."""

    item: ReviewItem
    brief: DossierSummary
    open_boxes: tuple[BoxLine, ...]
    met_boxes: tuple[BoxLine, ...]
    goes_to: str
    why: str
    call_by: datetime | None
    people: SamePeople


def queue(toolbox: Toolbox, viewer: Person) -> tuple[ReviewItem, ...]:
    """The leads in review, the longest waiting first."""
    words = words_for(viewer.language)
    with toolbox.database.reading() as session:
        names = rep_names(session)
        rows = leads.in_stage(session, Stage.REVIEW, MOST)
        items = [ReviewItem(row_of(row, names, words), row.next_at) for row in rows]
    return tuple(sorted(items, key=lambda item: (item.decide_by is None, item.decide_by or item.row.newest_at)))


def review_case(toolbox: Toolbox, viewer: Person, lead_id: str) -> ReviewCase | None:
    """None when the lead is not in review, or not for the viewer."""
    now, words = toolbox.now(), words_for(viewer.language)
    with toolbox.database.reading() as session:
        lead = leads.get_visible(session, seen_by(viewer), lead_id)
        if lead is None or lead.stage != Stage.REVIEW:
            return None
        case = lead_case(toolbox, session, lead)
        dossier = case_of(toolbox, session, lead, case.response, viewer.language, viewer.zone)
        lines = checklist(dossier).lines
        assessment = assess_now(toolbox, session, case, now)
        assignment = route(assessment.policy, assessment.facts, read_book(session, assessment))
        names: Mapping[str, str] = {**case.policy.rep_names, **rep_names(session)}
        promise = first_contact(assessment.policy, assessment.facts, assignment.rep, now)
        return ReviewCase(
            ReviewItem(row_of(lead, names, words), lead.next_at),
            brief(dossier),
            tuple(line for line in lines if line.state != "checked"),
            tuple(line for line in lines if line.state == "checked"),
            names.get(assignment.rep, assignment.rep) if assignment.rep else assignment.queue or "",
            routing_text(assignment.why, words, names),
            promise.due_at if promise else None,
            same_people(session, lead, viewer, words),
        )
