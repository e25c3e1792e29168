"""The result page and the report of answers that someone tries in the builder."""

from __future__ import annotations

from flask import Blueprint, Response, abort, g, redirect, request, url_for

from questionnaire.actions.editing import trial_documents
from questionnaire.actions.views import EndingView
from questionnaire.core.base.translation import gettext_noop
from questionnaire.core.cases import Outcome
from questionnaire.web.builder.draft_pages import MAY_EDIT
from questionnaire.web.builder.trial_form import read_beside, typed_here
from questionnaire.web.builder.trial_pages import find_draft, try_typed
from questionnaire.web.http import locale, rate_limits
from questionnaire.web.http.access import roles
from questionnaire.web.http.context import now, toolbox, use_theme
from questionnaire.web.http.errors import ErrorPage, error_page
from questionnaire.web.http.rendering import page
from questionnaire.web.http.responses import document, unlisted

NOTHING_TO_SHOW = ErrorPage(
    gettext_noop("There is no result yet"),
    gettext_noop("Answer the preview first. A draft with errors has no result until they are mended."),
)
TOO_MANY = ErrorPage(
    gettext_noop("Please wait a moment"),
    gettext_noop("Several of your reports are being printed. Try again when one of them is ready."),
)

blueprint = Blueprint("trial_results", __name__)


@blueprint.post("/desk/surveys/<slug>/draft/trial/result")
@roles(*MAY_EDIT)
@rate_limits.posts
def result(slug: str) -> Response:
    """The page that the prospect would see. It may be shown in the builder's preview, and stores nothing."""
    g.frame_ancestors = ("'self'",)
    outcome = _outcome(slug)
    return error_page(422, NOTHING_TO_SHOW) if outcome is None else result_page(outcome)


def result_page(outcome: Outcome) -> Response:
    """The result page or the page of an ending, which may be shown in a frame of ours."""
    g.frame_ancestors = ("'self'",)
    view = trial_documents.result_of(outcome)
    is_ending = isinstance(view, EndingView)
    language = view.language if isinstance(view, EndingView) else view.report.language
    locale.set_locale(language)
    use_theme(view.theme)
    return unlisted(
        page("survey/ending.html" if is_ending else "survey/result.html", phrases=view.phrases, view=view,
             report=None if isinstance(view, EndingView) else view.report, token="", embedded=False, frame="")
    )  # fmt: skip


@blueprint.post("/desk/surveys/<slug>/draft/trial/report")
@roles(*MAY_EDIT)
@rate_limits.answers
def print_report(slug: str) -> Response:
    """Has the report of these answers printed, and leads to it."""
    outcome = _outcome(slug)
    if outcome is None or outcome.assessment.evidence.journeys[-1].ending is not None:
        return error_page(422, NOTHING_TO_SHOW)
    report = trial_documents.queue_report(toolbox(), outcome, g.viewer.email, now())
    if report is None:
        return error_page(429, TOO_MANY)
    return redirect(url_for("trial_results.report", slug=slug, report=report), 303)  # type: ignore[return-value]  # werkzeug's own class


@blueprint.get("/desk/surveys/<slug>/draft/trial/report/<report>")
@roles(*MAY_EDIT)
def report(slug: str, report: str) -> Response:
    """The PDF, or the waiting page. Only who asked for it may see it."""
    if not trial_documents.is_asked_by(toolbox(), report, g.viewer.email):
        abort(404)
    back = url_for("builder.edit", slug=slug)
    return document("report.pdf", lambda: trial_documents.report_pdf(toolbox(), report), back, back)


def _outcome(slug: str) -> Outcome | None:
    typed, beside = typed_here(), read_beside(request.form.get("beside", ""))
    if not (typed or beside):
        return None
    tried = try_typed(find_draft(slug), typed, request.form.get("lang", ""), beside)
    return tried.outcome if tried is not None else None
