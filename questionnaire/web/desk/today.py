"""A rep's day, in the order in which it is to be done."""

from __future__ import annotations

from flask import Blueprint, Response, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions.editing.signature_requests import requested_of
from questionnaire.actions.handoff import act_pages
from questionnaire.actions.handoff import today as days
from questionnaire.core.base.roles import Role
from questionnaire.web.http.access import ALL_ROLES, roles
from questionnaire.web.http.context import toolbox
from questionnaire.web.http.rendering import page

blueprint = Blueprint("today", __name__)


@blueprint.get("/desk/start")
@roles(*ALL_ROLES, by_code=True)
def start() -> AnyResponse:
    """Where everybody begins: reps with their day, managers with their team, others with the leads."""
    start = "today.today" if g.viewer.role == Role.REP and g.viewer.rep else "desk.leads"
    return redirect(url_for("team.team" if g.viewer.role == Role.MANAGER else start), 303)


@blueprint.get("/desk/today")
@roles(*ALL_ROLES, by_code=True)
def today() -> Response:
    """For whoever is a rep of the policies, whatever their role."""
    if not g.viewer.rep:
        abort(404)
    return page("desk/today.html", signatures=requested_of(toolbox(), g.viewer),
                day=days.day_of(toolbox(), g.viewer), new_key=toolbox().new_id,
                toast=act_pages.toast(toolbox(), g.viewer, request.args.get("done", "")),
                has_moved="moved" in request.args)  # fmt: skip
