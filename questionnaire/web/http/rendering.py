"""Writing a page: the templates in the right language, with what every page may say.

Each language has one environment, shared by all requests; a person's data is passed to the page, never kept in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Response, g, make_response, request, url_for
from flask_wtf.csrf import generate_csrf
from jinja2 import Environment
from markupsafe import Markup

from questionnaire import __version__
from questionnaire.core.base.texts import fold
from questionnaire.core.base.translation import NO_PHRASES, Phrases, Translator
from questionnaire.core.brand.theme import Theme
from questionnaire.core.survey.questions.country import CODES
from questionnaire.core.survey.questions.picture import picture_size
from questionnaire.settings import bundle_dir
from questionnaire.templating import formats_for, is_right_to_left, new_environment, supported_language, words_for
from questionnaire.web.http import locale, security_headers
from questionnaire.web.http.context import theme, toolbox
from questionnaire.web.http.help_entries import help_entry
from questionnaire.web.http.labels import Labels
from questionnaire.web.http.theme_css import theme_style

HTML = "text/html; charset=utf-8"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""Marks of the choices of a question, and the keys that choose them."""


def page(template: str, status: int = 200, phrases: Phrases = NO_PHRASES, **values: object) -> Response:
    """`template` in the language of this request."""
    given = {
        "viewer": g.get("viewer"),
        "nonce": security_headers.nonce(),
        **sender(theme()),
        "theme_css": theme_style(theme()),
        "demo": toolbox().settings.demo,
    }
    said = write(template, locale.current(), phrases, **given, **values)
    response = make_response(said, status)
    response.content_type = HTML
    return response


def write(template: str, language: str, phrases: Phrases = NO_PHRASES, /, **values: object) -> str:
    """`phrases`: what a survey says in its own words."""
    values |= {"page_language": language, "page_right_to_left": is_right_to_left(language)}
    environment = _environment(language if phrases else supported_language(language), phrases)
    return environment.get_template(template).render(**values)


def words() -> Translator:
    """The product's sentences in the language of this request."""
    return words_for(locale.current())


@lru_cache(maxsize=64)
def _environment(language: str, phrases: Phrases = NO_PHRASES) -> Environment:
    environment = new_environment(language, phrases)
    environment.filters["trusted"] = Markup
    environment.globals.update(Labels(words_for(language)).globals())
    environment.globals.update(letters=LETTERS, countries=_countries(language))
    environment.globals.update(help_entry=partial(help_entry, words_for(language)))
    environment.globals.update(asset=asset, url_for=url_for, csrf_token=generate_csrf, with_query=with_query)
    return environment


def _countries(language: str) -> Callable[[tuple[str, ...]], list[tuple[str, str]]]:
    """All countries by name in this language, those of a question's `first` before the others."""
    formats = formats_for(language)
    # Without accents, so that Å sorts with A.
    named = sorted(((code, formats.country(code)) for code in CODES), key=lambda entry: fold(entry[1]))

    def offered(first: tuple[str, ...]) -> list[tuple[str, str]]:
        return [(code, formats.country(code)) for code in first] + [entry for entry in named if entry[0] not in first]

    return offered


def sender(theme: Theme) -> dict[str, object]:
    """What a page says of whose it is: the name, the logos with their sizes, and the colour of the mark on its tab."""
    light, dark = theme.logo_pictures.light, theme.logo_pictures.dark
    return {
        "brand": theme.name,
        "logo": f"/pictures/{light}" if light else logo_address(theme),
        "logo_size": picture_size(light) if light else theme.logo_size,
        "dark_logo": f"/pictures/{dark}" if dark else "",
        "dark_logo_size": picture_size(dark),
        "accent": theme.accent.removeprefix("#"),
    }


def logo_address(sender: Theme) -> str:
    """Where the sender's own logo lies, under a mark of its content; "" without one."""
    return f"/pictures/{sender.logo_name}" if sender.logo else ""


def asset(path: str) -> str:
    """The address of a static file, with a mark that changes when the file does."""
    # By hand: the page about an untrusted host is written before there is anything to build addresses with.
    return f"/static/{path}?v={_mark(path)}"


@cache
def _mark(path: str) -> str:
    return hashlib.sha256((bundle_dir("static") / path).read_bytes()).hexdigest()[:10]


def with_query(**changes: object) -> str:
    """This page's address with some of its questions changed; an empty value drops one."""
    kept: Mapping[str, Any] = {**request.args.to_dict(), **changes}
    query = urlencode({name: value for name, value in kept.items() if value not in ("", None)})
    return f"{request.path}?{query}" if query else request.path


@cache
def build() -> str:
    """A mark of this build of the product: it changes with any template, style or script."""
    digest = hashlib.sha256(__version__.encode())
    for folder in ("templates", "static/css", "static/js"):
        for file in _files(folder):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _files(folder: str) -> list[Path]:
    kind, _, rest = folder.partition("/")
    root = bundle_dir("static" if kind == "static" else "templates") / rest
    return sorted(file for file in root.rglob("*") if file.is_file())
