"""Sharing: where a survey is found, and what to paste so that it stands on a site."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, abort, g
from markupsafe import escape

from questionnaire.actions import sharing
from questionnaire.core.survey import Survey
from questionnaire.templating import formats_for
from questionnaire.web import embed, languages, pages, security
from questionnaire.web.access import ADMIN, MARKETING, OPS, roles
from questionnaire.web.here import toolbox
from questionnaire.web.pages import page

blueprint = Blueprint("sharing", __name__)


@dataclass(frozen=True, slots=True)
class Snippet:
    """`kind` names the way of embedding; `code` is what is pasted."""

    kind: str
    title: str
    use: str
    code: str


@blueprint.get("/desk/surveys")
@roles(ADMIN, MARKETING, OPS)
def surveys() -> Response:
    return page("desk/surveys.html", surveys=sharing.surveys(toolbox()), address=embed.address)


@blueprint.get("/desk/surveys/<slug>")
@roles(ADMIN, MARKETING, OPS)
def survey(slug: str) -> Response:
    found = sharing.survey(toolbox(), slug)
    if found is None:
        abort(404)
    shared = found.survey
    ours = ("'self'", f"'nonce-{security.nonce()}'")
    g.content_policy = security.content_policy(ours, ours) + "; frame-src 'self'"
    return page(
        "desk/share.html",
        shared=found,
        survey=shared,
        title=shared.title.say(shared.language(languages.current())),
        address=embed.address(shared.id),
        card=embed.card_address(shared.id),
        origins=embed.origins(shared),
        site=toolbox().settings.public_url,
        snippets=snippets(shared),
        height=embed.usual_height(shared),
        public=_by_language(shared),
    )


def _by_language(survey: Survey) -> list[tuple[str, str]]:
    """The name of each language and the address in it; nothing when there is only one."""
    formats = formats_for(languages.current())
    several = survey.languages if len(survey.languages) > 1 else ()
    return [(formats.language(tag), embed.address(survey.id, lang=tag)) for tag in several]


def snippets(survey: Survey) -> tuple[Snippet, ...]:
    """What to paste, in the order marketers ask for it."""
    words, language = pages.words(), survey.languages[0]
    title, script = escape(survey.title.say(language)), embed.script_line()
    link = f'<a href="{embed.address(survey.id)}" data-lq-survey="{survey.id}"'
    return (
        Snippet(
            "inline",
            words("In the page"),
            words("Stands between your own paragraphs and is as high as what it shows."),
            f"{embed.frame_line(survey, language)}\n{script}",
        ),
        Snippet(
            "popup",
            words("As a popup"),
            words("A link that opens the diagnostic over the page. Without scripts it opens as a page of its own."),
            f'{link} data-lq-mode="popup">{title}</a>\n{script}',
        ),
        Snippet(
            "slider",
            words("As a slider"),
            words("Comes in from the side; here by itself, once somebody has read half of the page."),
            f'{link} data-lq-mode="slider" data-lq-side="right"\n'
            f'   data-lq-open="scroll" data-lq-scroll="50" data-lq-prevent-reopen>{title}</a>\n{script}',
        ),
        Snippet(
            "full-page",
            words("As a link"),
            words("Leads to a page of its own and takes the campaign of your page along."),
            f'{link} data-lq-mode="full-page">{title}</a>\n{script}',
        ),
    )
