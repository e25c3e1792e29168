"""Responses that several areas give: a PDF, the page while it is being printed, and whether JSON is wanted."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from flask import Response, make_response, request

from questionnaire.actions.errors import DamagedFile
from questionnaire.web.http.query import int_arg
from questionnaire.web.http.rendering import page, with_query

REFRESH_SECONDS = 4
MOST_REFRESHES = 30
"""How often the waiting page reloads by itself: two minutes, as long as the script does."""


def wants_json() -> bool:
    """Whether the request prefers JSON to a page, as our own scripts do; `*/*` is given the page."""
    return request.accept_mimetypes.best_match(("text/html", "application/json")) == "application/json"


def document(name: str, read: Callable[[], bytes | None], back: str, again: str, *, csrf: bool = False) -> Response:
    """The PDF; the waiting page while `read` gives None, or when the file is damaged. A POST to `again` reprints it."""
    try:
        content = read()
    except DamagedFile:
        structlog.get_logger("web").error("document_damaged", path_kind=request.endpoint)
        return page("survey/waiting.html", 202, back=back, stop="", here="", again=again, csrf=csrf)
    return waiting(back, again, csrf=csrf) if content is None else pdf(content, name)


def waiting(back: str, again: str, *, csrf: bool = False) -> Response:
    """The page while a document is being printed: 202, with when to ask again.

    It reloads itself without a script until MOST_REFRESHES or until the visitor stops it (WCAG 2.2.1, 3.2.5). After
    that it offers a POST to `again`.
    """
    count = int_arg("looked", 0, MOST_REFRESHES, 0) + 1
    refreshes = count <= MOST_REFRESHES
    stop = with_query(looked=MOST_REFRESHES) if refreshes else ""
    response = page("survey/waiting.html", 202, back=back, stop=stop, here=request.path, again=again, csrf=csrf)
    response.headers["Retry-After"] = str(REFRESH_SECONDS)
    if refreshes:
        response.headers["Refresh"] = f"{REFRESH_SECONDS};url={with_query(looked=count)}"
    return response


def pdf(content: bytes, name: str) -> Response:
    """Shown in the browser. `name` is an ASCII file name of ours."""
    response = make_response(content)
    response.content_type = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return unlisted(response)


def unlisted(response: Response) -> Response:
    """Search engines do not list what was meant for one person."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
