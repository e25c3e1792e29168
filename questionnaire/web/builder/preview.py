"""The preview of a draft: the real page of the survey, answerable, without any way to send or store an answer.

The page comes in a frame without an origin, may connect to nothing and send no form. It tells the builder around it
what was answered, and nobody else. A draft that cannot be read is
shown as it last could be, and the page says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, abort, g, make_response, request

from questionnaire.actions.editing import drafts, history
from questionnaire.actions.editing.drafts import Draft
from questionnaire.core.base.problems import errors
from questionnaire.core.editing.preview import preview_document
from questionnaire.core.survey import survey as surveys
from questionnaire.core.survey.survey import Survey
from questionnaire.web.builder.draft_pages import MAY_EDIT
from questionnaire.web.builder.trial_form import Typed, typed_here
from questionnaire.web.http import rate_limits, security_headers
from questionnaire.web.http.access import roles
from questionnaire.web.http.context import theme, toolbox, use_theme
from questionnaire.web.http.rendering import HTML, page, words
from questionnaire.web.survey_page.assets import script_of
from questionnaire.web.survey_page.form_input import FormInput
from questionnaire.web.survey_page.framing import FrameContext
from questionnaire.web.survey_page.full_page import FullPage, Prefill, render_full_page

_NOSCRIPT = re.compile(rb"<noscript>.*?</noscript>", re.S)
"""Leads to the form without script, which is the published one."""

blueprint = Blueprint("draft_preview", __name__)


@blueprint.get("/desk/surveys/<slug>/draft/preview")
@roles(*MAY_EDIT)
def show(slug: str) -> Response:
    return _shown(slug, {})


@blueprint.post("/desk/surveys/<slug>/draft/preview")
@roles(*MAY_EDIT)
@rate_limits.posts
def answered(slug: str) -> Response:
    """The page with the answers of this form, as someone had left it. Nothing is stored."""
    return _shown(slug, typed_here())


def _shown(slug: str, typed: Typed) -> Response:
    draft = drafts.find_draft_of(toolbox(), "survey", slug)
    if draft is None:
        abort(404)
    focus = request.args.get("at", "")
    survey, is_newest = _readable(draft, focus)
    g.frame_ancestors = ("'self'",)
    if survey is None:
        return page("builder/no_preview.html")
    language = survey.language(request.args.get("lang", ""))
    prefill = Prefill(FormInput(typed), at=focus)
    use_theme(survey.theme)
    rendered = render_full_page("preview", survey, language, theme(), FrameContext(), prefill)
    return _response(rendered, is_newest=is_newest)


def _readable(draft: Draft, focus: str) -> tuple[Survey | None, bool]:
    """The survey as the draft has it now, else as it last could be read."""
    survey = _read(draft.document, focus)
    if survey is not None:
        return survey, True
    good = history.last_good(toolbox(), draft.id, lambda document: _read(document, focus) is not None)
    return (_read(good.document, focus) if good is not None else None), False


def _read(document: Mapping[str, Any], focus: str) -> Survey | None:
    survey, problems = surveys.read(preview_document(document, focus))
    return None if survey is None or errors(problems) else survey


def _response(rendered: FullPage, *, is_newest: bool) -> Response:
    """The page with one more script, which says what a preview does not do."""
    said = words()
    notes = {
        "end": said("This is where answers would be sent. In the preview nothing is stored."),
        "old": "" if is_newest else said("The draft can’t be shown as it is now. This is the last state that could."),
    }
    data = json.dumps(notes, ensure_ascii=False).replace("<", "\\u003c")
    script = script_of("preview").replace('"PREVIEW_WORDS"', data)
    body = _NOSCRIPT.sub(b"", rendered.content.identity).replace(
        b"</head>", f"<script>{script}</script>\n</head>".encode(), 1
    )
    response = make_response(body)
    response.content_type = HTML
    own = (*rendered.scripts, security_headers.block_hash(script))
    g.content_policy = _without_connections(security_headers.content_policy(rendered.styles, own, g.frame_ancestors))
    return response


def _without_connections(policy: str) -> str:
    return policy.replace("connect-src 'self'", "connect-src 'none'").replace(
        "form-action 'self'", "form-action 'none'"
    )
