"""The result page and the report, for whoever holds the link. Shown at once; the PDF follows when it is made."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from flask import Blueprint, Response, g, make_response, redirect, request, url_for

from questionnaire.actions.respond import acceptance
from questionnaire.core.base.translation import gettext_noop
from questionnaire.storage.responses.documents import DamagedFile
from questionnaire.web.embed import routes
from questionnaire.web.http import locale, rate_limits
from questionnaire.web.http.access import signed_link
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.errors import Trouble, trouble_page
from questionnaire.web.http.rendering import page, with_query

SOON = 4
LOOKS = 30
"""How often the waiting page looks again by itself: two minutes, as long as the script does."""
NO_SUCH_LINK = Trouble(
    gettext_noop("This link doesn’t work"),
    gettext_noop("It may be incomplete or expired. Open it again from our email, or take the diagnostic again."),
)

blueprint = Blueprint("result", __name__)


@blueprint.get("/r/<token>")
@signed_link
def show(token: str) -> Response:
    """With `?embed` the sites of the survey may show it in a frame, as they do the questions."""
    g.referrer_policy = "no-referrer"
    view = acceptance.result(toolbox(), token, now())
    if view is None:
        return trouble_page(404, NO_SUCH_LINK)
    locale.set_locale(view.report.language)
    asked = acceptance.get_publication(toolbox(), view.survey_id) if routes.is_embedded() else None
    g.frame_ancestors = routes.frames(asked.survey) if asked else ()
    frame = routes.frame_data(asked.survey, view.report.language) if asked else ""
    return _hidden(
        page("survey/result.html", view=view, report=view.report, token=token, embedded=bool(asked), frame=frame)
    )


@blueprint.post("/r/<token>")
@signed_link
@rate_limits.answers
def confirm(token: str) -> Response:
    """The button on the page a mail led to: the address is the writer's. Opening the page alone changes nothing."""
    g.referrer_policy = "no-referrer"
    if not acceptance.confirm(toolbox(), token, now()):
        return trouble_page(404, NO_SUCH_LINK)
    return redirect(url_for("result.show", token=token), 303)  # type: ignore[return-value]  # werkzeug's own class


@blueprint.get("/r/<token>/report.pdf")
@signed_link
def report(token: str) -> Response:
    g.referrer_policy = "no-referrer"
    view = acceptance.result(toolbox(), token, now())
    if view is None:
        return trouble_page(404, NO_SUCH_LINK)
    locale.set_locale(view.report.language)
    return document("report.pdf", lambda: acceptance.report_pdf(toolbox(), token),
                    url_for("result.show", token=token), url_for("result.reprint", token=token))  # fmt: skip


@blueprint.post("/r/<token>/report.pdf")
@signed_link
@rate_limits.answers
def reprint(token: str) -> Response:
    """For a report that never comes, or whose file was damaged: looking alone changes nothing."""
    g.referrer_policy = "no-referrer"
    if not acceptance.ask_for_report(toolbox(), token, now()):
        return trouble_page(404, NO_SUCH_LINK)
    return redirect(url_for("result.report", token=token), 303)  # type: ignore[return-value]  # werkzeug's own class


@blueprint.get("/shared/<token>")
@signed_link
def shared(token: str) -> Response:
    """What was passed on: the score and the advice, with nothing that says whose they are or leads to it."""
    g.referrer_policy = "no-referrer"
    view = acceptance.shared_result(toolbox(), token, now())
    if view is None:
        return _hidden(trouble_page(404, NO_SUCH_LINK))
    locale.set_locale(view.shared.language)
    return _hidden(page("survey/shared.html", shared=view.shared, slug=view.slug))


def document(name: str, read: Callable[[], bytes | None], back: str, again: str, *, csrf: bool = False) -> Response:
    """The file; a page while there is none yet, or when it was damaged. A POST to `again` has it printed once more."""
    try:
        content = read()
    except DamagedFile:
        structlog.get_logger("web").error("document_damaged", path_kind=request.endpoint)
        return page("survey/waiting.html", 202, back=back, stop="", here="", again=again, csrf=csrf)
    return waiting(back, again, csrf=csrf) if content is None else pdf(content, name)


def waiting(back: str, again: str, *, csrf: bool = False) -> Response:
    """The document is still being made: said honestly, with when to come again. Not an error, hence 202.

    The page looks again by itself, without a script, until it is told to stop: nobody is sent on against their will.
    Then it can be asked for once more, by a POST to `again`.
    """
    looked = request.args.get("looked", "0")
    looks = int(looked) + 1 if looked.isascii() and looked.isdigit() and len(looked) < 4 else 1
    looking = looks <= LOOKS
    stop = with_query(looked=LOOKS) if looking else ""
    response = page("survey/waiting.html", 202, back=back, stop=stop, here=request.path, again=again, csrf=csrf)
    response.headers["Retry-After"] = str(SOON)
    if looking:
        response.headers["Refresh"] = f"{SOON};url={with_query(looked=looks)}"
    return response


def pdf(content: bytes, name: str) -> Response:
    """`name` is an ASCII file name of ours."""
    response = make_response(content)
    response.content_type = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return _hidden(response)


def _hidden(response: Response) -> Response:
    """No search engine lists what was meant for one person."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
