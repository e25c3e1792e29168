"""A survey that is kept in a file is not edited in the builder by accident: its draft pages say so instead.

What was typed into a page that was open already is still saved with the draft, and nothing of it can be published.
"""

from __future__ import annotations

import re

from flask import Flask, Response, request

from questionnaire.actions.editing import versions
from questionnaire.actions.publishing import catalogue, homes
from questionnaire.web.builder.tabs import tabs_of
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.rendering import page, words

_DRAFT_PAGE = re.compile(r"/desk/surveys/(?P<slug>[^/]+)/draft(?:/.*)?")


def install(app: Flask) -> None:
    """Call it after the guard of access: only who may edit drafts gets this far."""
    app.before_request(_instead)


def _instead() -> Response | None:
    place = _DRAFT_PAGE.fullmatch(request.path) if request.method in ("GET", "HEAD") else None
    if place is None or request.endpoint is None or homes.home(toolbox(), place["slug"]) == "builder":
        return None
    slug = place["slug"]
    entry = catalogue.survey(toolbox(), slug)
    if entry is None:
        return None
    found = versions.list_versions(toolbox(), slug, now())
    return page(
        "builder/kept_in_folder.html",
        slug=slug,
        title=entry.survey.title.say(entry.survey.languages[0]),
        version=entry.survey.version,
        has_draft=found is not None and found.draft is not None,
        tab="questions",
        tabs=tabs_of(slug, words(), published=True),
    )
