"""Publishing a draft: what changes, what is wrong, and what happens to people who are answering."""

from __future__ import annotations

from flask import Blueprint, Response, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions.editing import publish_draft
from questionnaire.actions.editing.publish_draft import PublishPlan, PublishResult
from questionnaire.core.editing.outline import languages_of, text_in
from questionnaire.core.editing.paths import write_path
from questionnaire.web.builder.difference_words import difference_groups
from questionnaire.web.builder.draft_pages import MAY_EDIT
from questionnaire.web.builder.options import Choosable
from questionnaire.web.builder.problem_words import ProblemWords
from questionnaire.web.builder.tabs import tabs_of
from questionnaire.web.http import rate_limits
from questionnaire.web.http.access import roles
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.query import parse_int
from questionnaire.web.http.rendering import page, words

MOST_REVISIONS = 10**9

blueprint = Blueprint("draft_publishing", __name__)


@blueprint.get("/desk/surveys/<slug>/draft/publish")
@roles(*MAY_EDIT)
def show(slug: str) -> Response:
    return _page(_plan(slug))


@blueprint.post("/desk/surveys/<slug>/draft/publish")
@roles(*MAY_EDIT)
@rate_limits.answers
def publish(slug: str) -> AnyResponse:
    """With errors nothing is published, and the page leads to the first one."""
    note, revision = request.form.get("note", ""), parse_int(request.form.get("revision", ""), 0, MOST_REVISIONS, 0)
    result = publish_draft.publish_draft(toolbox(), slug, revision, note, g.viewer.email, now())
    if result.version is not None:
        return redirect(url_for("draft_publishing.done", slug=slug, version=result.version), 303)
    return _page(_plan(slug), note, result, 409 if result.is_outdated else 422)


@blueprint.get("/desk/surveys/<slug>/draft/published")
@roles(*MAY_EDIT)
def done(slug: str) -> Response:
    """What happened, and where to go on."""
    plan = _plan(slug)
    if plan.in_force is None:
        abort(404)
    title = text_in(plan.draft.document.get("title"), "")
    return page("builder/published.html", slug=slug, title=title, version=plan.in_force, answering=plan.answering)


def _plan(slug: str) -> PublishPlan:
    found = publish_draft.plan(toolbox(), slug, now())
    if found is None:
        abort(404)
    return found


def _page(plan: PublishPlan, note: str = "", result: PublishResult | None = None, status: int = 200) -> Response:
    said = words()
    language = languages_of(plan.draft.document)[0]
    choosable = Choosable(plan.draft.document, plan.check.policy, said, language)
    problems = ProblemWords(choosable).problems(plan.check.problems)
    groups = difference_groups(plan.differences, plan.old, choosable)
    return page(
        "builder/publish.html",
        status,
        slug=plan.draft.name,
        tabs=tabs_of(plan.draft.name, said, published=plan.in_force is not None),
        plan=plan,
        title=text_in(plan.draft.document.get("title"), language),
        groups=groups,
        errors=[problem for problem in problems if problem.is_error],
        warnings=[problem for problem in problems if not problem.is_error],
        write_path=write_path,
        note=note,
        outdated=result is not None and result.is_outdated,
        refused=result is not None and not result.is_outdated,
    )
