"""Signing a policy: what changes, its effect, from when, and the signatures of both heads."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions.editing import policy_effects, proofs, signatures
from questionnaire.actions.editing.drafts import find_draft_of
from questionnaire.actions.editing.signatures import SigningPlan, SigningResult
from questionnaire.core import policy as policies
from questionnaire.core.editing.policy_differences import PolicyDifferences
from questionnaire.core.editing.policy_places import part_of_path
from questionnaire.core.handoff.routing import routing_text
from questionnaire.core.scoring.verdict_reason import verdict_text
from questionnaire.web.builder.options import Choosable
from questionnaire.web.builder.policy_pages import MAY_EDIT
from questionnaire.web.builder.policy_problems import PolicyProblemWords
from questionnaire.web.http import rate_limits
from questionnaire.web.http.access import ALL_ROLES, roles
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.query import parse_int
from questionnaire.web.http.rendering import page, words

MOST_REVISIONS = 10**9

blueprint = Blueprint("policy_signing", __name__)


@blueprint.get("/desk/policies/<name>/draft/sign")
@roles(*ALL_ROLES)
def show(name: str) -> Response:
    return _page(_plan(name))


@blueprint.post("/desk/policies/<name>/draft/sign")
@roles(*ALL_ROLES)
@rate_limits.answers
def sign(name: str) -> AnyResponse:
    """Signs what was read; the permission is that of the person, not of a role."""
    if not g.viewer.signs:
        abort(403)
    revision = parse_int(request.form.get("revision", ""), 0, MOST_REVISIONS, 0)
    _plan(name)
    result = signatures.sign(toolbox(), name, revision, request.form.get("sha256", ""), g.viewer, now())
    if not result.is_signed:
        return _page(_plan(name), result, 409 if result.is_outdated or result.is_unproved else 422)
    if result.version is not None:
        return redirect(url_for("policies.show", name=name, signed=1), 303)
    return redirect(url_for("policy_signing.show", name=name, signed=1), 303)


@blueprint.post("/desk/policies/<name>/draft/propose")
@roles(*MAY_EDIT)
@rate_limits.answers
def propose(name: str) -> AnyResponse:
    plan = _plan(name)
    raw, at_once = request.form.get("effective_on", "").strip(), request.form.get("start") != "date"
    try:
        day = None if at_once else date.fromisoformat(raw)
    except ValueError:
        return _page(plan, None, 422, words().gettext("Enter a day, like 2026-12-01."))
    problems = signatures.propose(toolbox(), name, day, request.form.get("note", ""), g.viewer.email, now())
    if problems:
        return _page(plan, None, 422, words().gettext("This day has passed. Choose today or a later day."))
    return redirect(url_for("policy_signing.show", name=name, proposed=1), 303)


@blueprint.post("/desk/policies/<name>/draft/withdraw")
@roles(*MAY_EDIT)
@rate_limits.answers
def withdraw(name: str) -> AnyResponse:
    """Nobody is asked for a signature any more."""
    _plan(name)
    signatures.withdraw(toolbox(), name)
    return redirect(url_for("policy_signing.show", name=name), 303)


@blueprint.post("/desk/policies/<name>/draft/proof")
@roles(*MAY_EDIT)
@rate_limits.answers
def search_again(name: str) -> AnyResponse:
    """For a search whose job was lost."""
    proofs.request_proof(toolbox(), _plan(name).draft, now())
    return redirect(url_for("policy_signing.show", name=name), 303)


@blueprint.get("/desk/policies/<name>/draft/effect")
@roles(*MAY_EDIT)
def effect(name: str) -> Response:
    """Every lead that would change, with before, after and why."""
    draft = find_draft_of(toolbox(), "policy", name)
    if draft is None:
        abort(404)
    view, said = policy_effects.effect_view(toolbox(), draft.id, draft.revision), words()
    return page("policy/effect.html", name=name, draft=draft, effect=view, zone=g.viewer.zone,
                why=lambda explanation: verdict_text(explanation, said),
                routed=lambda explanation: routing_text(explanation, said, view.rep_names))  # fmt: skip


@blueprint.post("/desk/policies/<name>/draft/effect")
@roles(*MAY_EDIT)
@rate_limits.answers
def request_effect(name: str) -> AnyResponse:
    draft = find_draft_of(toolbox(), "policy", name)
    if draft is None:
        abort(404)
    policy_effects.request_effect(toolbox(), draft.id, draft.revision, now())
    return redirect(url_for("policy_editing.edit", name=name, at=request.form.get("at") or None, computing=1), 303)


def _plan(name: str) -> SigningPlan:
    """Those who may edit and those who sign see a draft; for others there is none."""
    plan = signatures.signing_plan(toolbox(), name)
    if plan is None or (g.viewer.role not in MAY_EDIT and not g.viewer.signs):
        abort(404)
    return plan


def _page(plan: SigningPlan, result: SigningResult | None = None, status: int = 200, mistake: str = "") -> Response:
    said, draft = words(), plan.draft
    old, _problems = policies.read(plan.old) if plan.old else (None, ())
    wording = PolicyDifferences(plan.old, draft.document, old, plan.check.policy, said)
    problems = PolicyProblemWords(Choosable(draft.document, plan.check.policy, said, "en")).problems(
        (*plan.check.problems, *plan.proof.search.problems)
    )
    is_refused = result is not None and not result.is_outdated
    return page(
        "policy/sign.html",
        status,
        name=draft.name,
        draft=draft,
        plan=plan,
        groups=wording.groups(plan.differences),
        errors=[one for one in problems if one.is_error],
        warnings=[one for one in problems if not one.is_error],
        outdated=result is not None and result.is_outdated,
        refused=is_refused,
        unproved=result is not None and result.is_unproved,
        mistake=mistake,
        typed=request.form if mistake else {},
        may_edit=g.viewer.role in MAY_EDIT,
        effect=policy_effects.effect_view(toolbox(), draft.id, draft.revision),
        part_of=lambda problem: part_of_path(problem.path),
        zone=g.viewer.zone,
    )
