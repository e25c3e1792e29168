"""Absences: everybody sees who is away, reps enter their own, managers those of their team."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions.handoff import absences
from questionnaire.core.handoff.absences import Absence
from questionnaire.core.handoff.refusals import ActRefusal, refusal_text
from questionnaire.web.desk.act_forms import day_of
from questionnaire.web.http.access import ADMIN, MANAGER, REP, roles
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.rendering import page, words

blueprint = Blueprint("absence_pages", __name__)
LONGEST = 60
FIELDS = ("rep", "starts_on", "ends_on", "substitute", "key")


@blueprint.get("/desk/absences")
@roles(ADMIN, MANAGER, REP)
def show() -> Response:
    return _page({}, None)


@blueprint.post("/desk/absences")
@roles(ADMIN, MANAGER, REP)
def add() -> AnyResponse:
    """With a mistake the page is shown again, with all that was entered."""
    given = {
        name: request.form.get(name, "")[:LONGEST] for name in ("rep", "starts_on", "ends_on", "substitute", "key")
    }
    first, last = day_of(given["starts_on"]), day_of(given["ends_on"])
    if first is None or last is None:
        return _page(given, ActRefusal("absence_days", "starts_on" if first is None else "ends_on"))
    new = Absence(given["rep"] or g.viewer.rep, first, last, given["substitute"] or None)
    refusal = absences.add_absence(toolbox(), g.viewer, new, given["key"])
    return _page(given, refusal) if refusal is not None else redirect(url_for("absence_pages.show"), 303)


@blueprint.post("/desk/absences/<absence_id>/remove")
@roles(ADMIN, MANAGER, REP)
def remove(absence_id: str) -> AnyResponse:
    refusal = absences.remove_absence(toolbox(), g.viewer, absence_id)
    return _page({}, refusal) if refusal is not None else redirect(url_for("absence_pages.show"), 303)


def _page(typed: dict[str, Any], refusal: ActRefusal | None) -> Response:
    reps = absences.reps(toolbox())
    own = [one for one in reps if absences.may_enter(g.viewer, one[0])]
    wrong = {refusal.field: refusal_text(refusal, words())} if refusal is not None else {}
    return page("desk/absences.html", 422 if refusal else 200, entries=absences.absence_entries(toolbox(), g.viewer),
                reps=reps, own=own, names=dict(reps), typed=typed, wrong=wrong, key=toolbox().new_id(),
                tomorrow=(now() + timedelta(days=1)).date())  # fmt: skip
