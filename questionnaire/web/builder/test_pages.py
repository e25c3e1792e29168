"""Answering a survey as a test, and the test answers that were given."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions.publishing import catalogue
from questionnaire.actions.respond import test_mode
from questionnaire.templating import formats_for
from questionnaire.web.builder.draft_pages import MAY_EDIT
from questionnaire.web.builder.tabs import tabs_of
from questionnaire.web.http import locale, rate_limits
from questionnaire.web.http.access import roles
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.query import int_arg
from questionnaire.web.http.rendering import page, words

MOST = 10**6

blueprint = Blueprint("test_answers", __name__)


@blueprint.get("/desk/surveys/<slug>/tests")
@roles(*MAY_EDIT)
def show(slug: str) -> Response:
    entry = catalogue.survey(toolbox(), slug)
    if entry is None:
        abort(404)
    survey, said = entry.survey, words()
    answers, count = test_mode.answers(toolbox(), slug)
    formats = formats_for(locale.current())
    deleted = int_arg("deleted", 0, MOST, 0)
    return page(
        "builder/tests.html",
        slug=slug,
        title=survey.title.say(survey.languages[0]),
        version=survey.version,
        is_open=entry.availability.is_open,
        tab="tests",
        tabs=tabs_of(slug, said, published=True),
        links=[(formats.language(tag), test_mode.link(toolbox(), slug, now(), tag)) for tag in survey.languages],
        answers=answers,
        count=count,
        notice=said.ngettext("One test answer deleted.", "%(n)s test answers deleted.", deleted) if deleted else "",
    )


@blueprint.post("/desk/surveys/<slug>/tests")
@roles(*MAY_EDIT)
@rate_limits.answers
def forget(slug: str) -> AnyResponse:
    """One test answer, or all of them."""
    chosen = request.form.get("response", "")
    deleted = test_mode.forget(toolbox(), slug, None if chosen == "all" else chosen)
    return redirect(url_for("test_answers.show", slug=slug, deleted=deleted or None), 303)
