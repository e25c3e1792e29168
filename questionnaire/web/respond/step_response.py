"""The response with one step of the form, for a visitor without JavaScript.

A POST stores what was typed and redirects to the page of a step, so that Back, Forward and Reload repeat GETs only. If
it cannot be stored, the POST is answered with the page itself: nothing typed is lost.
"""

from __future__ import annotations

from dataclasses import replace

from flask import abort, g, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from questionnaire.actions.errors import DatabaseUnavailable
from questionnaire.actions.respond import form_states
from questionnaire.core.survey.length import path_length
from questionnaire.core.survey.maturity import measure
from questionnaire.core.survey.score_figure import score_figure
from questionnaire.signing import TooLarge
from questionnaire.web.http import security_headers
from questionnaire.web.http.context import keys, now, theme, toolbox, use_theme
from questionnaire.web.http.rendering import HTML
from questionnaire.web.respond.form_request import FormRequest
from questionnaire.web.respond.form_state import FormState, StoredState, sign, write_stored
from questionnaire.web.survey_page import framing
from questionnaire.web.survey_page.page_context import public_style
from questionnaire.web.survey_page.step_page import NO_NOTICE, FormActions, StepNotice, StepView, Teaser, render_step
from questionnaire.web.survey_page.steps import FormStep


def step_response(
    form: FormRequest, steps: tuple[FormStep, ...], index: int, notice: StepNotice = NO_NOTICE, status: int = 200
) -> Response:
    """A redirect to the page of a step. `status` is that of the page when there is no redirect: without a database, and
    for a form that a program sent at once.
    """
    if not form.stepwise:
        return step_page(form, steps, index, notice, status)
    form = replace(form, key=form.key or toolbox().new_token(), posts=form.posts + 1)
    state = _state(form)
    # Signed here as well: 413 while the page that was sent is still in the browser.
    _sign_or_abort(state)
    stored = StoredState(state, form.language, steps[index].name, notice)
    try:
        form_states.save(toolbox(), form.survey.id, form.key, write_stored(stored), now())
    except DatabaseUnavailable:
        return step_page(form, steps, index, notice, status)
    address = url_for("form_page.show", slug=form.survey.id, token=form.key, page=steps[index].name)
    g.referrer_policy = "no-referrer"
    return redirect(address + query_string(), 303)


def step_page(
    form: FormRequest, steps: tuple[FormStep, ...], index: int, notice: StepNotice = NO_NOTICE, status: int = 200
) -> Response:
    """The page of a step. Everything typed so far is on it or in its signed state."""
    form = replace(form, key=form.key or toolbox().new_token())
    g.referrer_policy = "no-referrer"
    view = StepView(
        publication=form.publication.id,
        survey=form.survey,
        language=form.language,
        steps=steps,
        index=index,
        state=_sign_or_abort(_state(form)),
        ticked=form.input.ticked,
        actions=_actions(form),
        notice=notice,
        teaser=teaser_of(form) if steps[index].contact and index > 0 else None,
        embedded=framing.is_embedded(),
        ends_early=form.path.journey.ending is not None,
        pages_open=_pages_open(form, steps[index]),
    )
    use_theme(form.survey.theme)
    body = render_step(view, theme())
    style = security_headers.block_hash(public_style(theme(), form.survey, form.language, embedded=view.embedded))
    g.content_policy = security_headers.content_policy((style,), ("'none'",), framing.frame_ancestors(form.survey))
    response = make_response(body, status)
    response.content_type = HTML
    return response


def _pages_open(form: FormRequest, step: FormStep) -> int:
    """How many pages may still come that no answer has decided yet."""
    survey, path = form.survey, form.path
    names = [page.name for page in survey.pages]
    if survey.display.mode == "single_page" or step.name not in names:
        return 0
    screens = [page.conditional_questions for page in survey.pages]
    fields = {**form.input.hidden, **path.gate.contact}
    return path_length(survey, path.journey, fields, screens, names.index(step.name)).open


def query_string() -> str:
    """The query string the visitor came with, with its question mark."""
    return f"?{request.query_string.decode('ascii', 'replace')}" if request.query_string else ""


def _state(form: FormRequest) -> FormState:
    return FormState(form.publication.id, form.key, form.input.values, form.started_at or now(), form.posts)


def _sign_or_abort(state: FormState) -> str:
    """413 when more was typed than a form brings back."""
    try:
        return sign(state, keys())
    except TooLarge:
        abort(413)


def _actions(form: FormRequest) -> FormActions:
    """Each command under its own address, with the query string the visitor came with."""
    slug, query = form.survey.id, query_string()
    return FormActions(
        submit=url_for("respond.submit", slug=slug) + query,
        next=url_for("respond.next_step", slug=slug) + query,
        back=url_for("respond.previous_step", slug=slug) + query,
        resume_link=url_for("respond.resume_link", slug=slug) + query,
        languages={
            tag: url_for("respond.change_language", slug=slug, tag=tag) + query
            for tag in form.survey.languages
            if tag != form.language
        },
    )


def teaser_of(form: FormRequest) -> Teaser | None:
    """The overall score so far, for the contact step; nothing is stored."""
    if form.survey.display.teaser != "overall":
        return None
    score = measure(form.survey, form.input.journey(form.survey, form.language))
    if score.overall is None:
        return None
    figure = score_figure(score.overall, form.survey.report.overall)
    return Teaser(figure, score.band.label(form.language, form.fills) if score.band else "")
