"""The response with one step of the form, for a visitor without JavaScript."""

from __future__ import annotations

from flask import Response, abort, g, make_response, request, url_for

from questionnaire.core.survey.maturity import measure
from questionnaire.signing import TooLarge
from questionnaire.web.http import security_headers
from questionnaire.web.http.context import keys, now, theme, toolbox
from questionnaire.web.http.rendering import HTML
from questionnaire.web.respond.form_request import FormRequest
from questionnaire.web.respond.form_state import FormState, sign
from questionnaire.web.survey_page import framing
from questionnaire.web.survey_page.page_context import public_style
from questionnaire.web.survey_page.step_page import NO_NOTICE, FormActions, StepNotice, StepView, Teaser, render_step
from questionnaire.web.survey_page.steps import FormStep


def step_response(
    form: FormRequest, steps: tuple[FormStep, ...], index: int, notice: StepNotice = NO_NOTICE, status: int = 200
) -> Response:
    """Everything typed so far is on the page or in its signed state. 413 when it is more than a form brings back."""
    key = form.key or toolbox().new_token()
    publication = form.publication.id
    try:
        state = sign(FormState(publication, key, form.input.values, form.started_at or now()), keys())
    except TooLarge:
        abort(413)
    view = StepView(
        publication=publication,
        survey=form.survey,
        language=form.language,
        steps=steps,
        index=index,
        state=state,
        ticked=form.input.ticked,
        actions=_actions(form),
        notice=notice,
        teaser=teaser_of(form) if steps[index].contact and index > 0 else None,
        embedded=framing.is_embedded(),
    )
    body = render_step(view, theme())
    style = security_headers.block_hash(public_style(theme(), form.survey, form.language, embedded=view.embedded))
    g.content_policy = security_headers.content_policy((style,), ("'none'",), framing.frame_ancestors(form.survey))
    response = make_response(body, status)
    response.content_type = HTML
    return response


def _actions(form: FormRequest) -> FormActions:
    """Each command under its own address, with the query string the visitor came with."""
    slug = form.survey.id
    query = f"?{request.query_string.decode('ascii', 'replace')}" if request.query_string else ""
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
    score = measure(form.survey, form.input.journey(form.survey))
    if score.rounded is None:
        return None
    return Teaser(score.rounded, score.band.label(form.language) if score.band else "")
