"""One stop of a survey as a page for somebody on the way, with the teaser before the gate."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, abort, g, make_response

from questionnaire.core.survey.maturity import measure
from questionnaire.signing import TooLarge
from questionnaire.web.embed import routes
from questionnaire.web.http import security_headers
from questionnaire.web.http.context import keys, now, theme, toolbox
from questionnaire.web.http.rendering import HTML
from questionnaire.web.respond.form_request import FormRequest
from questionnaire.web.respond.form_state import FormState, sign
from questionnaire.web.survey_page.full_page import Teaser, public_style, step_page
from questionnaire.web.survey_page.steps import FormStep


@dataclass(frozen=True, slots=True)
class StepNotice:
    """`wrongs`: (id of the field, what is wrong). `sure`: the address whose writer was asked about a slip."""

    wrongs: tuple[tuple[str, str], ...] = ()
    notice: str = ""
    status: int = 200
    sure: str = ""


def render(visit: FormRequest, stops: tuple[FormStep, ...], index: int, extra: StepNotice = StepNotice()) -> Response:
    key = visit.key or toolbox().new_token()
    publication = str(visit.publication.id)
    try:
        state = sign(FormState(publication, key, visit.typed.values, visit.began or now()), keys())
    except TooLarge:
        abort(413)
    said = step_page(
        publication,
        visit.survey,
        visit.language,
        theme(),
        stops,
        index,
        state=state,
        ticked=visit.typed.ticked,
        wrongs=extra.wrongs,
        notice=extra.notice,
        sure=extra.sure,
        framed=routes.is_embedded(),
        teaser=teaser_of(visit) if stops[index].contact and index > 0 else None,
    )
    style = security_headers.block_hash(
        public_style(theme(), visit.survey, visit.language, framed=routes.is_embedded())
    )
    g.content_policy = security_headers.content_policy((style,), ("'none'",), routes.frames(visit.survey))
    response = make_response(said, extra.status)
    response.content_type = HTML
    return response


def teaser_of(visit: FormRequest) -> Teaser | None:
    """The overall score so far, for the gate; nothing is stored."""
    if visit.survey.display.teaser != "overall":
        return None
    score = measure(visit.survey, visit.typed.journey(visit.survey))
    if score.shown is None:
        return None
    name = score.band.name.say(visit.language) if score.band and score.band.name else ""
    return Teaser(score.shown, name)
