"""Sharing: where a survey is found, and what to paste so that it stands on a site."""

from __future__ import annotations

from flask import Blueprint, Response, abort, g

from questionnaire.actions.publishing import catalogue
from questionnaire.core.survey.survey import Survey
from questionnaire.templating import formats_for
from questionnaire.web.http import locale, security_headers
from questionnaire.web.http.access import ADMIN, MARKETING, OPS, roles
from questionnaire.web.http.context import toolbox
from questionnaire.web.http.rendering import page
from questionnaire.web.survey_page import framing
from questionnaire.web.survey_page.embed_code import snippets
from questionnaire.web.survey_page.framing import survey_url

blueprint = Blueprint("sharing", __name__)


@blueprint.get("/desk/surveys")
@roles(ADMIN, MARKETING, OPS)
def surveys() -> Response:
    return page("desk/surveys.html", surveys=catalogue.list_surveys(toolbox()), address=survey_url)


@blueprint.get("/desk/surveys/<slug>")
@roles(ADMIN, MARKETING, OPS)
def survey(slug: str) -> Response:
    found = catalogue.survey(toolbox(), slug)
    if found is None:
        abort(404)
    shared = found.survey
    ours = ("'self'", f"'nonce-{security_headers.nonce()}'")
    g.content_policy = security_headers.content_policy(ours, ours) + "; frame-src 'self'"
    return page(
        "desk/share.html",
        shared=found,
        survey=shared,
        title=shared.title.say(shared.language(locale.current())),
        address=survey_url(shared.id),
        card=framing.oembed_url(shared.id),
        origins=framing.allowed_origins(shared),
        site=toolbox().settings.public_url,
        snippets=snippets(shared),
        height=framing.default_height(shared),
        public=_by_language(shared),
    )


def _by_language(survey: Survey) -> list[tuple[str, str]]:
    """The name of each language and the address in it; nothing when there is only one."""
    formats = formats_for(locale.current())
    several = survey.languages if len(survey.languages) > 1 else ()
    return [(formats.language(tag), survey_url(survey.id, lang=tag)) for tag in several]
