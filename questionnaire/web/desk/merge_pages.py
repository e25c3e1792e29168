"""Two leads that are one person: merging them, taking that back, or saying that they are different people."""

from __future__ import annotations

from flask import Blueprint, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions.handoff import merging
from questionnaire.actions.handoff.merging import MergeResult
from questionnaire.web.http.access import ADMIN, OPS, roles
from questionnaire.web.http.context import toolbox

blueprint = Blueprint("merge_pages", __name__)
LONGEST_NAME = 320


@blueprint.post("/desk/leads/<lead_id>/merge")
@roles(ADMIN, OPS)
def merge(lead_id: str) -> AnyResponse:
    """`other` is the other lead: its id, or its email address."""
    other = request.form.get("other", "")[:LONGEST_NAME].replace("\0", "")
    return _after(merging.merge_leads(toolbox(), g.viewer, lead_id, other))


@blueprint.post("/desk/leads/<lead_id>/separate")
@roles(ADMIN, OPS)
def separate(lead_id: str) -> AnyResponse:
    return _after(merging.separate_lead(toolbox(), g.viewer, lead_id))


@blueprint.post("/desk/leads/<lead_id>/apart")
@roles(ADMIN, OPS)
def keep_apart(lead_id: str) -> AnyResponse:
    other = request.form.get("other", "")[:LONGEST_NAME].replace("\0", "")
    return _after(merging.keep_apart(toolbox(), g.viewer, lead_id, other))


def _after(done: MergeResult | None) -> AnyResponse:
    """To the lead to go on with, or back to the review queue where the press came from."""
    if done is None:
        abort(404)
    if done.refusal is not None:
        return redirect(url_for("desk.lead", lead_id=done.lead_id, refused=done.refusal.code) + "#people", 303)
    if request.form.get("from") == "review":
        return redirect(url_for("review_pages.queue", done=done.event), 303)
    return redirect(url_for("desk.lead", lead_id=done.lead_id, done=done.event), 303)
