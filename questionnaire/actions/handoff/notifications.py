"""The notifications about a lead: composed by a job, posted once, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from questionnaire.actions import company_settings
from questionnaire.actions.assessing.links import sign
from questionnaire.actions.delivery import delivery, digests
from questionnaire.actions.handoff.staff_messages import STAFF_MESSAGES, About
from questionnaire.actions.publishing.publish_version import survey_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.survey.survey_theme import theme_of
from questionnaire.notify import compose
from questionnaire.notify.notification import Notification
from questionnaire.notify.registry import ChannelMessage
from questionnaire.storage import Session
from questionnaire.storage.leads import events, leads
from questionnaire.storage.responses import responses
from questionnaire.storage.tables import EventRow, LeadRow, ResponseRow, StaffRow

REPORT = "report_ready"


def notify(toolbox: Toolbox, what: str, response_id: str, event_id: str = "") -> None:
    """The job: composes what `what` names, then posts it to whoever it concerns in one short transaction.

    What repeats within minutes is gathered into one mail (digests.py). `event_id` is the event that is told, if it is
    not the response itself; of what was undone meanwhile nobody hears.
    """
    with toolbox.database.reading() as session:
        row = responses.get(session, response_id)
        lead = leads.of_response(session, row)
        if row is None or lead is None:
            return
        event, is_undone = _event(session, lead, event_id)
        if is_undone:
            return
        # Composed before the writing begins: assessing and setting a letter takes longer than a writer may hold.
        report = delivery.render(toolbox, _report_ready(toolbox, session, row)) if what == REPORT else ()
        composed = [] if what == REPORT else list(_to_staff(toolbox, session, lead, row, what, event))
    with toolbox.database.writing() as session:
        posted = list(delivery.post(toolbox, session, report, response_id, lead_id=lead.id, response_id=response_id))
        for reader, messages in composed:
            posted += digests.post(toolbox, session, reader, what, lead, row, messages, event_id)
        if posted:
            data = {"what": what, "mails": posted}
            events.append(session, toolbox.new_id(), lead.id, "notified", toolbox.now(), response_id=response_id,
                          data=data)  # fmt: skip


def _event(session: Session, lead: LeadRow, event_id: str) -> tuple[EventRow | None, bool]:
    """The event that is told, and whether it was undone."""
    if not event_id:
        return None, False
    happened = events.of_lead(session, lead.id)
    is_undone = any(one.kind == "undone" and one.data.get("event") == event_id for one in happened)
    return next((one for one in happened if one.id == event_id), None), is_undone


def _to_staff(
    toolbox: Toolbox, session: Session, lead: LeadRow, row: ResponseRow, what: str, event: EventRow | None
) -> Iterable[tuple[StaffRow, tuple[ChannelMessage, ...]]]:
    """Who is notified, with the messages when they go out at once; what will be part of a digest is not composed."""
    message = STAFF_MESSAGES[what]
    for reader in message.readers(session, lead, event):
        at_once = digests.goes_at_once(toolbox, session, reader, what)
        about = About(toolbox, session, lead, row, reader, event)
        yield reader, delivery.render(toolbox, message.compose(about)) if at_once else ()


def _report_ready(toolbox: Toolbox, session: Session, row: ResponseRow) -> Notification:
    """To the address that was typed, with the link that can confirm it."""
    address = f"{toolbox.settings.public_url}/r/{sign(toolbox.settings.secret_keys, 'mailed', row.id, row.at)}"
    first = str(row.contact.get("first_name") or "")
    survey = survey_of(toolbox, session, row.survey_id, row.survey_version)
    return compose.report_ready(
        str(row.contact["email"]),
        first,
        address,
        f"{address}/report.pdf",
        theme_of(company_settings.theme(toolbox), survey.theme),
        row.language,
        survey.phrases(row.language),
    )
