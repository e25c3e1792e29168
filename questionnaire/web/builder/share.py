"""The list of surveys, and the address of the share page of each."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, g, request

from questionnaire.actions.editing import survey_list
from questionnaire.actions.editing.survey_list import ListedSurvey
from questionnaire.web.builder import share_page, survey_states
from questionnaire.web.http.access import ADMIN, MARKETING, OPS, roles
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.rendering import page, words

blueprint = Blueprint("sharing", __name__)


@blueprint.get("/desk/surveys")
@roles(ADMIN, MARKETING, OPS)
def surveys() -> Response:
    search = request.args.get("q", "").strip()[:200]
    moment = now()
    found = survey_list.list_all(toolbox(), moment, search)
    shown = request.args.get("show", "")
    archived = sum(one.state == "archived" for one in found)
    listed = [one for one in found if _is_shown(one, shown)]
    return page(
        "builder/surveys.html",
        surveys=listed,
        search=search,
        shown=shown,
        archived=archived,
        notice=_notice(found),
        state_name=lambda one: survey_states.state_name(one.state, words(), is_published=one.version is not None),
        button=lambda one, state: words()(survey_states.BUTTONS[one.state, state]),
        since=moment - survey_list.PERIOD,
        until=moment,
        zone=g.viewer.zone,
    )


def _is_shown(survey: ListedSurvey, shown: str) -> bool:
    if (survey.state == "archived") != (shown == "archive"):
        return False
    if shown == "live":
        return survey.version is not None and survey.state == "open"
    return survey.has_draft if shown == "draft" else True


def _notice(found: Sequence[ListedSurvey]) -> tuple[str, ListedSurvey, str] | None:
    """What someone just did with a survey: the sentence, the survey, and the state that takes it back, "" for none."""
    done, before = request.args.get("done", ""), request.args.get("before", "")
    one = next((survey for survey in found if survey.name == request.args.get("survey")), None)
    if one is None or done not in survey_states.CHANGED or one.state != done:
        return None
    return words()(survey_states.CHANGED[done], title=one.title), one, before if before in one.next_states else ""


@blueprint.get("/desk/surveys/<slug>")
@roles(ADMIN, MARKETING, OPS)
def survey(slug: str) -> Response:
    return share_page.show(slug)
