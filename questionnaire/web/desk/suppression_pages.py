"""The suppression list, for administrators: who is in it since when and why, added and removed."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions.delivery import suppressions
from questionnaire.web.http.access import ADMIN, roles
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.query import position_arg
from questionnaire.web.http.rendering import page, words

LONGEST = 300
EMPTY: Mapping[str, str] = {}

blueprint = Blueprint("suppression_pages", __name__)


@blueprint.get("/desk/suppressions")
@roles(ADMIN)
def show() -> Response:
    return _page()


@blueprint.post("/desk/suppressions")
@roles(ADMIN)
def add() -> AnyResponse:
    typed: Mapping[str, str] = {name: request.form.get(name, "")[:LONGEST].strip() for name in ("email", "note")}
    if not suppressions.add(toolbox(), typed["email"], typed["note"], now()):
        return _page(422, typed=typed, wrong=words().gettext("Enter an email like name@company.com."))
    return redirect(url_for("suppression_pages.show", done="added"), 303)


@blueprint.post("/desk/suppressions/remove")
@roles(ADMIN)
def remove() -> AnyResponse:
    if not suppressions.remove(toolbox(), request.form.get("entry", ""), g.viewer.id):
        abort(404)
    return redirect(url_for("suppression_pages.show", done="removed"), 303)


@blueprint.post("/desk/suppressions/forget")
@roles(ADMIN)
def forget() -> AnyResponse:
    """Deletes the address and keeps the entry."""
    if not suppressions.forget_address(toolbox(), request.form.get("entry", "")):
        abort(404)
    return redirect(url_for("suppression_pages.show", done="forgotten"), 303)


def _page(status: int = 200, typed: Mapping[str, str] = EMPTY, wrong: str = "") -> Response:
    search = request.args.get("q", "")[:LONGEST].strip()
    if search:
        found = suppressions.search(toolbox(), search)
    else:
        found = suppressions.entries(toolbox(), position_arg("after"), position_arg("before"))
    done = request.args.get("done", "")
    return page("desk/suppressions.html", status, box=found, search=search, done=done, typed=typed, wrong=wrong)
