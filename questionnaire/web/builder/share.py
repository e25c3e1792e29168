"""Share pages: the public link of a survey and the embed snippets for a site."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, abort, g
from markupsafe import escape

from questionnaire.actions.publishing import catalogue
from questionnaire.core.survey.survey import Survey
from questionnaire.templating import formats_for
from questionnaire.web.embed import routes
from questionnaire.web.http import locale, rendering, security_headers
from questionnaire.web.http.access import ADMIN, MARKETING, OPS, roles
from questionnaire.web.http.context import toolbox
from questionnaire.web.http.rendering import page

blueprint = Blueprint("sharing", __name__)


@dataclass(frozen=True, slots=True)
class Snippet:
    """An embed snippet. `kind` is the embedding mode, `use` explains it, `code` is the HTML to paste."""

    kind: str
    title: str
    use: str
    code: str


@blueprint.get("/desk/surveys")
@roles(ADMIN, MARKETING, OPS)
def surveys() -> Response:
    return page("desk/surveys.html", surveys=catalogue.list_surveys(toolbox()), address=routes.address)


@blueprint.get("/desk/surveys/<slug>")
@roles(ADMIN, MARKETING, OPS)
def survey(slug: str) -> Response:
    entry = catalogue.survey(toolbox(), slug)
    if entry is None:
        abort(404)
    shared = entry.survey
    ours = ("'self'", f"'nonce-{security_headers.nonce()}'")
    g.content_policy = security_headers.content_policy(ours, ours) + "; frame-src 'self'"
    return page(
        "desk/share.html",
        shared=entry,
        survey=shared,
        title=shared.title.say(shared.language(locale.current())),
        address=routes.address(shared.id),
        card=routes.card_address(shared.id),
        origins=routes.origins(shared),
        site=toolbox().settings.public_url,
        snippets=snippets(shared),
        height=routes.usual_height(shared),
        public=_by_language(shared),
    )


def _by_language(survey: Survey) -> list[tuple[str, str]]:
    """(language name, public link) for each language; empty for a survey in one language."""
    formats = formats_for(locale.current())
    several = survey.languages if len(survey.languages) > 1 else ()
    return [(formats.language(tag), routes.address(survey.id, lang=tag)) for tag in several]


def snippets(survey: Survey) -> tuple[Snippet, ...]:
    """The embed snippets, most used first."""
    words, language = rendering.words(), survey.languages[0]
    title, script = escape(survey.title.say(language)), routes.script_line()
    link = f'<a href="{routes.address(survey.id)}" data-lq-survey="{survey.id}"'
    return (
        Snippet(
            "inline",
            words("In the page"),
            words("Sits in your page content and adjusts its height automatically."),
            f"{routes.frame_line(survey, language)}\n{script}",
        ),
        Snippet(
            "popup",
            words("Popup"),
            words("A link that opens the diagnostic over your page. Without JavaScript, it opens in its own page."),
            f'{link} data-lq-mode="popup">{title}</a>\n{script}',
        ),
        Snippet(
            "slider",
            words("Slider"),
            words("Slides in from the side; here, once a visitor has scrolled halfway down."),
            f'{link} data-lq-mode="slider" data-lq-side="right"\n'
            f'   data-lq-open="scroll" data-lq-scroll="50" data-lq-prevent-reopen>{title}</a>\n{script}',
        ),
        Snippet(
            "full-page",
            words("Link"),
            words("Opens the diagnostic in its own page and passes your campaign parameters on."),
            f'{link} data-lq-mode="full-page">{title}</a>\n{script}',
        ),
    )
