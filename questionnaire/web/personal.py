"""The diagnostic for one person: by a signed link, or going on where they stopped. Never kept by anybody in between."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import g, make_response, request
from werkzeug.wrappers import Response

from questionnaire.actions import drafts, intake, invitations
from questionnaire.actions.drafts import Resumed
from questionnaire.actions.invitations import Invitation
from questionnaire.actions.records import write_answers
from questionnaire.core.answers import read_answers
from questionnaire.core.survey import Survey
from questionnaire.core.words import later
from questionnaire.web import embed, languages, security
from questionnaire.web.errors import Trouble, trouble_page
from questionnaire.web.here import now, theme, toolbox
from questionnaire.web.offered import published
from questionnaire.web.pages import HTML
from questionnaire.web.screens import Personal, whole_page
from questionnaire.web.stops import Typed

NO_SUCH_DRAFT = Trouble(
    later("These answers are no longer waiting"),
    later("They were finished, or the 30 days are over. You can start again from the first question."),
)


def asked_for() -> bool:
    return bool(request.args.get("k") or request.args.get("resume"))


def whole(slug: str) -> Response:
    """The page of one person, written for them alone."""
    g.referrer_policy = "no-referrer"
    token = request.args.get("resume", "")
    resumed = drafts.resume(toolbox(), slug, token, now()) if token else None
    publication = published(slug, f"{slug}@{resumed.survey_version}" if resumed else None)
    survey = publication.survey
    began_in = resumed.language if resumed and not request.args.get("lang") else ""
    language = languages.speak(survey.language(began_in) if began_in else languages.choose(survey.languages))
    if token and resumed is None:
        return trouble_page(410, NO_SUCH_DRAFT)
    invitation = invitations.opened(toolbox(), slug, request.args.get("k", ""), now())
    return _written(publication, language, invitation, resumed)


def _written(
    publication: intake.Publication, language: str, invitation: Invitation, resumed: Resumed | None
) -> Response:
    survey = publication.survey
    known = invitation.known(survey)
    typed = Typed({**invitation.typed(survey), **(resumed.typed if resumed else {}), **known})
    person = Personal(
        typed=typed,
        known=frozenset(known),
        facts=_facts(survey, invitation, known),
        at=resumed.at if resumed else "",
        to=(known.get("email") or [""])[0],
    )
    page = whole_page(publication.id, survey, language, theme(), embed.around(survey, language), person)
    g.content_policy = security.content_policy(page.styles, page.scripts, embed.frames(survey))
    response = make_response(page.body)
    response.content_type = HTML
    response.headers["Content-Language"] = language
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _facts(survey: Survey, invitation: Invitation, known: Mapping[str, list[str]]) -> Mapping[str, Any]:
    """What the branches of the page may rest on beyond what is typed into it."""
    asked = {name: values for name, values in known.items() if name in survey.items}
    answers, _ = read_answers(survey, asked)
    contact = {one.name: known[one.name][0] for one in survey.contact_fields if one.name in known}
    written = json.loads(json.dumps(write_answers(answers)))
    return {**invitation.hidden(survey), **invitation.claims(survey), **contact, **written}
