"""The survey an address offers."""

from __future__ import annotations

from flask import abort

from questionnaire.actions import intake
from questionnaire.web import languages
from questionnaire.web.here import toolbox


def published(slug: str, version: str | None) -> intake.Publication:
    """The named version, else the newest; 404 when there is none, 410 when it takes no answers any more."""
    publication = intake.prepare(toolbox(), slug, version)
    if publication is None:
        abort(404)
    if publication.closed:
        languages.speak(languages.choose(publication.survey.languages))
        abort(410)
    return publication
