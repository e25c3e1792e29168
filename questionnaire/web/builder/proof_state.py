"""Whether the search of a draft's newest revision is done: what the edit page asks until it is."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from questionnaire.actions.editing import proofs
from questionnaire.web.builder.draft_pages import MAY_EDIT
from questionnaire.web.builder.trial_pages import find_draft
from questionnaire.web.http.access import roles
from questionnaire.web.http.context import toolbox

blueprint = Blueprint("draft_proofs", __name__)


@blueprint.get("/desk/surveys/<slug>/draft/proof")
@roles(*MAY_EDIT)
def state(slug: str) -> Response:
    return jsonify(revision=proofs.proved_revision(toolbox(), find_draft(slug)))
