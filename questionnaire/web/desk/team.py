"""The team page of managers: what needs a decision, and how full every desk is."""

from __future__ import annotations

from flask import Blueprint, Response, g, request

from questionnaire.actions.editing.signature_requests import requested_of
from questionnaire.actions.handoff import act_pages
from questionnaire.actions.handoff import team as teams
from questionnaire.web.http.access import ADMIN, MANAGER, roles
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.rendering import page

blueprint = Blueprint("team", __name__)


@blueprint.get("/desk/team")
@roles(ADMIN, MANAGER, by_code=True)
def team() -> Response:
    return page("desk/team.html", signatures=requested_of(toolbox(), g.viewer),
                team=teams.team_of(toolbox(), g.viewer), now=now(), new_key=toolbox().new_id,
                toast=act_pages.toast(toolbox(), g.viewer, request.args.get("done", "")))  # fmt: skip
