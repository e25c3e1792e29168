"""The full page for one visitor: prefilled by a signed link, or resumed where they stopped. Never cached."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from flask import g, make_response, request
from markupsafe import escape
from werkzeug.wrappers import Response

from questionnaire.actions.assessing import personal_links
from questionnaire.actions.assessing.history import write_answers
from questionnaire.actions.assessing.personal_links import Invitation
from questionnaire.actions.respond import acceptance, resume, test_mode
from questionnaire.actions.respond.resume import ResumedResponse
from questionnaire.core.base.translation import gettext_noop
from questionnaire.core.survey.answers import read_answers
from questionnaire.core.survey.survey import Survey
from questionnaire.templating import words_for
from questionnaire.web.http import locale, security_headers
from questionnaire.web.http.context import now, theme, toolbox, use_theme
from questionnaire.web.http.errors import ErrorPage, error_page
from questionnaire.web.http.rendering import HTML
from questionnaire.web.respond.lookup import get_publication_or_abort
from questionnaire.web.survey_page import framing
from questionnaire.web.survey_page.form_input import FormInput
from questionnaire.web.survey_page.full_page import Prefill, render_full_page

_MAIN = re.compile(rb"<main[^>]*>")
TEST = gettext_noop("This is a test: your answers count nowhere.")
NO_SUCH_DRAFT = ErrorPage(
    gettext_noop("These answers are no longer available"),
    gettext_noop("They were sent, or the 30 days have passed. You can start again from the first question."),
)


def is_personal() -> bool:
    """Whether the address carries a signed link, a resume link or one for tests."""
    return any(request.args.get(name) for name in ("k", "resume", "test"))


def personal_page(slug: str) -> Response:
    g.referrer_policy = "no-referrer"
    token = request.args.get("resume", "")
    resumed = resume.resume(toolbox(), slug, token, now()) if token else None
    publication = get_publication_or_abort(
        slug, f"{slug}@{resumed.survey_version}" if resumed else None, started=resumed is not None
    )
    survey = publication.survey
    began_in = resumed.language if resumed and not request.args.get("lang") else ""
    language = locale.set_locale(survey.language(began_in) if began_in else locale.negotiate(survey.languages))
    if token and resumed is None:
        return error_page(410, NO_SUCH_DRAFT)
    invitation = personal_links.opened(toolbox(), slug, request.args.get("k", ""), now())
    return _written(publication, language, invitation, resumed)


def _written(
    publication: acceptance.Publication, language: str, invitation: Invitation, resumed: ResumedResponse | None
) -> Response:
    survey = publication.survey
    known = invitation.known(survey)
    form_input = FormInput({**invitation.typed(survey, language), **(resumed.typed if resumed else {}), **known})
    prefill = Prefill(
        input=form_input,
        known=frozenset(known),
        facts=_facts(survey, invitation, known, resumed, language),
        at=resumed.at if resumed else "",
        to=(known.get("email") or [""])[0],
        query=request.query_string.decode("ascii", "replace"),
    )
    frame = framing.frame_context(survey, language)
    use_theme(survey.theme)
    page = render_full_page(publication.id, survey, language, theme(), frame, prefill)
    g.content_policy = security_headers.content_policy(page.styles, page.scripts, framing.frame_ancestors(survey))
    body = page.content.identity
    if test_mode.is_test(toolbox(), survey.id, request.args.get("test", ""), now()):
        said = words_for(language, survey.phrases(language))
        note = f"\n<p><strong>{escape(said(TEST))}</strong></p>".encode()
        body = _MAIN.sub(lambda found: found[0] + note, body, count=1)
    response = make_response(body)
    response.content_type = HTML
    response.headers["Content-Language"] = language
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _facts(
    survey: Survey,
    invitation: Invitation,
    known: Mapping[str, list[str]],
    resumed: ResumedResponse | None,
    language: str,
) -> Mapping[str, Any]:
    """What the branches of the page may rest on beyond what is typed into it."""
    typed = resumed.typed if resumed else {}
    silent = {question.name: typed[question.name] for question in survey.questions
              if not question.visible and question.name in typed}  # fmt: skip
    asked = {name: list(values) for name, values in {**silent, **known}.items() if name in survey.items}
    answers, _ = read_answers(survey, asked, language)
    contact = {one.name: known[one.name][0] for one in survey.contact_fields if one.name in known}
    written = json.loads(json.dumps(write_answers(answers)))
    claims = resumed.claims if resumed else {}
    return {**claims, **invitation.hidden(survey), **invitation.claims(survey), **contact, **written}
