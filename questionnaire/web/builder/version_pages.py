"""The versions of a survey: what was published when and by whom, what changed between two of them, what goes live
later, and whether the survey takes answers. Looking writes nothing."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, abort, g, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions.editing import plans, versions
from questionnaire.actions.editing.export import export
from questionnaire.actions.editing.plans import PublicationPlan
from questionnaire.actions.editing.versions import DRAFT, VersionList
from questionnaire.actions.publishing import catalogue, closing, homes
from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.core.editing.outline import languages_of, text_in
from questionnaire.core.survey.availability import next_states
from questionnaire.web.builder import survey_states
from questionnaire.web.builder.difference_words import difference_groups
from questionnaire.web.builder.draft_pages import MAY_EDIT
from questionnaire.web.builder.options import Choosable
from questionnaire.web.builder.problem_words import ProblemWords
from questionnaire.web.builder.tabs import tabs_of
from questionnaire.web.http import rate_limits
from questionnaire.web.http.access import roles
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.query import int_arg, parse_int
from questionnaire.web.http.rendering import page, words

MOST = 10**6
DONE: Mapping[str, str] = {
    "cancelled": _("Cancelled. Nothing goes live, and the draft stays as it is."),
    "restored": _("The draft now has the content of version %(n)s. Undo brings back what it had before."),
    "undone": _("Version %(n)s published: it equals the version before the one you took back."),
    "late": _("This can’t be done any more: the page was outdated. This is how it is now."),
    "builder": _("The survey is now kept in the builder. Its file is no longer read."),
    "folder": _("The survey is now kept in a file. Its draft here is kept, but can’t be published."),
    **survey_states.WRONG,
}

blueprint = Blueprint("survey_versions", __name__)


@blueprint.get("/desk/surveys/<slug>/versions")
@roles(*MAY_EDIT)
def show(slug: str) -> Response:
    found = _versions(slug)
    box, said = toolbox(), words()
    availability = closing.availability(box, slug)
    plan = plans.newest_plan(box, slug)
    title = _title(slug, found)
    choices = [(number, said("Version %(n)s", n=number)) for number in found.numbers]
    return page(
        "builder/versions.html",
        slug=slug,
        title=title,
        found=found,
        tab="versions",
        tabs=tabs_of(slug, said, published=bool(found.numbers)),
        availability=availability,
        state_name=survey_states.state_name(availability.state, said, is_published=bool(found.numbers)),
        explanation=said(survey_states.EXPLANATIONS[availability.state]) if found.numbers else "",
        buttons=[
            (state, said(survey_states.BUTTONS[availability.state, state]), _effect(state, availability.state))
            for state in next_states(availability.state, is_published=bool(found.numbers))
        ],
        home=homes.home(box, slug),
        plan=plan,
        refusals=_refusals(plan),
        choices=[*([(DRAFT, said("Draft"))] if found.draft is not None else []), *choices],
        notice=_notice(title),
        undo_state=_state_before(found, availability.state),
    )


@blueprint.get("/desk/surveys/<slug>/versions/compare")
@roles(*MAY_EDIT)
def compare(slug: str) -> Response:
    found = _versions(slug)
    newest = found.in_force or DRAFT
    # The draft is newer than every version, whichever way round they were chosen.
    chosen = (int_arg("old", 0, MOST, newest), int_arg("new", 0, MOST, newest))
    old, new = sorted(chosen, key=lambda number: number or MOST + 1)
    compared = versions.compare(toolbox(), slug, old, new)
    if compared is None:
        abort(404)
    said = words()
    choosable = Choosable(compared.new, compared.policy, said, languages_of(compared.new)[0])
    names = [said("Draft") if number == DRAFT else said("Version %(n)s", n=number) for number in (old, new)]
    return page(
        "builder/compare.html",
        slug=slug,
        title=_title(slug, found),
        tab="versions",
        tabs=tabs_of(slug, said, published=bool(found.numbers)),
        names=names,
        old=old,
        new=new,
        choices=[*([(DRAFT, said("Draft"))] if found.draft is not None else []),
                 *((number, said("Version %(n)s", n=number)) for number in found.numbers)],
        count=len(compared.differences),
        groups=difference_groups(compared.differences, compared.old, choosable),
    )  # fmt: skip


@blueprint.get("/desk/surveys/<slug>/survey.yaml")
@roles(*MAY_EDIT)
def yaml(slug: str) -> Response:
    """The version in force, or with `draft` the draft, as the file that `questionnaire export` writes."""
    found, _problems = export(toolbox(), slug, draft="draft" in request.args)
    if found is None:
        abort(404)
    response = make_response(found.yaml)
    response.content_type = "application/yaml; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}.yaml"'
    return response


@blueprint.post("/desk/surveys/<slug>/versions/restore")
@roles(*MAY_EDIT)
@rate_limits.answers
def restore(slug: str) -> AnyResponse:
    version = parse_int(request.form.get("version", ""), 0, MOST, 0)
    revision = request.form.get("revision", "")
    seen = parse_int(revision, 0, 10**9, 0) if revision else None
    result = versions.restore(toolbox(), slug, version, seen, g.viewer.email, now())
    if result.problems:
        return _again(slug, done="late")
    return _again(slug, done="restored", n=version)


@blueprint.post("/desk/surveys/<slug>/versions/undo")
@roles(*MAY_EDIT)
@rate_limits.answers
def undo(slug: str) -> AnyResponse:
    version = parse_int(request.form.get("version", ""), 0, MOST, 0)
    said = words()
    note = said("Version %(n)s taken back", n=version)
    again = versions.take_back(toolbox(), slug, version, note, g.viewer.email, now())
    return _again(slug, done="late") if again is None else _again(slug, done="undone", n=again)


@blueprint.post("/desk/surveys/<slug>/versions/cancel")
@roles(*MAY_EDIT)
@rate_limits.answers
def cancel(slug: str) -> AnyResponse:
    is_cancelled = plans.cancel(toolbox(), slug, request.form.get("plan", ""), g.viewer.email, now())
    return _again(slug, done="cancelled" if is_cancelled else "late")


def _again(slug: str, *, done: str, n: int | None = None) -> AnyResponse:
    return redirect(url_for("survey_versions.show", slug=slug, done=done, n=n), 303)


def _versions(slug: str) -> VersionList:
    found = versions.list_versions(toolbox(), slug, now(), int_arg("before", 1, MOST, MOST))
    if found is None:
        abort(404)
    return found


def _title(slug: str, found: VersionList) -> str:
    if found.draft is not None:
        return text_in(found.draft.document.get("title"), languages_of(found.draft.document)[0]) or slug
    entry = catalogue.survey(toolbox(), slug)
    return entry.survey.title.say(entry.survey.languages[0]) if entry is not None else slug


def _effect(state: str, now_in: str) -> str:
    """What a button does to visitors; going back to a state that was explained needs no words."""
    return words()(survey_states.EXPLANATIONS[state]) if state != "open" and now_in != "archived" else ""


def _notice(title: str) -> str:
    done, said = request.args.get("done", ""), words()
    if done in survey_states.CHANGED and "before" in request.args:
        return said(survey_states.CHANGED[done], title=title)
    return said(DONE[done], n=int_arg("n", 0, MOST, 0)) if done in DONE else ""


def _state_before(found: VersionList, state: str) -> str:
    """The state to go back to, right after someone changed it."""
    before = request.args.get("before", "")
    is_next = before in next_states(state, is_published=bool(found.numbers))  # type: ignore[arg-type]  # one of the closed set
    return before if request.args.get("done") == state and is_next else ""


def _refusals(plan: PublicationPlan | None) -> list[str]:
    """Why a planned version did not go live."""
    if plan is None or plan.state != "refused":
        return []
    said = words()
    choosable = Choosable(plan.document, None, said, languages_of(plan.document)[0])
    return [f"{one.place}: {one.text}" for one in ProblemWords(choosable).problems(plan.problems)]
