"""The result page and the report: told again, word for word, from what was stored when the answer was accepted."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from questionnaire.actions.assessing.assessments import ShownParts, shown_parts
from questionnaire.actions.assessing.history import filled_of
from questionnaire.actions.assessing.links import open_link, open_shared, sign
from questionnaire.actions.delivery import delivery
from questionnaire.actions.documents import benchmark
from questionnaire.actions.documents.render import PrintedLook, render_and_store, rerun_suffix, template_version
from questionnaire.actions.publishing.publish_version import policy_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.actions.views import EndingView, ResultView, SharedView
from questionnaire.core.documents.report import (
    Report,
    ReportContext,
    build_report,
    first_advice,
    has_advice,
    plan_days,
    shareable_result,
)
from questionnaire.storage import Session
from questionnaire.storage.publishing import survey_statuses
from questionnaire.storage.responses import assessments, documents, responses
from questionnaire.storage.tables import ResponseRow
from questionnaire.templating import words_for

REPORT_TEMPLATE = "1"
"""Grows when the report's templates change in a way that should make new files; old files stay as they were sent."""


CONFIRMED = "c"
"""Ends the template version of a file that was printed again because the address had been confirmed."""

ON_THE_PAGE = ("cover", "summary", "figures", "comparison", "dimensions", "plan", "next_step")
"""The sections of the report that the result page shows; the method stays on paper."""

SHORT_PAGE = ("cover", "summary", "figures", "comparison", "next_step")
"""Those of a survey without advice: its chapters quote answers, which the reader has just given."""

NOTHING = ShownParts(None, ())


def result(toolbox: Toolbox, token: str, now: datetime) -> ResultView | None:
    """The result under a link; None when it opens nothing, or leads to an ending."""
    page = result_page(toolbox, token, now)
    return page if isinstance(page, ResultView) else None


def result_page(toolbox: Toolbox, token: str, now: datetime) -> ResultView | EndingView | None:
    """What the holder of a result link sees; None when the link opens nothing."""
    opened = open_link(toolbox.settings.secret_keys, token, now)
    if opened is None:
        return None
    with toolbox.database.reading() as session:
        row = responses.get(session, opened.response_id)
        if row is None:
            return None
        if row.ending is not None:
            return _ending(toolbox, session, row)
        told = _told(toolbox, session, row, _shown(session, row))
        return ResultView(
            phrases=told.survey.phrases(row.language),
            theme=told.survey.theme,
            report=build_report(told, ON_THE_PAGE if has_advice(told) else SHORT_PAGE, "page"),
            survey_id=row.survey_id,
            test=row.test,
            report_ready=documents.exists(session, row.id, "report", _edition(row)),
            address=_mailed_to(toolbox, session, row),
            confirmable=opened.mailed and row.confirmed_at is None,
            shared=sign(toolbox.settings.secret_keys, "shared", row.id, row.at),
            begin=first_advice(told) if "dimensions" in told.survey.report.sections else None,
            days=plan_days(told),
        )


def _ending(toolbox: Toolbox, session: Session, row: ResponseRow) -> EndingView:
    """The page of the ending on which a response stopped."""
    filled = filled_of(toolbox, session, row)
    language, fills = row.language, filled.fills
    ending = next(one for one in filled.survey.endings if one.name == row.ending)
    return EndingView(
        phrases=filled.survey.phrases(language),
        theme=filled.survey.theme,
        survey_id=row.survey_id,
        test=row.test,
        survey=filled.survey.title.fill(language, fills),
        language=language,
        title=ending.title.say(language),
        text=ending.text.say(language) if ending.text else "",
        url=ending.url or "",
        label=ending.label.fill(language, fills) if ending.label else "",
        fills=fills,
    )


def _mailed_to(toolbox: Toolbox, session: Session, row: ResponseRow) -> str:
    """The address the report is mailed to; "" when there is none, or no more mails go there today."""
    to = "" if row.test else str(row.contact.get("email", ""))
    return to if to and delivery.is_announced(toolbox, session, "report_ready", row.id, to) else ""


def shared_result(toolbox: Toolbox, token: str, now: datetime) -> SharedView | None:
    """What the holder of a shared link sees: nothing of whose result it is."""
    response_id = open_shared(toolbox.settings.secret_keys, token, now)
    if response_id is None:
        return None
    with toolbox.database.reading() as session:
        row = responses.get(session, response_id)
        if row is None or row.ending is not None:
            return None
        closed = survey_statuses.is_closed(session, row.survey_id)
        told = _told(toolbox, session, row, NOTHING)
        return SharedView(shareable_result(told), "" if closed else row.survey_id, told.survey.theme)


def report_pdf(toolbox: Toolbox, token: str) -> bytes | None:
    """The printed report, None while it is being made. documents_store.DamagedFile when it was damaged."""
    opened = open_link(toolbox.settings.secret_keys, token, toolbox.now())
    if opened is None:
        return None
    with toolbox.database.reading() as session:
        row = responses.get(session, opened.response_id)
        document = documents.newest(session, row.id, "report", ending=_edition(row)) if row is not None else None
        return documents.content_of(document)


def queue_report(toolbox: Toolbox, token: str, now: datetime) -> bool:
    """Has the report printed that is missing or damaged, once an hour at most; False when the link opens nothing."""
    opened = open_link(toolbox.settings.secret_keys, token, now)
    if opened is None:
        return False
    with toolbox.database.writing() as session:
        row = responses.get(session, opened.response_id)
        if row is None or row.ending is not None:
            return False
        toolbox.queue.enqueue(session, "render_report", f"report:{row.id}:{rerun_suffix(now)}", {"response": row.id})
    return True


def report_of(toolbox: Toolbox, session: Session, row: ResponseRow) -> Report:
    """The report's value: from the response alone, in the language it was answered in."""
    return build_report(_told(toolbox, session, row, _shown(session, row)))


def _told(toolbox: Toolbox, session: Session, row: ResponseRow, shown: ShownParts) -> ReportContext:
    filled = filled_of(toolbox, session, row)
    survey = filled.survey
    zone = policy_of(toolbox, session, row.policy_id, row.policy_version).zone
    return ReportContext(
        survey=survey,
        journey=filled.journey,
        contact=row.contact,
        maturity=filled.maturity,
        at=row.at.astimezone(zone),
        language=row.language,
        words=words_for(row.language, survey.phrases(row.language)),
        block=survey.report.blocks.get(shown.next_step or ""),
        content_blocks=shown.content_blocks,
        prior=benchmark.prior_of(row, zone),
        peers=benchmark.peers_of(row, survey),
    )


def _shown(session: Session, row: ResponseRow) -> ShownParts:
    """The parts it was given when it was accepted."""
    return shown_parts(assessments.content_of(session, row.id))


def _edition(row: ResponseRow) -> str:
    """How the template version of this response's file must end: "" for any."""
    return CONFIRMED if row.confirmed_at is not None and benchmark.changes_when_confirmed(row) else ""


def print_report(toolbox: Toolbox, response_id: str) -> None:
    """The job: prints the report once and keeps it. What is there already is not printed again."""
    with toolbox.database.reading() as session:
        row = responses.get(session, response_id)
        if row is None:
            return
        view = asdict(report_of(toolbox, session, row))
        survey = filled_of(toolbox, session, row).survey
        template = template_version(toolbox, REPORT_TEMPLATE, view, _edition(row))
        kept = documents.find(session, row.id, "report", row.language, template)
        if kept is not None and documents.is_sound(kept):
            return
    look = PrintedLook(survey.phrases(row.language), survey.theme)
    render_and_store(toolbox, response_id, "report", view, row.language, template, look)
