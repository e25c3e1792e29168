"""The result page and the report, for whoever holds the link. Shown at once; the PDF follows when it is made."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from flask import Blueprint, Response, g, redirect, url_for

from questionnaire.actions.documents import reports
from questionnaire.actions.respond import acceptance, confirmation
from questionnaire.actions.views import EndingView
from questionnaire.core.base.translation import gettext_noop
from questionnaire.web.http import locale, rate_limits
from questionnaire.web.http.access import signed_link
from questionnaire.web.http.context import now, toolbox, use_theme
from questionnaire.web.http.errors import ErrorPage, error_page
from questionnaire.web.http.rendering import page
from questionnaire.web.http.responses import document, unlisted
from questionnaire.web.survey_page import framing

NO_SUCH_LINK = ErrorPage(
    gettext_noop("This link doesn’t work"),
    gettext_noop("It may be incomplete or expired. Open it again from our email, or take the diagnostic again."),
)

blueprint = Blueprint("result", __name__)


def result_link(view: Callable[[str], Response | None]) -> Callable[[str], Response]:
    """A page behind a signed link: 404 when the view gives None. Its address is passed on to nobody as a referrer."""

    @wraps(view)
    def opened(token: str) -> Response:
        g.referrer_policy = "no-referrer"
        response = view(token)
        return unlisted(error_page(404, NO_SUCH_LINK)) if response is None else response

    return signed_link(opened)


@blueprint.get("/r/<token>")
@result_link
def show(token: str) -> Response | None:
    """With `?embed` the sites of the survey may show it in a frame, as they do the questions."""
    view = reports.result_page(toolbox(), token, now())
    if view is None:
        return None
    language = locale.set_locale(view.language if isinstance(view, EndingView) else view.report.language)
    published = acceptance.get_publication(toolbox(), view.survey_id) if framing.is_embedded() else None
    g.frame_ancestors = framing.frame_ancestors(published.survey) if published else ()
    frame = framing.messenger_data(published.survey, language) if published else ""
    use_theme(view.theme)
    template = "survey/ending.html" if isinstance(view, EndingView) else "survey/result.html"
    report = None if isinstance(view, EndingView) else view.report
    return unlisted(
        page(template, phrases=view.phrases, view=view, report=report, token=token,
             embedded=bool(published), frame=frame)
    )  # fmt: skip


@blueprint.post("/r/<token>")
@result_link
@rate_limits.answers
def confirm(token: str) -> Response | None:
    """The button on the page a mail led to: the address is the writer's. Opening the page alone changes nothing."""
    if not confirmation.confirm_address(toolbox(), token, now()):
        return None
    return redirect(url_for("result.show", token=token), 303)  # type: ignore[return-value]  # werkzeug's own class


@blueprint.get("/r/<token>/report.pdf")
@result_link
def report(token: str) -> Response | None:
    view = reports.result(toolbox(), token, now())
    if view is None:
        return None
    locale.set_locale(view.report.language)
    use_theme(view.theme)
    return document("report.pdf", lambda: reports.report_pdf(toolbox(), token),
                    url_for("result.show", token=token), url_for("result.reprint", token=token))  # fmt: skip


@blueprint.post("/r/<token>/report.pdf")
@result_link
@rate_limits.answers
def reprint(token: str) -> Response | None:
    """For a report that never comes, or whose file was damaged: looking alone changes nothing."""
    if not reports.queue_report(toolbox(), token, now()):
        return None
    return redirect(url_for("result.report", token=token), 303)  # type: ignore[return-value]  # werkzeug's own class


@blueprint.get("/shared/<token>")
@result_link
def shared(token: str) -> Response | None:
    """What was passed on: the score and the advice, with nothing that says whose they are or leads to it."""
    view = reports.shared_result(toolbox(), token, now())
    if view is None:
        return None
    locale.set_locale(view.shared.language)
    use_theme(view.theme)
    return unlisted(page("survey/shared.html", shared=view.shared, slug=view.slug))
