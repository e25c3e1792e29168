"""The notifications an accepted answer causes: composed by a job, posted once, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from questionnaire.actions import company_settings
from questionnaire.actions.assessing.event_texts import rep_names
from questionnaire.actions.assessing.history import filled_by, filled_of
from questionnaire.actions.assessing.links import sign
from questionnaire.actions.delivery import delivery, digests
from questionnaire.actions.documents.dossiers import case_of
from questionnaire.actions.publishing.publish_version import survey_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.explanation import read_explanation
from questionnaire.core.base.roles import Role
from questionnaire.core.base.translation import Translator
from questionnaire.core.documents.dossier import DossierContext, summary
from questionnaire.core.handoff.routing import routing_text
from questionnaire.core.identity.contact_details import dialled
from questionnaire.core.identity.phone_number import phone_link
from questionnaire.core.scoring.lead_reason import signal_text
from questionnaire.core.scoring.signals import SignalScore
from questionnaire.notify import compose
from questionnaire.notify.channel import message_id
from questionnaire.notify.compose import Brief, Headline
from questionnaire.notify.notification import Notification
from questionnaire.notify.registry import ChannelMessage
from questionnaire.storage import Session
from questionnaire.storage.leads import events, ownership
from questionnaire.storage.people import staff
from questionnaire.storage.responses import responses
from questionnaire.storage.tables import LeadRow, ResponseRow, StaffRow
from questionnaire.templating import words_for

REPORT = "report_ready"
REVIEWERS = (Role.OPS, Role.ADMIN)
MANAGERS = (Role.MANAGER, Role.ADMIN)


def notify(toolbox: Toolbox, what: str, response_id: str) -> None:
    """The job: composes what `what` names, then posts it to whoever it concerns in one short transaction.

    What repeats within minutes is gathered into one mail (digests.py).
    """
    with toolbox.database.reading() as session:
        row = responses.get(session, response_id)
        lead = session.get(LeadRow, row.lead_id) if row is not None and row.lead_id else None
        if row is None or lead is None:
            return
        # Composed before the writing begins: assessing and setting a letter takes longer than a writer may hold.
        report = delivery.render(toolbox, _report_ready(toolbox, session, row)) if what == REPORT else ()
        composed = [] if what == REPORT else list(_to_staff(toolbox, session, lead, row, what))
    with toolbox.database.writing() as session:
        posted = list(delivery.post(toolbox, session, report, response_id, lead_id=lead.id, response_id=response_id))
        for reader, messages in composed:
            posted += digests.post(toolbox, session, reader, what, lead, row, messages)
        if posted:
            data = {"what": what, "mails": posted}
            events.append(session, toolbox.new_id(), lead.id, "notified", toolbox.now(), response_id=response_id,
                          data=data)  # fmt: skip


def _to_staff(
    toolbox: Toolbox, session: Session, lead: LeadRow, row: ResponseRow, what: str
) -> Iterable[tuple[StaffRow, tuple[ChannelMessage, ...]]]:
    """Who is notified, with the messages when they go out at once; what will be part of a digest is not composed."""
    letter = _LETTERS[what]
    for reader in letter.readers(session, lead):
        at_once = digests.goes_at_once(toolbox, session, reader, what)
        yield reader, delivery.render(toolbox, letter.compose(toolbox, session, lead, row, reader)) if at_once else ()


def _report_ready(toolbox: Toolbox, session: Session, row: ResponseRow) -> Notification:
    """To the address that was typed, with the link that can confirm it."""
    address = f"{toolbox.settings.public_url}/r/{sign(toolbox.settings.secret_keys, 'mailed', row.id, row.at)}"
    first = str(row.contact.get("first_name") or "")
    phrases = survey_of(toolbox, session, row.survey_id, row.survey_version).phrases(row.language)
    return compose.report_ready(
        str(row.contact["email"]),
        first,
        address,
        f"{address}/report.pdf",
        company_settings.theme(toolbox).name,
        row.language,
        phrases,
    )


def _lead_assigned(
    toolbox: Toolbox, session: Session, lead: LeadRow, row: ResponseRow, reader: StaffRow
) -> Notification:
    return compose.lead_assigned(reader.email, _brief(toolbox, session, lead, row, reader), reader.language)


def _lead_in_queue(
    toolbox: Toolbox, session: Session, lead: LeadRow, row: ResponseRow, reader: StaffRow
) -> Notification:
    held = ownership.current(session, lead.id)
    brief = _brief(toolbox, session, lead, row, reader)
    queue, why = (held.queue or "", held.why) if held is not None else ("", "")
    reason = routing_text(read_explanation(why), words_for(reader.language), rep_names(session))
    return compose.lead_in_queue(reader.email, brief, queue, reason, reader.language)


def _new_answers(toolbox: Toolbox, session: Session, lead: LeadRow, row: ResponseRow, reader: StaffRow) -> Notification:
    changes = _changes(toolbox, session, lead, row, words_for(reader.language))
    brief = _brief(toolbox, session, lead, row, reader)
    return compose.new_answers(reader.email, brief, changes, row.confirmed_at is not None, reader.language)


def _review_waiting(
    toolbox: Toolbox, session: Session, lead: LeadRow, row: ResponseRow, reader: StaffRow
) -> Notification:
    case = case_of(toolbox, session, lead, row, reader.language, reader.timezone)
    boxes = [f"{box.id} {box.say(words_for(reader.language))}" for box in case.assessment.checklist if box.is_open]
    brief = _brief(toolbox, session, lead, row, reader)
    return compose.review_waiting(reader.email, brief, boxes, reader.language)


def _owner(session: Session, lead: LeadRow) -> Iterable[StaffRow]:
    person = staff.by_rep(session, lead.owner) if lead.owner else None
    return (person,) if person is not None and person.active else ()


def _managers(session: Session, _lead: LeadRow) -> Iterable[StaffRow]:
    return staff.with_role(session, *MANAGERS)


def _reviewers(session: Session, _lead: LeadRow) -> Iterable[StaffRow]:
    return staff.with_role(session, *REVIEWERS)


@dataclass(frozen=True, slots=True)
class Letter:
    """A notification to staff about one lead: who gets it, and what it says to each of them."""

    readers: Callable[[Session, LeadRow], Iterable[StaffRow]]
    compose: Callable[[Toolbox, Session, LeadRow, ResponseRow, StaffRow], Notification]


_LETTERS: Mapping[str, Letter] = {
    "lead_assigned": Letter(_owner, _lead_assigned),
    "lead_in_queue": Letter(_managers, _lead_in_queue),
    "new_answers": Letter(_owner, _new_answers),
    "review_waiting": Letter(_reviewers, _review_waiting),
}


def _brief(toolbox: Toolbox, session: Session, lead: LeadRow, row: ResponseRow, reader: StaffRow) -> Brief:
    """The five lines a rep wants first, from the first page of the dossier."""
    case = case_of(toolbox, session, lead, row, reader.language, reader.timezone)
    first = summary.brief(case)
    size = next((fact.text for fact in first.facts if not fact.country), "")
    country = next((fact.country for fact in first.facts if fact.country), "")
    return Brief(
        headline=Headline(lead.name, first.job_title, first.company, size, country, _wants(case)),
        link=f"{toolbox.settings.public_url}/desk/leads/{lead.id}",
        thread=message_id(f"lead {lead.id}", "leads"),
        zone=reader.timezone,
        why=first.why,
        label=first.label,
        due_at=case.due if lead.owner else lead.next_at,
        phone=case.phone,
        phone_link=phone_link(dialled(lead.contact)) if case.phone else "",
        linkedin=str(lead.contact.get("linkedin") or ""),
        email=lead.email,
        pain=first.pain,
        open=first.unknown[:3],
        opener=next(iter(first.open_with), ""),
        confirmed=case.confirmed,
    )


def _wants(case: DossierContext) -> str:
    """What the person asked for, if anything: the newest hand-raise."""
    policy = case.assessment.policy
    raised = [seen for seen in case.assessment.scorecard.intent.signals if seen.signal in policy.mql.immediate_on]
    newest: SignalScore | None = max(raised, key=lambda seen: seen.last, default=None)
    return signal_text(policy, case.assessment.evidence, newest, case.words) if newest is not None else ""


def _changes(toolbox: Toolbox, session: Session, lead: LeadRow, row: ResponseRow, words: Translator) -> list[str]:
    """What the newest answers say differently from the last ones to the same survey."""
    earlier = [one for one in filled_by(toolbox, session, lead, row.at) if one.survey.id == row.survey_id]
    last = next((one for one in reversed(earlier) if one.id != row.id), None)
    if last is None:
        return []
    mine = filled_of(toolbox, session, row)
    before, after, survey = last.journey.answers, mine.journey.answers, mine.survey
    said: list[str] = []
    for name, value in after.items():
        item = survey.items[name]
        if name in before and before[name] != value:
            new, old = mine.value_words(item, value), last.value_words(item, before[name])
            title = mine.say(item.title)
            said.append(words("%(question)s “%(new)s” (was “%(old)s”)", question=title, new=new, old=old))
    return said
