"""Prints reports of answers that someone tried in the builder, by the renderer of the worker."""

from __future__ import annotations

from typing import Any, cast

from questionnaire.actions.documents.render import PrintedLook, print_view
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.translation import Phrases
from questionnaire.core.survey.survey_theme import read_survey_theme
from questionnaire.storage.publishing import trial_reports

JOB = "print_trial"


def print_trial(toolbox: Toolbox, report_id: str, theme: Any = None) -> None:
    """The job: prints the report once, in the look of its survey. One that was deleted meanwhile is not printed."""
    with toolbox.database.reading() as session:
        row = trial_reports.find(session, report_id)
        if row is None or row.content is not None:
            return
        view, language, phrases = row.view, row.language, _phrases(row.phrases)
    look = PrintedLook(phrases, read_survey_theme(theme))
    rendered = print_view(toolbox, "report", view, language, look)
    with toolbox.database.writing() as session:
        row = trial_reports.find(session, report_id)
        if row is not None:
            row.content = rendered.pdf


def _phrases(raw: list[object]) -> Phrases:
    """As it was before it was stored: tuples instead of lists."""
    return cast(Phrases, _tuple(raw))


def _tuple(value: object) -> object:
    return tuple(_tuple(one) for one in value) if isinstance(value, list) else value
