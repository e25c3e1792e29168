"""The edit page of a policy’s draft: the same edits, history and conflicts as the draft of a survey."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions.editing import drafts, history, policy_effects, policy_files, policy_list
from questionnaire.actions.editing.drafts import Draft, DraftResult
from questionnaire.actions.editing.signatures import signing_plan
from questionnaire.actions.editing.unmatched_titles import UnmatchedTitles, title_table, unmatched_titles
from questionnaire.core.base.problems import Problem
from questionnaire.core.base.translation import Translator
from questionnaire.core.documents.agreement import PARTS
from questionnaire.core.documents.agreement.level_words import level_words
from questionnaire.core.editing.edit import Change
from questionnaire.core.editing.paths import Document, Path, write_path
from questionnaire.core.editing.policy_places import part_of_path, policy_place
from questionnaire.core.identity.job_titles import classify
from questionnaire.core.policy import Policy
from questionnaire.web.builder.conflict_view import conflict_view
from questionnaire.web.builder.draft_request import EditOutcome, apply_request, read_request
from questionnaire.web.builder.options import Choosable
from questionnaire.web.builder.policy_pages import MAY_EDIT, problem_sentence
from questionnaire.web.builder.policy_problems import PolicyProblemWords
from questionnaire.web.builder.policy_review import review_due
from questionnaire.web.builder.policy_view import policy_view
from questionnaire.web.http import rate_limits, security_headers
from questionnaire.web.http.access import roles
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.query import parse_int
from questionnaire.web.http.rendering import page, words

LONGEST_TITLE = 300
MOST_REVISIONS = 10**9
LONGEST_STEP = 60

blueprint = Blueprint("policy_editing", __name__)


@blueprint.get("/desk/policies/<name>/draft")
@roles(*MAY_EDIT)
def edit(name: str) -> Response:
    draft = drafts.find_draft_of(toolbox(), "policy", name)
    if draft is not None:
        return _page(draft)
    version = policy_list.find_policy_version(toolbox(), name)
    if version is None:
        abort(404)
    return page("policy/start.html", name=name, version=version.version)


@blueprint.post("/desk/policies/<name>/draft/open")
@roles(*MAY_EDIT)
def open_draft(name: str) -> AnyResponse:
    result = drafts.open_from_version(toolbox(), "policy", name, g.viewer.email, now())
    if result.draft is None:
        abort(404)
    return redirect(url_for("policy_editing.edit", name=name), 303)


@blueprint.post("/desk/policies/<name>/draft")
@roles(*MAY_EDIT)
@rate_limits.posts
def save(name: str) -> AnyResponse:
    draft = drafts.find_draft_of(toolbox(), "policy", name)
    if draft is None:
        abort(404)
    outcome = apply_request(toolbox(), draft, read_request(), g.viewer.email, now())
    newest = outcome.result.draft or draft
    if newest.revision != draft.revision:
        policy_effects.request_effect(toolbox(), newest.id, newest.revision, now())
    if outcome.is_refused or "X-Builder" in request.headers:
        return _page(newest, outcome, outcome.status)
    at, lang = request.args.get("at"), request.args.get("lang")
    return redirect(url_for("policy_editing.edit", name=name, at=at, lang=lang, saved=1), 303)


@blueprint.get("/desk/policies/<name>/draft/yaml")
@roles(*MAY_EDIT)
def yaml(name: str) -> Response:
    return _yaml_page(_draft(name))


@blueprint.post("/desk/policies/<name>/draft/yaml")
@roles(*MAY_EDIT)
@rate_limits.answers
def save_yaml(name: str) -> AnyResponse:
    """One part, or the whole policy: as one change of the revision that was shown."""
    draft, form = _draft(name), request.form
    part = next((one for one in PARTS if one.name == form.get("part") and one.keys), None)
    if part is None:
        upload = request.files.get("file")
        content = (upload.read() if upload is not None else b"") or form.get("yaml", "").encode()
        result = policy_files.policy_from_yaml(toolbox(), content, name, g.viewer.email, now())
    else:
        base = history.draft_at(toolbox(), draft.id, parse_int(form.get("revision", ""), 0, MOST_REVISIONS, 0)) or draft
        change, problems = policy_files.part_edits(base.document, part.keys, form.get("yaml", ""))
        result = _applied(draft, base.revision, change, problems)
    if result.problems or result.conflict:
        return _yaml_page(draft, result)
    if result.draft is not None and result.draft.revision != draft.revision:
        policy_effects.request_effect(toolbox(), draft.id, result.draft.revision, now())
    return redirect(url_for("policy_editing.edit", name=name, at=part.name if part else None, saved=1), 303)


def _applied(draft: Draft, revision: int, change: Change, problems: tuple[Problem, ...]) -> DraftResult:
    if problems or not change:
        return DraftResult(draft, problems=problems)
    edits = [one.as_json for one in change]
    return drafts.edit(toolbox(), draft.id, revision, edits, g.viewer.email, now())


def _draft(name: str) -> Draft:
    draft = drafts.find_draft_of(toolbox(), "policy", name)
    if draft is None:
        abort(404)
    return draft


def _yaml_page(draft: Draft, result: DraftResult | None = None) -> Response:
    """With mistakes, all that was typed stays."""
    part = next((one for one in PARTS if one.name == request.values.get("part") and one.keys), None)
    text = policy_files.part_yaml(draft.document, part.keys if part is not None else tuple(draft.document))
    problems = [problem_sentence(one) for one in result.problems] if result is not None else []
    if result is not None and result.conflict is not None:
        problems.append(
            words().gettext("Someone changed the same part meanwhile. Copy your text, open the page again and repeat.")
        )
    typed = request.form.get("yaml") if result is not None else None
    status = 200 if result is None else 409 if result.conflict else 422
    title = words()(part.title) if part is not None else ""
    return page("policy/yaml.html", status, name=draft.name, draft=draft, part=part, title=title, text=typed or text,
                problems=problems)  # fmt: skip


def _page(draft: Draft, outcome: EditOutcome | None = None, status: int = 200) -> Response:
    box, said, moment = toolbox(), words(), now()
    plan = signing_plan(box, draft.name)
    if plan is None:
        abort(404)
    check = replace(plan.check, problems=(*plan.check.problems, *plan.proof.search.problems))
    view = policy_view(draft, check, plan.old, said, request.args.get("at", ""), request.args.get("lang", ""),
                       moment.date())  # fmt: skip
    steps = history.next_steps(box, draft.id, g.viewer.email)
    choosable = Choosable(draft.document, check.policy, said, view.language)
    refused = outcome.result.problems if outcome is not None else ()
    ours = ("'self'", f"'nonce-{security_headers.nonce()}'")
    g.content_policy = security_headers.content_policy(ours, ours)
    return page(
        "policy/editor.html",
        status,
        name=draft.name,
        draft=draft,
        view=view,
        plan=plan,
        key=box.new_token(),
        undo=_step(draft, check.policy, steps.undo.change if steps.undo else ()),
        redo=_step(draft, check.policy, steps.redo.change if steps.redo else ()),
        refused=[PolicyProblemWords(choosable).text(problem) for problem in refused],
        again=_again(outcome),
        conflict=conflict_view(box, draft, outcome, said, _place(check.policy)) if outcome is not None else None,
        effect=policy_effects.effect_view(box, draft.id, draft.revision),
        due=review_due(check.policy.review_due if check.policy else None, moment.date()),
        part_of=lambda problem: part_of_path(problem.path),
        write_path=write_path,
        titles=_titles(view.part.name, check.policy),
        zone=g.viewer.zone,
    )


def _place(policy: Policy | None) -> Callable[[Document, Path, Translator, str], str]:
    return lambda document, path, said, _language: policy_place(document, policy, path, said)


def _step(draft: Draft, policy: Policy | None, change: Change) -> str:
    """What undo or redo would take back."""
    return policy_place(draft.document, policy, change[0].path, words())[:LONGEST_STEP] if change else ""


def _again(outcome: EditOutcome | None) -> str:
    """The command that removes what is still used, for whoever wants that."""
    posted = outcome.request if outcome is not None else None
    is_used = outcome is not None and any(problem.code == "still_used" for problem in outcome.result.problems)
    if posted is None or not is_used:
        return ""
    raw = next((typed for name, typed in posted.fields if name == "do"), "")
    return raw.replace("remove - ", "remove anyway ", 1)


def _titles(part: str, policy: Policy | None) -> dict[str, Any] | None:
    """The box to try a title in, and last month’s titles that nothing matched."""
    if part != "titles":
        return None
    typed = request.args.get("title", "")[:LONGEST_TITLE].strip()
    found = classify(typed, title_table(policy), words()) if typed else None
    unmatched: UnmatchedTitles = unmatched_titles(toolbox(), policy, now())
    level = _level_name(policy, found.level) if found is not None and found.level else ""
    return {"typed": typed, "found": found, "unmatched": unmatched, "level": level}


def _level_name(policy: Policy | None, level: str) -> str:
    names = [name for name, rule in policy.criteria.items() if rule.titles is not None] if policy is not None else []
    return level_words(policy, names[0], level, words()) if policy is not None and names else level
