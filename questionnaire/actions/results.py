"""The result page and the report: told again, word for word, from what was stored when the answer was accepted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime

from questionnaire.actions import judging
from questionnaire.actions.links import Opened, open_link
from questionnaire.actions.printing import print_and_keep
from questionnaire.actions.publishing import policy_of
from questionnaire.actions.records import filled_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.actions.views import ResultView
from questionnaire.core.maturity import measure
from questionnaire.core.report import Report, Told, build_report
from questionnaire.storage import Session, assessments, documents_store, events, leads, responses
from questionnaire.storage.tables import Lead, Response
from questionnaire.templating import words_for

REPORT_TEMPLATE = "1"
"""Grows when the report's templates change in a way that should make new files; old files stay as they were sent."""


ON_THE_PAGE = ("cover", "summary", "dimensions", "next_step")
"""The sections of the report that the result page sets; the others are for paper."""


def result(toolbox: Toolbox, token: str, now: datetime) -> ResultView | None:
    """What the holder of a result link sees; None when the link opens nothing."""
    opened = open_link(toolbox.settings.secret_keys, token, now)
    if opened is None:
        return None
    with toolbox.database.reading() as session:
        row = responses.get(session, opened.response_id)
        if row is None:
            return None
        return ResultView(
            report=report_of(toolbox, session, row, ON_THE_PAGE),
            survey_id=row.survey_id,
            report_ready=documents_store.is_there(session, row.id, "report"),
            address=str(row.contact.get("email", "")),
            confirmable=_confirmable(session, row, opened),
        )


def report_pdf(toolbox: Toolbox, token: str) -> bytes | None:
    """The printed report, None while it is being made."""
    opened = open_link(toolbox.settings.secret_keys, token, toolbox.now())
    if opened is None:
        return None
    with toolbox.database.reading() as session:
        document = documents_store.newest(session, opened.response_id, "report")
        return document.content if document is not None else None


def confirm(toolbox: Toolbox, token: str, now: datetime) -> bool:
    """The person pressed the button on the page their mail led to: the address is theirs, the answer counts fully."""
    opened = open_link(toolbox.settings.secret_keys, token, now)
    if opened is None or not opened.mailed:
        return False
    with toolbox.database.writing() as session:
        row = responses.get(session, opened.response_id)
        if row is None:
            return False
        lead = leads.lock(session, row.lead_id) if row.lead_id else None
        # The button pressed twice: whoever came second waited for the lead, and finds it done.
        session.refresh(row)
        if row.confirmed_at is None:
            _confirmed(toolbox, session, row, lead, now)
    return True


def _confirmed(toolbox: Toolbox, session: Session, row: Response, lead: Lead | None, now: datetime) -> None:
    responses.confirm(session, row.id, now)
    if lead is None:
        return
    events.append(session, toolbox.new_id(), lead.id, "address_confirmed", now, actor="prospect",
                  response_id=row.id)  # fmt: skip
    everything = responses.of_lead(session, lead.id)
    if everything[0].id == row.id:
        # The lead was made of it: nothing of it was waiting.
        return
    place = next(index for index, one in enumerate(everything) if one.id == row.id)
    if not any(later.confirmed_at for later in everything[place + 1 :]):
        leads.write_contact(session, lead, judging.contact_columns(row), now)
    judging.assess_lead(toolbox, session, lead, row, fresh=False, at=now)


def _confirmable(session: Session, row: Response, opened: Opened) -> bool:
    """Only a repeat needs it, and only the mailed link can do it."""
    if not opened.mailed or row.confirmed_at is not None or row.lead_id is None:
        return False
    return responses.of_lead(session, row.lead_id)[0].id != row.id


def report_of(toolbox: Toolbox, session: Session, row: Response, only: Collection[str] | None = None) -> Report:
    """The report's value: from the response alone, in the language it was answered in; `only` these sections of it."""
    filled = filled_of(toolbox, session, row, True, None)
    survey = filled.survey
    stored = assessments.of_response(session, row.id)
    step = stored.content.get("next_step") if stored else None
    journey = filled.journey()
    return build_report(
        Told(
            survey=survey,
            journey=journey,
            contact=row.contact,
            maturity=measure(survey, journey),
            at=row.at.astimezone(policy_of(toolbox, session, row.policy_id, row.policy_version).zone),
            language=row.language,
            words=words_for(row.language),
            block=survey.report.blocks.get(step) if step else None,
        ),
        only,
    )


def print_report(toolbox: Toolbox, response_id: str) -> None:
    """The job: prints the report once and keeps it. What is there already is not printed again."""
    with toolbox.database.reading() as session:
        row = responses.get(session, response_id)
        if row is None or documents_store.find(session, row.id, "report", row.language, REPORT_TEMPLATE) is not None:
            return
        view = asdict(report_of(toolbox, session, row))
    print_and_keep(toolbox, response_id, "report", view, row.language, REPORT_TEMPLATE)
