"""The publication under a survey's address."""

from __future__ import annotations

from flask import abort, g

from questionnaire.actions.respond import acceptance
from questionnaire.web.http import locale
from questionnaire.web.http.context import toolbox
from questionnaire.web.survey_page import framing


def get_publication_or_abort(slug: str, version: str | None) -> acceptance.Publication:
    """The named version, else the newest; 404 when there is none, 410 when the survey is closed."""
    publication = acceptance.get_publication(toolbox(), slug, version)
    if publication is None:
        abort(404)
    if publication.closed:
        locale.set_locale(locale.negotiate(publication.survey.languages))
        # A site that embeds the survey shows this answer in its frame.
        g.frame_ancestors = framing.frame_ancestors(publication.survey)
        abort(410)
    return publication
