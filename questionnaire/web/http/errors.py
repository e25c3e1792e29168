"""What a person reads when something does not work: what happened, what to do, and never a stack trace.

Every refusal of the framework and every bug ends here. The page speaks the person's language; whoever asks for
JSON (our own scripts) gets the same words in JSON.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from traceback import extract_tb

import structlog
from flask import Flask, Response, g, jsonify, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from questionnaire.core.base.translation import NO_PHRASES, Phrases, gettext_noop
from questionnaire.templating import words_for
from questionnaire.web.http import locale, security_headers
from questionnaire.web.http.labels import FILE_TOO_LARGE
from questionnaire.web.http.rendering import page
from questionnaire.web.http.responses import wants_json

RETRY_SECONDS = 20


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """`title` says what happened, `advice` what to do; both are sentences to be translated."""

    title: str
    advice: str
    shows_code: bool = True


ERROR_PAGES = {
    400: ErrorPage(
        gettext_noop("We couldn’t read that request"),
        gettext_noop("Go back and try again. If you followed a link, open it again from the original message."),
    ),
    403: ErrorPage(
        gettext_noop("You don’t have access to this page"),
        gettext_noop("Ask an administrator if you need access."),
    ),
    404: ErrorPage(
        gettext_noop("Page not found"),
        gettext_noop("Check the address, or go back to the previous page."),
    ),
    405: ErrorPage(
        gettext_noop("This page can’t be opened directly"),
        gettext_noop("Go back and use the button on the page."),
    ),
    408: ErrorPage(
        gettext_noop("Your answers took too long to reach us"),
        gettext_noop("Your connection may be slow. Go back and try again. What you typed is still there."),
    ),
    409: ErrorPage(
        gettext_noop("You’ve already sent your answers"),
        gettext_noop("We kept the first ones. Go back to open your result, or start again from the first question."),
    ),
    410: ErrorPage(
        gettext_noop("This diagnostic is closed"),
        gettext_noop("It no longer accepts answers. Anything you’ve already sent is safe."),
    ),
    413: ErrorPage(
        gettext_noop("Your answers are too long"),
        gettext_noop("Go back, shorten the longest text and send it again. Your answers are still there."),
    ),
    414: ErrorPage(
        gettext_noop("This address is too long"),
        gettext_noop("Open the link again as it was sent."),
    ),
    415: ErrorPage(
        gettext_noop("This kind of content cannot be read here"),
        gettext_noop("Use the form on the page to send your answers."),
    ),
    429: ErrorPage(
        gettext_noop("Please wait a moment"),
        gettext_noop("Try again in a minute. Go back: everything you typed is still there."),
    ),
    500: ErrorPage(
        gettext_noop("Something went wrong on our side"),
        gettext_noop("We’ve logged the error. Go back and try again in a moment. What you typed is still there."),
    ),
    503: ErrorPage(
        gettext_noop("We can’t process this right now"),
        gettext_noop("Wait a moment, then go back and try again. What you typed is still there."),
    ),
}
FORM_EXPIRED = ErrorPage(
    gettext_noop("This page has expired"),
    gettext_noop("Go back, reload the page and try again."),
)


NO_REFERRER = ErrorPage(
    gettext_noop("We couldn’t check where this form came from"),
    gettext_noop(
        "Your browser hides the previous page (referrer). Allow it for this site in the privacy settings, or in the "
        "extension that hides it. Then reload the page and try again."
    ),
)


def install(app: Flask, passing: tuple[type[Exception], ...]) -> None:
    """`passing` are the exceptions that mean "not now" (a locked database, a full disk): 503, never 500."""
    log = structlog.get_logger("web")

    def refused(error: HTTPException) -> Response:
        status = error.code or 500
        if error.response is not None and status < 400:
            return error.response  # type: ignore[return-value]  # a redirect raised by the router
        said = _not_from_our_page(error) if isinstance(error, CSRFError) else None
        if status == 413 and request.path in security_headers.LARGE_BODIES:
            said = ErrorPage(*FILE_TOO_LARGE)
        response = error_page(status, said)
        for name, value in error.get_headers():
            if name in ("Allow", "Retry-After"):
                response.headers[name] = value
        return response

    def not_now(error: Exception) -> Response:
        log.warning("not_now", path_kind=request.endpoint, error=type(error).__name__)
        return error_page(503)

    def broken(error: Exception) -> Response:
        number = secrets.token_hex(4)
        # Where, and of which kind: the text of an exception may hold what somebody typed.
        where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(error.__traceback__)][-12:]
        log.error("unhandled", number=number, path_kind=request.endpoint, error=type(error).__name__, where=where)
        return error_page(500, number=number)

    app.register_error_handler(HTTPException, refused)
    for kind in passing:
        app.register_error_handler(kind, not_now)
    app.register_error_handler(Exception, broken)


def _not_from_our_page(error: HTTPException) -> ErrorPage:
    """Over https a browser that sends no Referer, or another site's, is refused too: another thing to put right."""
    return NO_REFERRER if "referrer" in (error.description or "") else FORM_EXPIRED


def error_page(
    status: int, page_text: ErrorPage | None = None, number: str = "", *, phrases: Phrases = NO_PHRASES
) -> Response:
    """The page of one refusal, or its JSON for our own scripts. `phrases`: what a survey says in its own words."""
    g.pop("cacheable", None)
    g.pop("content_policy", None)
    shown = page_text or ERROR_PAGES.get(status) or ERROR_PAGES[400 if status < 500 else 500]
    words = words_for(locale.current(), phrases)
    title, advice = words(shown.title), words(shown.advice)
    if wants_json():
        response = jsonify(title=title, advice=advice, number=number)
        response.status_code = status
    else:
        code = status if shown.shows_code else ""
        response = page("errors/error.html", status, phrases, title=title, advice=advice, code=code, number=number)
    if status in (429, 503):
        response.headers.setdefault("Retry-After", str(RETRY_SECONDS))
    return response
