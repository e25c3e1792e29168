"""The survey an address offers, and who may frame it."""

from __future__ import annotations

from flask import abort, request

from questionnaire.actions import intake
from questionnaire.core.survey import Survey
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


def frames(survey: Survey) -> tuple[str, ...]:
    """The sites that may show this page in a frame: none, unless the address asks for the embedded form."""
    return survey.embed.allowed_origins if "embed" in request.args else ()
