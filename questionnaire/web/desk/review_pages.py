"""The review queue of Marketing Ops: a list, and one lead with its open boxes. Approving and declining are acts."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions.handoff import act_pages, lead_acts, reviews
from questionnaire.core.handoff.refusals import ActRefusal, refusal_text
from questionnaire.web.desk.act_forms import ACTS, text_of
from questionnaire.web.http.access import ADMIN, MANAGER, OPS, roles
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.rendering import page, words

blueprint = Blueprint("review_pages", __name__)
LONGEST_KEY = 60


@blueprint.get("/desk/review")
@roles(ADMIN, OPS, MANAGER, by_code=True)
def queue() -> Response:
    return page("desk/review.html", queue=reviews.queue(toolbox(), g.viewer), now=now(), case=None,
                toast=act_pages.toast(toolbox(), g.viewer, request.args.get("done", "")))  # fmt: skip


@blueprint.get("/desk/review/<lead_id>")
@roles(ADMIN, OPS, MANAGER, by_code=True)
def case(lead_id: str) -> Response:
    return _case_page(lead_id, {}, None)


@blueprint.post("/desk/review/<lead_id>/<decision>")
@roles(ADMIN, OPS, by_code=True)
def decide(lead_id: str, decision: str) -> AnyResponse:
    if decision not in ("approve", "decline"):
        abort(404)
    act = ACTS[decision](request.form, ZoneInfo(g.viewer.zone))
    done = lead_acts.perform(toolbox(), g.viewer, lead_id, act, request.form.get("key", "")[:LONGEST_KEY])
    if done is None:
        abort(404)
    if done.refusal is not None:
        return _case_page(lead_id, request.form, done.refusal, decision)
    return redirect(url_for("review_pages.queue", done=act_pages.newest_act(toolbox(), lead_id)), 303)


def _case_page(lead_id: str, typed: Any, refusal: ActRefusal | None, decision: str = "") -> Response:
    found = reviews.review_case(toolbox(), g.viewer, lead_id)
    if found is None:
        abort(404)
    wrong = {refusal.field: refusal_text(refusal, words())} if refusal is not None else {}
    return page("desk/review.html", 422 if refusal else 200, queue=reviews.queue(toolbox(), g.viewer), case=found,
                typed={name: text_of(typed, name) for name in typed}, wrong=wrong, decision=decision, now=now(),
                key=toolbox().new_id(), toast=None)  # fmt: skip
