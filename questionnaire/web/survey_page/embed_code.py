"""Embed code: the HTML people paste into their own site."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import escape

from questionnaire.core.survey.survey import Survey
from questionnaire.templating import words_for
from questionnaire.web.http import rendering
from questionnaire.web.http.context import toolbox
from questionnaire.web.survey_page.framing import default_height, survey_url


@dataclass(frozen=True, slots=True)
class Snippet:
    """`kind` names the way of embedding; `code` is what is pasted."""

    kind: str
    title: str
    use: str
    code: str


def script_tag() -> str:
    return f'<script async src="{toolbox().settings.public_url}/embed.js"></script>'


def iframe_tag(survey: Survey, language: str, *, lang: str = "", width: str = "100%", height: int = 0) -> str:
    """The frame as HTML, and a link that is seen when the frame does not come. Its size stands in attributes, which no
    site's policy forbids."""
    src = survey_url(survey.id) + "?embed" + (f"&lang={lang}" if lang else "")
    words = words_for(language)
    link = f'<a href="{escape(survey_url(survey.id, lang=lang))}" data-lq-link>{words("Open the diagnostic")}</a>'
    return (
        f'<iframe src="{escape(src)}" data-lq-survey="{survey.id}" title="{escape(survey.title.fill(language, {}))}" '
        f'width="{width}" height="{height or default_height(survey)}" frameborder="0" loading="lazy"></iframe>{link}'
    )


def snippets(survey: Survey) -> tuple[Snippet, ...]:
    """In the order marketers ask for them."""
    words, language = rendering.words(), survey.languages[0]
    title, script = escape(survey.title.fill(language, {})), script_tag()
    link = f'<a href="{survey_url(survey.id)}" data-lq-survey="{survey.id}"'
    return (
        Snippet(
            "inline",
            words("In the page"),
            words("Sits in your page content and adjusts its height automatically."),
            f"{iframe_tag(survey, language)}\n{script}",
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
