"""Language of a request: `?lang=`, else the browser's Accept-Language, else the first language offered."""

from __future__ import annotations

from collections.abc import Sequence

from flask import g, has_request_context, request
from werkzeug.datastructures import LanguageAccept

from questionnaire.core.base.translation import LANGUAGES


def negotiate(offered: Sequence[str]) -> str:
    """The language of this request among `offered` (BCP 47 tags, the first is the default); `?lang=` comes first."""
    return named(offered) or request.accept_languages.best_match(list(offered)) or offered[0]


def named(offered: Sequence[str]) -> str | None:
    """The language among `offered` that `?lang=` names; None without one or when it is not offered."""
    tag = request.args.get("lang", "")
    # The primary language too, so that pt-BR is served pt-PT.
    return LanguageAccept([(tag, 1), (tag.replace("_", "-").partition("-")[0], 0.5)]).best_match(offered)


def set_locale(language: str) -> str:
    """Sets the language for the rest of this request, error pages included."""
    g.language = language
    return language


def current() -> str:
    """The language of this request: that of the survey or the signed-in user, else the best match for the browser."""
    if not has_request_context():
        return LANGUAGES[0]
    if "language" not in g:
        g.language = negotiate(LANGUAGES)
    return str(g.language)
