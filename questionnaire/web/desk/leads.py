"""The desk: the leads a person may see, as a good inbox; each one's dossier and history."""

from __future__ import annotations

from flask import Blueprint, Response, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions.editing.signature_requests import requested_of
from questionnaire.actions.handoff import act_pages, lead_list
from questionnaire.actions.people import first_setup
from questionnaire.actions.views import SORTS, LeadQuery
from questionnaire.core.base.text_cleaning import clean_text
from questionnaire.core.handoff.call_questions import CALL_QUESTIONS, call_questions
from questionnaire.core.handoff.refusals import PLAIN_REFUSALS
from questionnaire.web.desk.act_forms import text_of
from questionnaire.web.http.access import ADMIN, ALL_ROLES, MANAGER, MARKETING, OPS, REP, roles
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.query import int_arg, position_arg
from questionnaire.web.http.rendering import page, words
from questionnaire.web.http.responses import document

LONGEST_SEARCH = 100
LAST_EVENT = 10**15

blueprint = Blueprint("desk", __name__)


@blueprint.get("/desk")
@roles(*ALL_ROLES, by_code=True)
def leads() -> Response:
    query = _query()
    return page(
        "desk/leads.html",
        query=query,
        signatures=requested_of(toolbox(), g.viewer),
        list=lead_list.leads(toolbox(), g.viewer, query),
        now=now(),
        sorts=SORTS,
        set_up_is_open=g.viewer.role == ADMIN and first_setup.progress(toolbox()).open,
    )


@blueprint.get("/desk/leads/<lead_id>")
@roles(ADMIN, MARKETING, OPS, REP, MANAGER, by_code=True)
def lead(lead_id: str) -> Response:
    before = int_arg("before", 0, LAST_EVENT, 0)
    view = lead_list.lead(toolbox(), g.viewer, lead_id, before or None)
    if view is None:
        abort(404)
    refused = request.args.get("refused", "")
    return page("desk/lead.html", view=view, dossier=view.dossier, now=now(), is_latest=not before,
                toast=act_pages.toast(toolbox(), g.viewer, request.args.get("done", "")), new_key=toolbox().new_id,
                refused=words()(PLAIN_REFUSALS[refused]) if refused in PLAIN_REFUSALS else "",
                questions=call_questions(words()))  # fmt: skip


@blueprint.post("/desk/leads/<lead_id>/notes")
@roles(ADMIN, MANAGER, REP, by_code=True)
def write_notes(lead_id: str) -> AnyResponse:
    """Notes from the call, saved as they are typed; without a script by the button."""
    notes = {name: text_of(request.form, name) for name in CALL_QUESTIONS}
    if not lead_list.write_notes(toolbox(), g.viewer, lead_id, notes):
        abort(404)
    if request.headers.get("X-Notes"):
        return Response(status=204)
    return redirect(url_for("desk.lead", lead_id=lead_id) + "#call", 303)


@blueprint.get("/desk/leads/<lead_id>/dossier.pdf")
@roles(ADMIN, MARKETING, OPS, REP, MANAGER, by_code=True)
def dossier(lead_id: str) -> Response:
    if lead_list.lead(toolbox(), g.viewer, lead_id) is None:
        abort(404)
    again = url_for("desk.print_dossier", lead_id=lead_id)
    return document("dossier.pdf", lambda: lead_list.dossier_pdf(toolbox(), g.viewer, lead_id),
                    url_for("desk.lead", lead_id=lead_id), again, csrf=True)  # fmt: skip


@blueprint.post("/desk/leads/<lead_id>/dossier")
@roles(ADMIN, MARKETING, OPS, REP, MANAGER, by_code=True)
def print_dossier(lead_id: str) -> Response:
    """Has the dossier printed, for a lead that was not handed over; asking twice prints once."""
    if not lead_list.queue_dossier(toolbox(), g.viewer, lead_id):
        abort(404)
    return redirect(url_for("desk.dossier", lead_id=lead_id), 303)  # type: ignore[return-value]  # werkzeug's own class


def _query() -> LeadQuery:
    """The list's question, from the address; what makes no sense there is left out."""
    asked = request.args
    sort = asked.get("sort", SORTS[0])
    return LeadQuery(
        stage=asked.get("stage", "")[:40],
        owner=asked.get("owner", "")[:80],
        label=asked.get("label", "")[:10],
        search=clean_text(asked.get("q", "")[:LONGEST_SEARCH], LONGEST_SEARCH) or "",
        sort=sort if sort in SORTS else SORTS[0],
        after=position_arg("after"),
        before=position_arg("before"),
    )
