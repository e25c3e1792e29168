"""The edit page of a survey's draft. Opening and looking write nothing; each POST is one change.

With JavaScript a POST asks for the page itself (header `X-Builder`), without it is answered with a redirect, so that
reloading sends nothing again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions.editing import drafts, import_survey, new_survey
from questionnaire.actions.editing.draft_check import DraftCheck, check_document
from questionnaire.actions.editing.drafts import Draft
from questionnaire.actions.editing.proofs import proof_of
from questionnaire.actions.publishing import catalogue
from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.core.editing.paths import read_path
from questionnaire.core.editing.retype import lost
from questionnaire.core.survey.questions import REGISTRY
from questionnaire.core.survey.survey import Survey
from questionnaire.web.builder.draft_frame import focus_fields, frame
from questionnaire.web.builder.draft_request import EditOutcome, apply_request, place_after, read_request
from questionnaire.web.builder.editor_view import EditorView, editor_view
from questionnaire.web.builder.example_answers import shown_answers
from questionnaire.web.builder.formula_help import FormulaHelp, formula_help
from questionnaire.web.builder.options import Choosable
from questionnaire.web.builder.place_words import place_name
from questionnaire.web.builder.tabs import tabs_of
from questionnaire.web.builder.trial_view import no_answers
from questionnaire.web.builder.type_words import type_options
from questionnaire.web.builder.way_words import way_choice
from questionnaire.web.http import rate_limits
from questionnaire.web.http.access import ADMIN, MARKETING, OPS, roles
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.rendering import page, words

MAY_EDIT = (ADMIN, MARKETING, OPS)
ELSEWHERE = {"report": "draft_report.show", "theme": "draft_theme.show"}
"""Part of a survey -> the page that edits it."""
LEADS = {
    "dimensions": _(
        "Parts of the score, such as Data or Processes. A question counts for one of them, and the report has a "
        "chapter for each."
    ),
    "contact": _("What you ask of people before they see their result."),
    "endings": _("Pages that end the survey early for those whom it isn’t for."),
    "hidden_fields": _("Values that come with the link, such as the campaign. Nobody is asked for them."),
    "calculated": _("Numbers worked out of answers, for conditions and texts."),
    "choice_sets": _("Answers that several questions use are written here once."),
}  # fmt: skip
"""Part of a survey -> what it is for."""

blueprint = Blueprint("builder", __name__)


@blueprint.get("/desk/surveys/<slug>/draft")
@roles(*MAY_EDIT)
def edit(slug: str) -> AnyResponse:
    """Places of the report and of the theme have pages of their own."""
    draft = drafts.find_draft_of(toolbox(), "survey", slug)
    at = request.args.get("at", "")
    elsewhere = ELSEWHERE.get(at.partition("/")[0])
    if draft is not None and elsewhere is not None:
        return redirect(url_for(elsewhere, slug=slug, at=at, lang=request.args.get("lang")))
    if draft is not None:
        return _page(draft)
    entry = catalogue.survey(toolbox(), slug)
    if entry is None:
        abort(404)
    title = entry.survey.title.say(entry.survey.languages[0])
    tabs = tabs_of(slug, words(), published=True)
    return page("builder/start.html", slug=slug, title=title, version=entry.survey.version, tab="questions", tabs=tabs)


def start_first(slug: str) -> AnyResponse:
    """For the other pages of a draft that is not there yet: the page that starts one."""
    if catalogue.survey(toolbox(), slug) is None:
        abort(404)
    return redirect(url_for("builder.edit", slug=slug), 303)


@blueprint.post("/desk/surveys/<slug>/draft/open")
@roles(*MAY_EDIT)
def open_draft(slug: str) -> AnyResponse:
    result = drafts.open_from_version(toolbox(), "survey", slug, g.viewer.email, now())
    if result.draft is None:
        abort(404)
    return redirect(url_for("builder.edit", slug=slug), 303)


@blueprint.post("/desk/surveys/<slug>/draft")
@roles(*MAY_EDIT)
@rate_limits.posts
def save(slug: str) -> AnyResponse:
    draft = drafts.find_draft_of(toolbox(), "survey", slug)
    if draft is None:
        abort(404)
    outcome = apply_request(toolbox(), draft, read_request(), g.viewer.email, now())
    newest = outcome.result.draft or draft
    at = place_after(request.args.get("at", ""), outcome)
    if outcome.is_refused or "X-Builder" in request.headers:
        return _page(newest, at, outcome, outcome.status)
    lang, row = request.args.get("lang"), request.args.get("row")
    return redirect(url_for("builder.edit", slug=slug, at=at, saved=1, lang=lang, row=row), 303)


def _page(draft: Draft, at: str | None = None, outcome: EditOutcome | None = None, status: int = 200) -> Response:
    box, said = toolbox(), words()
    check = check_document(box, draft.document)
    proof = proof_of(box, draft, check)
    place = request.args.get("at", "") if at is None else at
    row = request.args.get("row", "")
    every = replace(check, problems=(*check.problems, *proof.problems))
    view = editor_view(draft, every, said, place, request.args.get("lang", ""), row, new_survey.policies(box))
    return page(
        "builder/editor.html",
        status,
        **frame(draft, check, "questions", view.language, outcome),
        view=view,
        lead=said(LEADS[view.at]) if view.at in LEADS else "",
        added=focus_fields(outcome, view.language),
        types=type_options(said),
        picker=request.args.get("add", ""),
        **_untried(check.survey, view.language),
        proof=proof,
        retyping=_retyping(draft, view),
        row=row,
        imported=_imported(draft),
        formulas=_formulas(draft, check, view),
    )


def _formulas(draft: Draft, check: DraftCheck, view: EditorView) -> FormulaHelp:
    """What helps with formulas, on their page alone."""
    if view.at != "calculated":
        return FormulaHelp()
    survey = check.survey if check.is_whole else None
    shown = shown_answers(toolbox(), draft, survey, "") if survey is not None else None
    return formula_help(Choosable(draft.document, check.policy, words(), view.language), survey, shown)


def _imported(draft: Draft) -> int:
    """How much an import left out or changed, 0 once someone has read that."""
    found = import_survey.find_import(toolbox(), draft.id)
    return len(found.notes) if found is not None and not found.is_dismissed else 0


def _untried(survey: Survey | None, language: str) -> dict[str, Any]:
    """The panel of the preview before anything is answered."""
    said = words()
    ways = way_choice(survey, said, survey.language(language)) if survey is not None else None
    return {"why": no_answers(said), "ways": ways, "trial_language": language, "typed": "", "beside": "", "note": ""}


def _retyping(draft: Draft, view: EditorView) -> tuple[str, list[str]] | None:
    """The type someone wants to change to, and what would go with it; None when nobody asked."""
    type_ = request.args.get("type", "")
    if view.question is None or type_ not in REGISTRY or type_ == view.question.entry.type:
        return None
    places = lost(draft.document, read_path(view.question.path), type_)
    return type_, [place_name(draft.document, path, words(), view.language) for path in places]
