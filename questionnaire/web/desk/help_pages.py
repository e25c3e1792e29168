"""The docs as pages of the desk: the files that come with the product, in English, for everybody on the staff."""

from __future__ import annotations

from functools import cache

from flask import Blueprint, Response, abort, url_for
from markupsafe import Markup

from questionnaire.markdown import document_html
from questionnaire.settings import bundle_dir
from questionnaire.web.http.access import ALL_ROLES, roles
from questionnaire.web.http.help_entries import TITLES
from questionnaire.web.http.rendering import page, words

blueprint = Blueprint("help_pages", __name__)


@blueprint.get("/desk/help")
@roles(*ALL_ROLES, by_code=True)
def contents() -> Response:
    return page("desk/help.html", title=words().gettext("Help"), article="", name="", titles=_titles())


@blueprint.get("/desk/help/<name>")
@roles(*ALL_ROLES, by_code=True)
def show(name: str) -> Response:
    if name not in TITLES:
        abort(404)
    title = words()(TITLES[name])
    return page("desk/help.html", title=title, article=_article(name), name=name, titles=_titles())


def _titles() -> list[tuple[str, str]]:
    """(name, title) of each page, by title."""
    named = [(name, words()(title)) for name, title in TITLES.items()]
    return sorted(named, key=lambda entry: entry[1].casefold())


@cache
def _article(name: str) -> Markup:
    """The files don't change while the product runs."""
    source = (bundle_dir("docs") / f"{name}.md").read_text(encoding="utf-8")
    return document_html(source, _address)


def _address(link: str) -> str:
    """Where a link of a file leads: to a page that is served, to another site, or nowhere ("")."""
    if link.startswith(("https://", "#")):
        return link
    file, mark, section = link.partition("#")
    name = file.removesuffix(".md")
    return url_for("help_pages.show", name=name) + mark + section if name in TITLES else ""
