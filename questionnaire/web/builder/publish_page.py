"""Publishing a draft: what changes, what is wrong, and what happens to people who are answering."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions.editing import plans, proofs, publish_draft, versions
from questionnaire.actions.editing.publish_draft import PublishPlan, PublishResult
from questionnaire.actions.editing.survey_effects import survey_effect_view
from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.core.editing.outline import languages_of, text_in
from questionnaire.core.editing.paths import write_path
from questionnaire.web.builder.difference_words import difference_groups
from questionnaire.web.builder.draft_pages import MAY_EDIT
from questionnaire.web.builder.options import Choosable
from questionnaire.web.builder.problem_words import ProblemWords
from questionnaire.web.builder.survey_effect_words import SurveyEffectWords
from questionnaire.web.builder.tabs import tabs_of
from questionnaire.web.http import rate_limits
from questionnaire.web.http.access import roles
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.query import parse_int
from questionnaire.web.http.rendering import page, words

MOST_REVISIONS = 10**9
WHEN: Mapping[str, str] = {
    "when_missing": _("Enter a date and a time, like 1 December at 09:00."),
    "when_past": _("This moment has passed. Choose a later one."),
    "when_far": _("Choose a date within a year."),
    "when_skipped": _("This hour doesn’t exist on that day, because clocks go forward. Choose another one."),
}

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
    form, moment = PublishForm.read(), now()
    if form.when == "date":
        go_live_at, wrong = plans.moment_of(form.day, form.time, form.zone, moment)
        if go_live_at is None:
            return _page(_plan(slug), form, status=422, wrong=wrong)
        planned = plans.plan_publication(
            toolbox(), slug, form.revision, form.note, go_live_at, form.zone, g.viewer.email, moment
        )
        if planned.version is not None:
            return redirect(url_for("survey_versions.show", slug=slug), 303)
        return _page(_plan(slug), form, planned, _status(planned))
    result = publish_draft.publish_draft(toolbox(), slug, form.revision, form.note, g.viewer.email, moment)
    if result.version is not None:
        return redirect(url_for("draft_publishing.done", slug=slug, version=result.version), 303)
    return _page(_plan(slug), form, result, _status(result))


@blueprint.post("/desk/surveys/<slug>/draft/proof")
@roles(*MAY_EDIT)
@rate_limits.answers
def search_again(slug: str) -> AnyResponse:
    """For a search whose job was lost."""
    proofs.request_proof(toolbox(), _plan(slug).draft, now())
    return redirect(url_for("draft_publishing.show", slug=slug), 303)


def _status(result: PublishResult) -> int:
    """409 where the draft, or what is known of it, is not yet what it takes; 422 with problems."""
    return 409 if result.is_outdated or result.is_unproved else 422


@blueprint.get("/desk/surveys/<slug>/draft/published")
@roles(*MAY_EDIT)
def done(slug: str) -> Response:
    """What happened, and where to go on."""
    plan = _plan(slug)
    if plan.in_force is None:
        abort(404)
    title = text_in(plan.draft.document.get("title"), "")
    found = versions.list_versions(toolbox(), slug, now())
    return page(
        "builder/published.html", slug=slug, title=title, version=plan.in_force, answering=plan.answering,
        undo_until=found.undo_until if found is not None else None,
    )  # fmt: skip


def _plan(slug: str) -> PublishPlan:
    found = publish_draft.plan(toolbox(), slug, now())
    if found is None:
        abort(404)
    return found


@dataclass(frozen=True, slots=True)
class PublishForm:
    """What someone entered. `when`: "now" or "date"; `day`, `time` and `zone` say which moment."""

    revision: int = 0
    note: str = ""
    when: str = "now"
    day: str = ""
    time: str = "09:00"
    zone: str = "UTC"

    @classmethod
    def read(cls) -> PublishForm:
        form = request.form
        zone = form.get("zone", "")
        return cls(
            parse_int(form.get("revision", ""), 0, MOST_REVISIONS, 0),
            form.get("note", ""),
            "date" if form.get("when") == "date" else "now",
            form.get("day", "")[:10],
            form.get("time", "")[:5],
            zone if zone in plans.zones(toolbox(), g.viewer.zone) else "UTC",
        )


def _page(
    plan: PublishPlan, form: PublishForm | None = None, result: PublishResult | None = None, status: int = 200,
    wrong: str = "",
) -> Response:  # fmt: skip
    said = words()
    language = languages_of(plan.draft.document)[0]
    choosable = Choosable(plan.draft.document, plan.check.policy, said, language)
    problems = ProblemWords(choosable).problems(plan.check.problems)
    name = plan.draft.name
    newest = plans.newest_plan(toolbox(), name)
    effect = survey_effect_view(toolbox(), plan.draft)
    return page(
        "builder/publish.html",
        status,
        slug=name,
        tabs=tabs_of(name, said, published=plan.in_force is not None),
        plan=plan,
        title=text_in(plan.draft.document.get("title"), language),
        groups=difference_groups(plan.differences, plan.old, choosable),
        errors=[problem for problem in problems if problem.is_error],
        warnings=[problem for problem in problems if not problem.is_error],
        write_path=write_path,
        form=form or PublishForm(zone=g.viewer.zone),
        zones=plans.zones(toolbox(), g.viewer.zone),
        wrong=said(WHEN[wrong]) if wrong else "",
        effect=effect,
        effect_words=SurveyEffectWords.of(plan.old, choosable),
        waiting=newest if newest is not None and newest.state == "waiting" else None,
        outdated=result is not None and result.is_outdated,
        refused=result is not None and not result.is_outdated,
        unproved=result is not None and result.is_unproved,
    )
