"""Which language a page speaks: what the address says, else what the browser prefers, else the first one offered."""

from __future__ import annotations

from collections.abc import Sequence

from flask import g, has_request_context, request
from werkzeug.datastructures import LanguageAccept

from questionnaire.templating import LANGUAGES


def negotiate(offered: Sequence[str]) -> str:
    """One of `offered` (BCP 47 tags, first one is the default) for this request; `?lang=` wins over the browser."""
    return named(offered) or request.accept_languages.best_match(list(offered)) or offered[0]


def named(offered: Sequence[str]) -> str | None:
    """The one of `offered` that the address names with `?lang=`; None when the browser decides."""
    tag = request.args.get("lang", "")
    # The primary language too, so that pt-BR is served pt-PT.
    return LanguageAccept([(tag, 1), (tag.replace("_", "-").partition("-")[0], 0.5)]).best_match(offered)


def set_locale(language: str) -> str:
    """From here on this request speaks `language`, its error pages too."""
    g.language = language
    return language


def current() -> str:
    """The language of this request: the survey's, the signed-in person's, or what the browser prefers of ours."""
    if not has_request_context():
        return LANGUAGES[0]
    if "language" not in g:
        g.language = negotiate(LANGUAGES)
    return str(g.language)
