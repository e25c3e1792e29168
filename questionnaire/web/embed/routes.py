"""The script of the page around a frame, and oEmbed."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from itertools import chain
from urllib.parse import parse_qs, urlsplit

from flask import Blueprint, Response, abort, g, jsonify, request

from questionnaire.actions.respond import acceptance
from questionnaire.core.base.translation import LANGUAGES, gettext_noop
from questionnaire.settings import bundle_dir
from questionnaire.templating import words_for
from questionnaire.web.http import locale
from questionnaire.web.http.access import public
from questionnaire.web.http.compression import Compressible, compressed_response
from questionnaire.web.http.context import theme, toolbox
from questionnaire.web.http.errors import ErrorPage, error_page
from questionnaire.web.http.query import int_arg
from questionnaire.web.survey_page.embed_code import iframe_tag, script_tag
from questionnaire.web.survey_page.framing import default_height

MOST_WIDTH = 720
OEMBED_SECONDS = 3600
FRESH = "public, max-age=3600, stale-while-revalidate=86400, stale-if-error=604800"
ONLY_JSON = ErrorPage(
    gettext_noop("Only JSON is available here"), gettext_noop("Ask for it with format=json, or leave the format out.")
)
NOT_OPEN = ErrorPage(
    gettext_noop("This diagnostic can’t be embedded"),
    gettext_noop("It’s closed and no longer accepts answers."),
)

blueprint = Blueprint("embed", __name__)


@cache
def script() -> tuple[Compressible, str]:
    """The script and its ETag. Its few sentences come from the catalogues."""
    said = [[tag, words_for(tag).gettext("Close"), words_for(tag).gettext("Open the diagnostic")] for tag in LANGUAGES]
    # English needs no name: the script falls back on what is first.
    sentences = "|".join(chain.from_iterable(said)).removeprefix("en|")
    source = (bundle_dir("static") / "js" / "built" / "embed.js").read_text(encoding="utf-8").strip()
    body = source.replace('"@words"', json.dumps(sentences, ensure_ascii=False)).encode()
    return Compressible(body), hashlib.sha256(body).hexdigest()[:20]


@blueprint.get("/embed.js")
@public
def embed_script() -> Response:
    response = compressed_response(*script())
    response.content_type = "text/javascript; charset=utf-8"
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
        return error_page(501, ONLY_JSON)
    slug, lang = _survey_named(request.args.get("url", ""))
    publication = acceptance.get_publication(toolbox(), slug) if slug else None
    if publication is None:
        abort(404)
    if publication.closed:
        return error_page(401, NOT_OPEN)
    survey = publication.survey
    language = locale.set_locale(survey.language(lang or survey.languages[0]))
    width = int_arg("maxwidth", 1, MOST_WIDTH, MOST_WIDTH)
    most_height = default_height(survey)
    height = int_arg("maxheight", 1, most_height, most_height)
    answer = jsonify(
        version="1.0",
        type="rich",
        title=survey.title.fill(language, {}),
        provider_name=theme().name,
        provider_url=toolbox().settings.public_url,
        html=iframe_tag(survey, language, lang=lang, width=str(width), height=height) + script_tag(),
        width=width,
        height=height,
        cache_age=OEMBED_SECONDS,
    )
    answer.headers["Cache-Control"] = f"public, max-age={OEMBED_SECONDS}"
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
