"""What a prospect would get of a sample: its result page and report for example answers. Looking stores nothing."""

from __future__ import annotations

from flask import Blueprint, Response, abort, g, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions.editing import new_survey, trial, trial_documents
from questionnaire.core.cases import Outcome
from questionnaire.web.builder.draft_pages import MAY_EDIT
from questionnaire.web.builder.example_answers import example_typed
from questionnaire.web.builder.trial_form import trial_input
from questionnaire.web.builder.trial_results import TOO_MANY, result_page
from questionnaire.web.http import locale, rate_limits
from questionnaire.web.http.access import roles
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.errors import error_page
from questionnaire.web.http.rendering import words
from questionnaire.web.http.responses import document

blueprint = Blueprint("samples", __name__)


@blueprint.get("/desk/surveys/new/sample/<sample>/result")
@roles(*MAY_EDIT)
def result(sample: str) -> Response:
    """The page that a prospect would see, for a frame beside the list of samples."""
    return result_page(_outcome(sample))


@blueprint.post("/desk/surveys/new/sample/<sample>/report")
@roles(*MAY_EDIT)
@rate_limits.answers
def print_report(sample: str) -> AnyResponse:
    report = trial_documents.queue_report(toolbox(), _outcome(sample), g.viewer.email, now())
    if report is None:
        return error_page(429, TOO_MANY)
    return redirect(url_for("samples.report", sample=sample, report=report), 303)


@blueprint.get("/desk/surveys/new/sample/<sample>/report/<report>")
@roles(*MAY_EDIT)
def report(sample: str, report: str) -> Response:
    """The PDF, or the waiting page. Only who asked for it may see it."""
    if not trial_documents.is_asked_by(toolbox(), report, g.viewer.email):
        abort(404)
    back = url_for("new_surveys.choose", way="sample", sample=sample)
    return document("report.pdf", lambda: trial_documents.report_pdf(toolbox(), report), back, back)


def _outcome(sample: str) -> Outcome:
    """Of example answers, in the language of who looks if the sample has it."""
    found = new_survey.find_sample(toolbox(), sample)
    if found is None:
        abort(404)
    typed = trial_input(found.survey, example_typed(found.survey), locale.current(), {})
    outcome = trial.try_answers(toolbox(), found, typed, words(), now()).outcome
    if outcome is None:
        abort(404)
    return outcome
