"""Whether the search of a draft's newest revision is done: what the edit page asks until it is. A search whose job was
lost can be started again."""

from __future__ import annotations

from flask import Blueprint, Response, abort, jsonify, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions.editing import proofs
from questionnaire.actions.editing.drafts import find_draft_of
from questionnaire.web.builder.draft_pages import MAY_EDIT
from questionnaire.web.builder.policy_pages import MAY_EDIT as MAY_EDIT_POLICIES
from questionnaire.web.builder.trial_pages import find_draft
from questionnaire.web.http import rate_limits
from questionnaire.web.http.access import roles
from questionnaire.web.http.context import now, toolbox

blueprint = Blueprint("draft_proofs", __name__)


@blueprint.get("/desk/surveys/<slug>/draft/proof")
@roles(*MAY_EDIT)
def state(slug: str) -> Response:
    return jsonify(revision=proofs.proved_revision(toolbox(), find_draft(slug)))


@blueprint.post("/desk/surveys/<slug>/draft/proof")
@roles(*MAY_EDIT)
@rate_limits.answers
def search_again(slug: str) -> AnyResponse:
    proofs.request_proof(toolbox(), find_draft(slug), now())
    return redirect(url_for("draft_publishing.show", slug=slug), 303)


@blueprint.post("/desk/policies/<name>/draft/proof")
@roles(*MAY_EDIT_POLICIES)
@rate_limits.answers
def search_policy_again(name: str) -> AnyResponse:
    draft = find_draft_of(toolbox(), "policy", name)
    if draft is None:
        abort(404)
    proofs.request_proof(toolbox(), draft, now())
    return redirect(url_for("policy_signing.show", name=name), 303)
