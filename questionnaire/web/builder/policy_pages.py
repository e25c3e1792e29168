"""Policies for everyone at work: the list, the agreement in words and on paper, its history, two versions compared."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

from flask import Blueprint, Response, abort, g, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions.editing import agreements, drafts, policy_files, policy_list
from questionnaire.actions.editing.agreements import AgreementView
from questionnaire.actions.editing.policy_list import PolicyVersion
from questionnaire.core.base.problems import Problem
from questionnaire.core.base.translation import STAFF_LANGUAGES
from questionnaire.core.editing.differences import differences
from questionnaire.core.editing.policy_differences import PolicyDifferences
from questionnaire.web.builder.policy_review import review_due
from questionnaire.web.http import locale, rate_limits
from questionnaire.web.http.access import ADMIN, ALL_ROLES, MANAGER, MARKETING, OPS, roles
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.query import parse_int
from questionnaire.web.http.rendering import page, words

MAY_EDIT = (ADMIN, MARKETING, OPS, MANAGER)
MOST_VERSIONS = 10**6
LONGEST_NAME = 100
REFRESH = timedelta(seconds=5)

blueprint = Blueprint("policies", __name__)


@blueprint.get("/desk/policies")
@roles(*ALL_ROLES)
def policies() -> Response:
    listed = policy_list.list_policies(toolbox())
    today = now().date()
    due = {one.name: days for one in listed if (days := review_due(one.review_due, today)) is not None}
    return page(
        "policy/policies.html", policies=listed, may_edit=g.viewer.role in MAY_EDIT, due=due, zone=g.viewer.zone
    )


@blueprint.get("/desk/policies/new")
@roles(*MAY_EDIT)
def choose() -> Response:
    return _new_page()


@blueprint.post("/desk/policies/new")
@roles(*MAY_EDIT)
@rate_limits.answers
def create() -> AnyResponse:
    form, box, actor = request.form, toolbox(), g.viewer.email
    if form.get("way") == "yaml":
        upload = request.files.get("file")
        content = upload.read() if upload is not None else b""
        result = policy_files.policy_from_yaml(box, content or form.get("yaml", "").encode(), "", actor, now())
    else:
        title = form.get("title", "")[:LONGEST_NAME]
        result = policy_files.copy_policy(box, form.get("copied", ""), title, actor, now())
    if result.draft is None:
        return _new_page(result.problems, 422)
    return redirect(url_for("policy_editing.edit", name=result.draft.name), 303)


def _new_page(problems: tuple[Problem, ...] = (), status: int = 200) -> Response:
    return page("policy/new.html", status, policies=policy_list.list_policies(toolbox()), typed=request.form,
                problems=[problem_sentence(one) for one in problems])  # fmt: skip


def problem_sentence(problem: Problem) -> str:
    said = words()
    message = problem.message[:1].upper() + problem.message[1:]
    if problem.code == "text_empty":
        return said("Enter a name, like Enterprise.")
    if problem.line:
        return said("Line %(n)s: %(message)s.", n=problem.line, message=message)
    return f"{message}. {problem.hint[:1].upper()}{problem.hint[1:]}." if problem.hint else f"{message}."


@blueprint.get("/desk/policies/<name>")
@roles(*ALL_ROLES)
def show(name: str) -> AnyResponse:
    box, moment = toolbox(), now()
    version = _version("version")
    view = agreements.agreement_view(box, name, version, locale.current(), moment)
    draft = drafts.find_draft_of(box, "policy", name)
    if view is None:
        if draft is not None and version is None and g.viewer.role in MAY_EDIT:
            return redirect(url_for("policy_editing.edit", name=name), 303)
        abort(404)
    versions = policy_list.policy_versions(box, name)
    due = review_due(versions[0].policy.review_due, moment.date())
    return page("policy/show.html", name=name, view=view, versions=versions, draft=draft, due=due, zone=g.viewer.zone,
                may_edit=g.viewer.role in MAY_EDIT, changes=_changes(versions))  # fmt: skip


def _changes(versions: tuple[PolicyVersion, ...]) -> dict[int, int]:
    """Version -> how many differences it has from the one before."""
    pairs = pairwise(versions)
    return {
        new.version: len(differences(*map(policy_list.content_to_sign, (old.content, new.content))))
        for new, old in pairs
    }


@blueprint.get("/desk/policies/<name>/compare")
@roles(*ALL_ROLES)
def compare(name: str) -> Response:
    box = toolbox()
    versions = policy_list.policy_versions(box, name)
    known = {one.version: one for one in versions}
    new = known.get(_version("new") or 0) or (versions[0] if versions else None)
    if new is None:
        abort(404)
    earlier = [one for one in versions if one.version < new.version]
    old = known.get(_version("old") or 0) or (earlier[0] if earlier else new)
    found = differences(policy_list.content_to_sign(old.content), policy_list.content_to_sign(new.content))
    groups = PolicyDifferences(old.content, new.content, old.policy, new.policy, words()).groups(found)
    return page("policy/compare.html", name=name, old=old, new=new, versions=versions, groups=groups, count=len(found),
                zone=g.viewer.zone)  # fmt: skip


@blueprint.get("/desk/policies/<name>/print")
@roles(*ALL_ROLES)
def printable(name: str) -> Response:
    """Everything on one page, for the printer and for whoever wants the file."""
    view = _view(name)
    is_ready = agreements.agreement_pdf(toolbox(), view) is not None
    waits = "asked" in request.args and not is_ready
    response = page(
        "policy/print.html", name=name, view=view, is_ready=is_ready, waits=waits, languages=STAFF_LANGUAGES
    )
    if waits:
        response.headers["Refresh"] = str(int(REFRESH.total_seconds()))
    return response


@blueprint.post("/desk/policies/<name>/pdf")
@roles(*ALL_ROLES)
@rate_limits.answers
def request_pdf(name: str) -> AnyResponse:
    agreements.request_print(toolbox(), _view(name), now())
    return redirect(url_for("policies.printable", name=name, asked=1, **_given()), 303)


@blueprint.get("/desk/policies/<name>/agreement.pdf")
@roles(*ALL_ROLES)
def pdf(name: str) -> Response:
    view = _view(name)
    content = agreements.agreement_pdf(toolbox(), view)
    if content is None:
        abort(404)
    response = make_response(content)
    response.content_type = "application/pdf"
    what = f"{name}-draft" if view.is_draft else f"{name}-{view.version}"
    response.headers["Content-Disposition"] = f'inline; filename="agreement-{what}-{view.language}.pdf"'
    return response


@blueprint.get("/desk/policies/<name>/policy.yaml")
@roles(*MAY_EDIT)
def yaml(name: str) -> Response:
    text = policy_files.policy_yaml(toolbox(), name, _version("version"), draft="draft" in request.args)
    if text is None:
        abort(404)
    response = make_response(text)
    response.content_type = "application/yaml; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.yaml"'
    return response


def _view(name: str) -> AgreementView:
    """The version or draft that the address names, in the language it names. A draft is for those who may edit."""
    is_draft = "draft" in request.args
    if is_draft and g.viewer.role not in MAY_EDIT:
        abort(404)
    given = request.args.get("lang", "")
    language = given if given in STAFF_LANGUAGES else locale.current()
    view = agreements.agreement_view(toolbox(), name, _version("version"), language, now(), draft=is_draft)
    if view is None:
        abort(404)
    return view


def _given() -> dict[str, Any]:
    return {key: request.args[key] for key in ("version", "draft", "lang") if key in request.args}


def _version(key: str) -> int | None:
    return parse_int(request.args.get(key, ""), 1, MOST_VERSIONS, 0) or None
