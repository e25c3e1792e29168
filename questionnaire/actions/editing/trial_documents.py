"""What a prospect with the tried answers would get: the result page or the page of an ending, and the report as PDF.

The pages are made at once. The PDF is printed by the worker, as every document is, and kept for a day for who asked.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from questionnaire.actions.documents.reports import ON_THE_PAGE, SHORT_PAGE
from questionnaire.actions.documents.trial_reports import JOB
from questionnaire.actions.toolbox import Toolbox
from questionnaire.actions.views import EndingView, ResultView
from questionnaire.core.cases import Outcome
from questionnaire.core.documents.report import ReportContext, build_report, first_advice, has_advice, plan_days
from questionnaire.storage.publishing import trial_reports
from questionnaire.storage.tables import TrialReportRow
from questionnaire.templating import words_for

MOST_WAITING = 4
"""Reports of one person that are being printed at a time."""


def result_of(outcome: Outcome) -> ResultView | EndingView:
    """The page that the prospect would see."""
    filled = outcome.assessment.evidence.latest
    survey, language = filled.survey, filled.language
    ending = outcome.assessment.evidence.journeys[-1].ending
    if ending is not None:
        fills = filled.fills
        return EndingView(
            survey.id, survey.title.fill(language, fills), language, ending.title.say(language),
            ending.text.say(language) if ending.text else "", ending.url or "",
            ending.label.fill(language, fills) if ending.label else "", fills, survey.phrases(language),
            theme=survey.theme,
        )  # fmt: skip
    context = _context(outcome)
    return ResultView(
        build_report(context, ON_THE_PAGE if has_advice(context) else SHORT_PAGE, "page"), survey.id, False,
        begin=first_advice(context) if "dimensions" in survey.report.sections else None, days=plan_days(context),
        phrases=survey.phrases(language), is_trial=True, theme=survey.theme,
    )  # fmt: skip


def _context(outcome: Outcome) -> ReportContext:
    assessment = outcome.assessment
    filled = assessment.evidence.latest
    survey, language = filled.survey, filled.language
    return ReportContext(
        survey=survey,
        journey=assessment.evidence.journey,
        contact=filled.contact,
        maturity=assessment.maturity,
        at=filled.at.astimezone(assessment.policy.zone),
        language=language,
        words=words_for(language, survey.phrases(language)),
        block=survey.report.blocks.get(assessment.next_step or ""),
        content_blocks=assessment.content_blocks,
    )


def queue_report(toolbox: Toolbox, outcome: Outcome, person: str, now: datetime) -> str | None:
    """Has the report printed; the id under which it will be. None when too many reports of the person wait already."""
    filled = outcome.assessment.evidence.latest
    survey, language = filled.survey, filled.language
    row = TrialReportRow(
        id=toolbox.new_id(), asked_by=person, asked_at=now, survey=survey.id, language=language,
        view=asdict(build_report(_context(outcome))), phrases=list(survey.phrases(language)),
    )  # fmt: skip
    theme = survey.theme.model_dump(exclude_none=True) if survey.theme else None
    with toolbox.database.writing() as session:
        if trial_reports.waiting_of(session, person, MOST_WAITING) >= MOST_WAITING:
            return None
        trial_reports.add(session, row)
        toolbox.queue.enqueue(session, JOB, f"{JOB}:{row.id}", {"report": row.id, "theme": theme})
        return row.id


def is_asked_by(toolbox: Toolbox, report_id: str, person: str) -> bool:
    """Whether there is such a report, and this person asked for it."""
    with toolbox.database.reading() as session:
        row = trial_reports.find(session, report_id)
        return row is not None and row.asked_by == person


def report_pdf(toolbox: Toolbox, report_id: str) -> bytes | None:
    """None while it is being printed."""
    with toolbox.database.reading() as session:
        row = trial_reports.find(session, report_id)
        return row.content if row is not None else None
