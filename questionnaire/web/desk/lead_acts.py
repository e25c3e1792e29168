"""Acts on a lead: one press stores one, and what was done can be undone for some minutes. Opening a page does nothing.

A form that is refused is shown again with everything that was typed.
"""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions.handoff import act_pages, lead_acts
from questionnaire.actions.handoff.lead_acts import ActResult
from questionnaire.core.handoff import acts
from questionnaire.core.handoff.refusals import ActRefusal, refusal_text
from questionnaire.web.desk.act_forms import ACTS, FORMS, text_of
from questionnaire.web.http.access import ADMIN, MANAGER, OPS, REP, roles
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.rendering import page, words

blueprint = Blueprint("lead_acts", __name__)
LONGEST_KEY = 60


@blueprint.get("/desk/leads/<lead_id>/<act>")
@roles(ADMIN, MANAGER, REP, OPS, by_code=True)
def form(lead_id: str, act: str) -> Response:
    return _form_page(lead_id, act, {}, None)


@blueprint.post("/desk/leads/<lead_id>/<act>")
@roles(ADMIN, MANAGER, REP, OPS, by_code=True)
def perform(lead_id: str, act: str) -> AnyResponse:
    if act not in ACTS:
        abort(404)
    given = ACTS[act](request.form, ZoneInfo(g.viewer.zone))
    done = lead_acts.perform(toolbox(), g.viewer, lead_id, given, request.form.get("key", "")[:LONGEST_KEY])
    if done is None:
        return _gone(lead_id)
    if done.refusal is not None:
        return _refused(lead_id, act, done.refusal)
    return _after(lead_id, act, done)


@blueprint.post("/desk/acts/<event_id>/undo")
@roles(ADMIN, MANAGER, REP, OPS, by_code=True)
def undo(event_id: str) -> AnyResponse:
    lead_id = act_pages.lead_of_event(toolbox(), event_id)
    key = request.form.get("key", "")[:LONGEST_KEY]
    done = lead_acts.perform(toolbox(), g.viewer, lead_id, acts.UndoAct(event_id), key) if lead_id else None
    if lead_id is None or done is None:
        abort(404)
    if done.refusal is not None:
        return redirect(url_for("desk.lead", lead_id=lead_id, refused=done.refusal.code), 303)
    return redirect(_back(lead_id, done.event or _newest(lead_id)), 303)


def _newest(lead_id: str) -> str:
    return act_pages.newest_act(toolbox(), lead_id)


def _after(lead_id: str, act: str, done: ActResult) -> AnyResponse:
    """Back to where the press came from, with what was done; a lead that was given away is no longer there."""
    is_gone = g.viewer.role == REP and done.owner != g.viewer.rep
    target = request.form.get("from", "") if act == "reassign" else ""
    return redirect(_back(lead_id, done.event or _newest(lead_id), target or ("today" if is_gone else "")), 303)


def _back(lead_id: str, event: str, target: str = "") -> str:
    """The page the press came from, unless another one is the target; it says what the event was."""
    target = target or request.form.get("from", "")
    if target in ("today", "team"):
        return url_for(f"{target}.{target}", done=event)
    return url_for("desk.lead", lead_id=lead_id, done=event)


def _refused(lead_id: str, act: str, refusal: ActRefusal) -> AnyResponse:
    if act not in FORMS:
        return redirect(url_for("desk.lead", lead_id=lead_id, refused=refusal.code), 303)
    return _form_page(lead_id, act, request.form, refusal)


def _gone(lead_id: str) -> AnyResponse:
    """Somebody else has the lead now: that is said, and nothing of the lead."""
    if not act_pages.is_lead(toolbox(), lead_id):
        abort(404)
    return redirect(url_for("today.today", moved="1"), 303)


def _form_page(lead_id: str, act: str, typed: Any, refusal: ActRefusal | None) -> Response:
    view = act_pages.form_view(toolbox(), g.viewer, lead_id) if act in FORMS else None
    if view is None:
        abort(404)
    wrong = {refusal.field: refusal_text(refusal, words())} if refusal is not None else {}
    values = {name: text_of(typed, name) for name in typed}
    return page(f"desk/acts/{act}.html", 422 if refusal else 200, view=view, act=act, typed=values, wrong=wrong,
                now=now(), key=toolbox().new_id(), back=_origin())  # fmt: skip


def _origin() -> str:
    """Where the person came from: their day, or the lead."""
    return "today" if request.values.get("from") == "today" else "lead"
