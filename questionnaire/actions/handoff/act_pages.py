"""What the pages of acts show: the lead as the form needs it, and what was done a moment ago."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from questionnaire.actions.assessing.event_texts import rep_names
from questionnaire.actions.handoff.lead_acts import actor_of
from questionnaire.actions.handoff.lead_case import LeadCase, assess_now, lead_case
from questionnaire.actions.handoff.lead_list import row_of, seen_by
from questionnaire.actions.toolbox import Toolbox
from questionnaire.actions.views import LeadListItem, Person
from questionnaire.core.base.translation import Translator
from questionnaire.core.documents.agreement.handoff_parts import consequence_text, reason_name
from questionnaire.core.handoff import acts
from questionnaire.core.handoff.act_words import BUDGETS, OUTCOMES, budget_name, done_text, heard_words, outcome_name
from questionnaire.core.handoff.feedback import attempts_missing
from questionnaire.core.handoff.lifecycle import UNDO_WITHIN, UNDOABLE
from questionnaire.core.handoff.standing import ACTS
from questionnaire.core.scoring.evidence import ResponseEvidence
from questionnaire.storage.leads import call_notes, events, leads
from questionnaire.templating import words_for


@dataclass(frozen=True, slots=True)
class ReasonChoice:
    """A rejection reason with what follows from it. `missing`: how many logged attempts it still asks for."""

    code: str
    name: str
    consequence: str
    missing: int


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What the prospect said: the question and the answer in words."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class ActFormView:
    """`outcomes` and `budgets` are (code, name); `heard` is what the policy asks for to confirm an SQL, as (name,
    title, question); `notes` are from the calls; `until` is a suggestion."""

    row: LeadListItem
    title: str
    stage: str
    reached_at: datetime | None
    attempts: int
    reasons: tuple[ReasonChoice, ...]
    outcomes: tuple[tuple[str, str], ...]
    budgets: tuple[tuple[str, str], ...]
    heard: tuple[tuple[str, str, str], ...]
    answers: tuple[GivenAnswer, ...]
    notes: Mapping[str, str]
    until: date
    undo_minutes: int = UNDO_WITHIN // timedelta(minutes=1)
    longest: int = acts.LONGEST_DETAIL


@dataclass(frozen=True, slots=True)
class Toast:
    """What was done, in a sentence. `event` can be undone, "" when it cannot."""

    text: str
    event: str = ""


def form_view(toolbox: Toolbox, viewer: Person, lead_id: str) -> ActFormView | None:
    """None when the viewer may not see the lead."""
    now, words = toolbox.now(), words_for(viewer.language)
    with toolbox.database.reading() as session:
        lead = leads.get_visible(session, seen_by(viewer), lead_id)
        if lead is None:
            return None
        case = lead_case(toolbox, session, lead)
        return ActFormView(
            row_of(lead, rep_names(session), words),
            lead.title,
            lead.stage,
            case.standing.contacted_at,
            case.standing.attempts,
            _reasons(case, words),
            tuple((code, outcome_name(code, words)) for code in OUTCOMES),
            tuple((code, budget_name(code, words)) for code in BUDGETS),
            tuple((name, *heard_words(name, words)) for name in case.policy.sql.confirm),
            _answers(assess_now(toolbox, session, case, now).evidence.latest),
            call_notes.notes_of(session, lead_id),
            (now + timedelta(days=91)).date(),
        )


def _reasons(case: LeadCase, words: Translator) -> tuple[ReasonChoice, ...]:
    return tuple(
        ReasonChoice(reason.code, reason_name(reason.code, words), consequence_text(case.policy, reason.then, words),
                     attempts_missing(reason, case.standing))
        for reason in case.policy.rejection_reasons
    )  # fmt: skip


def _answers(filled: ResponseEvidence) -> tuple[GivenAnswer, ...]:
    return tuple(
        GivenAnswer(filled.say(item.title), filled.answer_words(item))
        for item in filled.journey.visible
        if filled.answer_words(item)
    )


def toast(toolbox: Toolbox, viewer: Person, event_id: str) -> Toast | None:
    """What the viewer did a moment ago; None for another's act, or one that is long past."""
    if not event_id:
        return None
    with toolbox.database.reading() as session:
        event = events.get(session, event_id)
        if event is None or event.actor != actor_of(viewer).as_text or toolbox.now() - event.at > UNDO_WITHIN:
            return None
        lead = leads.find(session, event.lead_id)
        if lead is None:
            return None
        case = lead_case(toolbox, session, lead)
        last = case.standing.last
        may_undo = event.kind in UNDOABLE and last is not None and last.event == event.id
        text = done_text(event.kind, lead.name or lead.email, event.data, words_for(viewer.language))
        return Toast(text, event.id if may_undo else "")


def lead_of_event(toolbox: Toolbox, event_id: str) -> str | None:
    with toolbox.database.reading() as session:
        event = events.get(session, event_id)
        return event.lead_id if event is not None else None


def newest_act(toolbox: Toolbox, lead_id: str) -> str:
    """The id of the newest event that is an act of a person, or takes one back."""
    with toolbox.database.reading() as session:
        found = [event for event in events.newest_of_lead(session, lead_id, 5)
                 if event.kind in (*ACTS, "undone", "assigned") and event.actor.startswith("staff:")]  # fmt: skip
        return found[-1].id if found else ""


def is_lead(toolbox: Toolbox, lead_id: str) -> bool:
    with toolbox.database.reading() as session:
        return leads.find(session, lead_id) is not None
