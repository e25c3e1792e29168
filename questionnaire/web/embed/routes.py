"""Standing on other sites: who may frame a survey, what the frame is told, the script of the page around it, oEmbed.

A survey's page at `?embed` is the same survey, set closer and with the frame's messenger in it. Which sites may frame
it is said by the survey and, for every survey, by the operator.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qs, urlencode, urlsplit

from flask import Blueprint, Response, abort, g, jsonify, make_response, request
from markupsafe import escape

from questionnaire.actions.respond import acceptance
from questionnaire.core.base.translation import gettext_noop
from questionnaire.core.survey.survey import Survey
from questionnaire.settings import bundle_dir
from questionnaire.templating import LANGUAGES, words_for
from questionnaire.web.http import compression, locale
from questionnaire.web.http.access import public
from questionnaire.web.http.context import theme, toolbox
from questionnaire.web.http.errors import Trouble, trouble_page

WIDEST, BEFORE, ROW = 720, 400, 62
CARD_SECONDS = 3600
FRESH = "public, max-age=3600, stale-while-revalidate=86400, stale-if-error=604800"
ONLY_JSON = Trouble(
    gettext_noop("Only JSON is available here"), gettext_noop("Ask for it with format=json, or leave the format out.")
)
NOT_OPEN = Trouble(
    gettext_noop("This diagnostic can’t be embedded"),
    gettext_noop("It’s closed and no longer accepts answers."),
)

blueprint = Blueprint("embed", __name__)


@dataclass(frozen=True, slots=True)
class Around:
    """What is around a survey's page. `frame`: the data of the messenger, "" on a page of its own; `card`: where its
    oEmbed card is, "" in a frame."""

    frame: str = ""
    card: str = ""


def is_embedded() -> bool:
    """Whether the address asks for the form that stands in a frame."""
    return "embed" in request.args


def frame_policy() -> str | None:
    """`embed` of an address inside the frame, so that the next page may stand in it too; None leaves it out."""
    return "" if is_embedded() else None


def origins(survey: Survey) -> tuple[str, ...]:
    """The sites that may frame this survey."""
    return tuple(dict.fromkeys((*survey.embed.allowed_origins, *toolbox().settings.embed_origins)))


def frames(survey: Survey) -> tuple[str, ...]:
    """The frame-ancestors of this answer: none, unless the address asks for the embedded form. Ours show previews."""
    return (*origins(survey), "'self'") if is_embedded() else ()


def around(survey: Survey, language: str) -> Around:
    return (
        Around(frame=frame_data(survey, language)) if is_embedded() else Around(card=card_address(survey.id, language))
    )


def frame_data(survey: Survey, language: str) -> str:
    """What the messenger in the frame is given: whom it may speak to, and about what."""
    told = {
        "survey": survey.id,
        "version": survey.version,
        "title": survey.title.say(language),
        "lead": survey.contact is not None and survey.display.gate != "none",
        "origins": origins(survey),
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def usual_height(survey: Survey) -> int:
    """About as high as the first screen is on a phone, so that a page hardly moves when it learns the exact height."""
    first = survey.pages[0].questions
    shown = first[:1] if survey.display.mode == "one_per_screen" else first
    rows = sum(len(getattr(question, "choices", ()) or ()) or 2 for question in shown)
    return min(BEFORE + ROW * rows, 1200)


def address(slug: str, **more: str) -> str:
    """Where people open a survey."""
    query = urlencode({name: value for name, value in more.items() if value})
    return f"{toolbox().settings.public_url}/s/{slug}" + (f"?{query}" if query else "")


def card_address(slug: str, language: str = "") -> str:
    return f"{toolbox().settings.public_url}/oembed?" + urlencode({"url": address(slug, lang=language)})


# --- snippets --------------------------------------------------------------------------------------------------


def script_line() -> str:
    return f'<script async src="{toolbox().settings.public_url}/embed.js"></script>'


def frame_line(survey: Survey, language: str, *, lang: str = "", width: str = "100%", height: int = 0) -> str:
    """The frame as HTML, and a link that is seen when the frame does not come. Its size stands in attributes, which no
    site's policy forbids."""
    src = address(survey.id) + "?embed" + (f"&lang={lang}" if lang else "")
    words = words_for(language)
    link = f'<a href="{escape(address(survey.id, lang=lang))}" data-lq-link>{words("Open the diagnostic")}</a>'
    return (
        f'<iframe src="{escape(src)}" data-lq-survey="{survey.id}" title="{escape(survey.title.say(language))}" '
        f'width="{width}" height="{height or usual_height(survey)}" frameborder="0" loading="lazy"></iframe>{link}'
    )


# --- the script of the page around ------------------------------------------------------------------------------


@cache
def script() -> tuple[bytes, bytes, str]:
    """The script as it is sent, the same compressed, and its mark. Its few sentences come from the catalogues."""
    said = {tag: [words_for(tag).gettext("Close"), words_for(tag).gettext("Open the diagnostic")] for tag in LANGUAGES}
    source = (bundle_dir("static") / "js" / "built" / "embed.js").read_text(encoding="utf-8").strip()
    body = source.replace('"@words"', json.dumps(said, ensure_ascii=False, separators=(",", ":"))).encode()
    return body, compression.gzip(body), hashlib.sha256(body).hexdigest()[:20]


@blueprint.get("/embed.js")
@public
def embed_script() -> Response:
    body, zipped, mark = script()
    compressed = request.accept_encodings.quality("gzip") > 0
    response = make_response(zipped if compressed else body)
    response.content_type = "text/javascript; charset=utf-8"
    response.set_etag(mark + ("-z" if compressed else ""))
    if compressed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = FRESH
    _for_everybody(response)
    response.make_conditional(request)
    return response


def _for_everybody(response: Response) -> None:
    """Pages of other sites may load it, those that isolate themselves too."""
    g.cacheable = True
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Access-Control-Allow-Origin"] = "*"


# --- oEmbed ----------------------------------------------------------------------------------------------------


@blueprint.get("/oembed")
@public
def oembed() -> Response:
    """What other programs show of a survey's address: https://oembed.com, type rich."""
    if request.args.get("format", "json") != "json":
        return trouble_page(501, ONLY_JSON)
    slug, lang = _survey_named(request.args.get("url", ""))
    publication = acceptance.get_publication(toolbox(), slug) if slug else None
    if publication is None:
        abort(404)
    if publication.closed:
        return trouble_page(401, NOT_OPEN)
    survey = publication.survey
    language = locale.set_locale(survey.language(lang or survey.languages[0]))
    width = _at_most("maxwidth", WIDEST)
    height = _at_most("maxheight", usual_height(survey))
    answer = jsonify(
        version="1.0",
        type="rich",
        title=survey.title.say(language),
        provider_name=theme().name,
        provider_url=toolbox().settings.public_url,
        html=frame_line(survey, language, lang=lang, width=str(width), height=height) + script_line(),
        width=width,
        height=height,
        cache_age=CARD_SECONDS,
    )
    answer.headers["Cache-Control"] = f"public, max-age={CARD_SECONDS}"
    _for_everybody(answer)
    return answer


def _survey_named(text: str) -> tuple[str, str]:
    """The slug and language in an address of ours; "" when it is none."""
    try:
        parts = urlsplit(text)
        ours = f"{parts.scheme}://{parts.netloc}" == toolbox().settings.public_url
    except ValueError:
        return "", ""
    folder, _, slug = parts.path.rpartition("/")
    if not ours or folder != "/s":
        return "", ""
    return slug, parse_qs(parts.query).get("lang", [""])[0][:20]


def _at_most(name: str, usual: int) -> int:
    """The smaller of what is usual and what was asked; what is no number is not asked."""
    text = request.args.get(name, "")
    return min(usual, int(text)) if text.isascii() and text.isdigit() and 0 < len(text) < 6 and int(text) else usual
