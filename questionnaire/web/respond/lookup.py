"""The survey an address offers."""

from __future__ import annotations

from flask import abort, g

from questionnaire.actions.respond import acceptance
from questionnaire.web.embed import routes
from questionnaire.web.http import locale
from questionnaire.web.http.context import toolbox


def get_publication_or_abort(slug: str, version: str | None) -> acceptance.Publication:
    """The named version, else the newest; 404 when there is none, 410 when it takes no answers any more."""
    publication = acceptance.get_publication(toolbox(), slug, version)
    if publication is None:
        abort(404)
    if publication.closed:
        locale.set_locale(locale.negotiate(publication.survey.languages))
        # A site that embeds the survey shows this answer in its frame.
        g.frame_ancestors = routes.frames(publication.survey)
        abort(410)
    return publication
