"""Framing of a survey by other sites: who may frame it, and what the page in the frame is given.

`/s/<survey>?embed` is the same survey, set closer and with the frame's messenger in it. The survey names the sites that
may frame it; the operator names sites for every survey.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request

from questionnaire.actions import company_settings
from questionnaire.core.survey.survey import Survey
from questionnaire.web.http.context import toolbox

BASE_HEIGHT, ROW_HEIGHT, MOST_HEIGHT = 400, 62, 1200
"""Pixels."""


@dataclass(frozen=True, slots=True)
class FrameContext:
    """What surrounds a survey's page. `messenger_data`: JSON for static/js/frame, "" outside a frame; `oembed_url`: its
    oEmbed address, "" in a frame.
    """

    messenger_data: str = ""
    oembed_url: str = ""


def is_embedded() -> bool:
    """Whether the address asks for the embedded form."""
    return "embed" in request.args


def embed_argument() -> str | None:
    """`embed` for the address of the next page in the frame; None, which url_for leaves out, outside a frame."""
    return "" if is_embedded() else None


def allowed_origins(survey: Survey) -> tuple[str, ...]:
    """The sites that may frame this survey."""
    return tuple(dict.fromkeys((*survey.embed.allowed_origins, *company_settings.company(toolbox()).sites)))


def frame_ancestors(survey: Survey) -> tuple[str, ...]:
    """For the CSP: none, unless the address asks for the embedded form. Our own pages show previews."""
    return (*allowed_origins(survey), "'self'") if is_embedded() else ()


def frame_context(survey: Survey, language: str) -> FrameContext:
    if is_embedded():
        return FrameContext(messenger_data=messenger_data(survey, language))
    return FrameContext(oembed_url=oembed_url(survey.id, language))


def messenger_data(survey: Survey, language: str) -> str:
    """JSON for the messenger in the frame: whom it may speak to, and about what."""
    data = {
        "survey": survey.id,
        "version": survey.version,
        "title": survey.title.fill(language, {}),
        "lead": survey.contact is not None and survey.display.gate != "none",
        "origins": allowed_origins(survey),
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def default_height(survey: Survey) -> int:
    """Pixels, about the first screen on a phone, so that a page hardly moves when it learns the exact height."""
    first = survey.pages[0].questions
    shown = first[:1] if survey.display.mode == "one_per_screen" else first
    rows = sum(len(getattr(question, "choices", ()) or ()) or 2 for question in shown)
    return min(BASE_HEIGHT + ROW_HEIGHT * rows, MOST_HEIGHT)


def survey_url(slug: str, **args: str) -> str:
    """The public address of a survey."""
    query = urlencode({name: value for name, value in args.items() if value})
    return f"{toolbox().settings.public_url}/s/{slug}" + (f"?{query}" if query else "")


def oembed_url(slug: str, language: str = "") -> str:
    return f"{toolbox().settings.public_url}/oembed?" + urlencode({"url": survey_url(slug, lang=language)})
