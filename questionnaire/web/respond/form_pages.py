"""The pages of a form without JavaScript: each is a GET of what was typed so far, and changes nothing.

The token in their address is all that leads to it: it is in no referrer, and the full page sends a visitor without
JavaScript to a fresh one, so that the first page belongs to the same form as those that follow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from flask import Blueprint, g, redirect, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from questionnaire.actions.respond import acceptance, form_states
from questionnaire.actions.respond.form_states import PageToken
from questionnaire.core.base.translation import gettext_noop
from questionnaire.web.http import locale
from questionnaire.web.http.access import public
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.errors import ErrorPage, error_page
from questionnaire.web.http.responses import unlisted
from questionnaire.web.respond.form_request import FormRequest, read_form
from questionnaire.web.respond.form_state import StoredState, read_stored
from questionnaire.web.respond.lookup import get_publication_or_abort
from questionnaire.web.respond.prefilled import NO_SUCH_DRAFT
from questionnaire.web.respond.step_response import query_string, step_page
from questionnaire.web.survey_page import framing
from questionnaire.web.survey_page.step_page import NO_NOTICE, StepNotice
from questionnaire.web.survey_page.steps import FormStep

START = "start"
"""Stands for the first page, or the one where somebody stopped, in the address of a form that begins."""
SUBMITTED = ErrorPage(
    gettext_noop("You’ve already sent your answers"),
    gettext_noop("Go forward in your browser to return to your result. To answer again, start from the first page."),
)

blueprint = Blueprint("form_page", __name__)


@blueprint.get("/s/<slug>/start")
@public
def start(slug: str) -> Response:
    """A fresh address for a visitor without JavaScript, who was sent here by the full page. That page is the same for
    every address, so the query string the visitor came with is only in the referrer."""
    came_from = urlsplit(request.referrer or "")
    is_ours = came_from.netloc == request.host and came_from.path == url_for("respond.whole", slug=slug)
    query = f"?{came_from.query}" if is_ours and came_from.query else query_string()
    token = form_states.sign_fresh(toolbox(), slug, now())
    g.referrer_policy = "no-referrer"
    return redirect(url_for("form_page.show", slug=slug, token=token, page=START) + query, 303)


@blueprint.get("/s/<slug>/form/<token>/<page>")
@public
def show(slug: str, token: str, page: str) -> Response:
    g.referrer_policy = "no-referrer"
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        # Somebody else's link: who follows it must not type into the form of whoever wrote it.
        return redirect(url_for("respond.whole", slug=slug) + query_string(), 303)
    address = form_states.read_token(toolbox(), slug, token, now())
    content = form_states.find(toolbox(), slug, address.key, now()) if address else None
    if content is not None:
        return _typed_page(slug, read_stored(content), page)
    if address is not None and address.fresh and not form_states.is_submitted(toolbox(), address.key):
        return _first_page(slug, address, page)
    return _closed_page(slug, address)


def _typed_page(slug: str, stored: StoredState, page: str) -> Response:
    """The page of a form of which something was sent."""
    publication = get_publication_or_abort(slug, stored.state.publication, started=True)
    locale.set_locale(publication.survey.language(stored.language))
    form = read_form(publication, stored.state, MultiDict())
    return _page(form, page, stored.notice, stored.step)


def _first_page(slug: str, address: PageToken, page: str) -> Response:
    """The page of a form of which nothing was sent yet: filled in by the address and by the link it came with."""
    publication = _publication(slug)
    survey = publication.survey
    locale.set_locale(locale.negotiate(survey.languages))
    form = read_form(publication, None, MultiDict())
    return _page(replace(form, key=address.key), page, NO_NOTICE, "")


def _publication(slug: str) -> acceptance.Publication:
    """The version that the address names or the resumed answers were given under, else the newest one."""
    version = request.args.get("version", "")
    named = acceptance.get_publication(toolbox(), slug, f"{slug}@{version}") if version else None
    return named if named is not None and not named.closed else get_publication_or_abort(slug, None)


def _page(form: FormRequest, page: str, notice: StepNotice, noticed: str) -> Response:
    g.frame_ancestors = framing.frame_ancestors(form.survey)
    steps = form.steps()
    index = _index(form, steps, page)
    shown = notice if steps[index].name == noticed else NO_NOTICE
    errors: Mapping[str, str] = dict(shown.errors)
    for field in steps[index].fields:
        if field.input_id in errors:
            field.mistakes = (errors[field.input_id],)
    response = unlisted(step_page(replace(form, page=steps[index].name), steps, index, shown))  # type: ignore[arg-type]
    # The browser may keep the page for Back, with what was typed into it and not sent; no one else may keep it.
    g.cacheable = True
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _index(form: FormRequest, steps: tuple[FormStep, ...], page: str) -> int:
    """Which step: the named one; for a form that begins, the one where a resumed visitor stopped, else the first."""
    if page == START and form.resumed_at:
        names = set(form.resumed_at.split())
        for index, step in enumerate(steps):
            if names & ({step.name} | {field.name for field in step.fields}):
                return index
    return replace(form, page=page).step_index(steps)


def _closed_page(slug: str, address: PageToken | None) -> Response:
    publication = get_publication_or_abort(slug, None)
    locale.set_locale(locale.negotiate(publication.survey.languages))
    g.frame_ancestors = framing.frame_ancestors(publication.survey)
    submitted = address is not None and form_states.is_submitted(toolbox(), address.key)
    return unlisted(error_page(410, SUBMITTED if submitted else NO_SUCH_DRAFT))
