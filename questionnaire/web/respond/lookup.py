"""The publication under a survey's address, and what visitors read while it takes no answers."""

from __future__ import annotations

from dataclasses import replace

from flask import abort, g, request

from questionnaire.actions.respond import acceptance, test_mode
from questionnaire.core.base.translation import gettext_noop
from questionnaire.web.http import locale
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.errors import ERROR_PAGES, ErrorPage, error_page
from questionnaire.web.survey_page import framing

PAUSED = ErrorPage(
    gettext_noop("This diagnostic is paused"),
    gettext_noop("Please come back later. Anything you’ve already sent is safe."),
    shows_code=False,
)
PAUSED_MEANWHILE = ErrorPage(
    gettext_noop("This diagnostic is paused"),
    gettext_noop("Go back and try again later. What you typed is still there."),
    shows_code=False,
)
CLOSED = replace(ERROR_PAGES[410], shows_code=False)
CLOSED_MEANWHILE = ErrorPage(
    gettext_noop("This diagnostic is closed"),
    gettext_noop("It closed while you were answering, so we can’t accept these answers any more. We’re sorry."),
    shows_code=False,
)


def get_publication_or_abort(slug: str, version: str | None, *, started: bool = False) -> acceptance.Publication:
    """The named version, else the newest; 404 when there is none. While the survey takes no answers, 403 if it is
    paused and 410 if it is closed. `started`: the visitor comes from a page of the form. A link for tests
    opens it in every state."""
    publication = acceptance.get_publication(toolbox(), slug, version)
    if publication is None:
        abort(404)
    is_test = test_mode.is_test(toolbox(), slug, request.args.get("test", ""), now())
    if not is_test and not publication.availability.accepts(now(), started=started):
        survey = publication.survey
        language = locale.set_locale(locale.negotiate(survey.languages))
        # A site that embeds the survey shows this answer in its frame.
        g.frame_ancestors = framing.frame_ancestors(survey)
        is_paused = publication.availability.state == "paused"
        shown = (PAUSED, PAUSED_MEANWHILE) if is_paused else (CLOSED, CLOSED_MEANWHILE)
        abort(error_page(403 if is_paused else 410, shown[started], phrases=survey.phrases(language)))
    return publication
