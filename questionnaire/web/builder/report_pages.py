"""The report page of a draft: every authored part of result page and report, beside the result of tried answers."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions.editing import drafts, trial
from questionnaire.actions.editing.draft_check import DraftCheck, check_document
from questionnaire.actions.editing.drafts import Draft
from questionnaire.actions.editing.proofs import proof_of
from questionnaire.web.builder.draft_frame import focus_fields, frame, frame_view
from questionnaire.web.builder.draft_pages import MAY_EDIT, start_first
from questionnaire.web.builder.draft_request import EditOutcome, apply_request, read_request
from questionnaire.web.builder.example_answers import EXAMPLE, shown_answers
from questionnaire.web.builder.options import Choosable
from questionnaire.web.builder.report_view import ReportView
from questionnaire.web.builder.trial_pages import find_draft, try_typed
from questionnaire.web.builder.trial_view import no_answers, trial_view
from questionnaire.web.builder.way_words import way_choice
from questionnaire.web.http import rate_limits
from questionnaire.web.http.access import roles
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.rendering import page, words

blueprint = Blueprint("draft_report", __name__)


@blueprint.get("/desk/surveys/<slug>/draft/report")
@roles(*MAY_EDIT)
def show(slug: str) -> AnyResponse:
    """A survey without a draft starts one first."""
    draft = drafts.find_draft_of(toolbox(), "survey", slug)
    return _page(draft) if draft is not None else start_first(slug)


@blueprint.post("/desk/surveys/<slug>/draft/report")
@roles(*MAY_EDIT)
@rate_limits.posts
def save(slug: str) -> AnyResponse:
    draft = find_draft(slug)
    outcome = apply_request(toolbox(), draft, read_request(), g.viewer.email, now())
    newest = outcome.result.draft or draft
    if outcome.is_refused or "X-Builder" in request.headers:
        return _page(newest, outcome, outcome.status)
    at, lang, answers = (request.args.get(name) for name in ("at", "lang", "answers"))
    return redirect(url_for("draft_report.show", slug=slug, at=at, lang=lang, answers=answers), 303)


def _page(draft: Draft, outcome: EditOutcome | None = None, status: int = 200) -> Response:
    box, said = toolbox(), words()
    check = check_document(box, draft.document)
    proof = proof_of(box, draft, check)
    every = DraftCheck(check.survey, check.policy, (*check.problems, *proof.problems), check.is_whole)
    view = frame_view(draft, every, said, request.args.get("lang", ""))
    report = ReportView(
        Choosable(draft.document, check.policy, said, view.language), view.problems, request.args.get("at", "")
    )
    return page(
        "builder/report.html",
        status,
        **frame(draft, check, "report", view.language, outcome),
        view=view,
        proof=proof,
        groups=report.groups(),
        part=report.part(),
        asked=request.args.get("answers"),
        added=focus_fields(outcome, view.language),
        **_shown(draft, view.language),
    )


def _shown(draft: Draft, language: str) -> dict[str, Any]:
    """The answers whose result stands beside the texts, and what they come to. While someone types, the page of
    these answers is asked for by itself."""
    said = words()
    tried, _problems = trial.readable(toolbox(), draft)
    empty = {"typed": "", "beside": "", "note": "", "trial_language": language, "names": (), "answers": EXAMPLE}
    if tried is None:
        return {**empty, "why": trial_view(None, said), "ways": None}
    found = shown_answers(toolbox(), draft, tried.survey, request.args.get("answers", ""))
    ways = way_choice(tried.survey, said, tried.survey.language(language))
    typed = {"typed": found.typed, "beside": found.beside, "names": found.names, "answers": found.name}
    if "X-Builder" in request.headers:
        return {**empty, **typed, "ways": ways, "why": no_answers(said)}
    outcome = try_typed(draft, found.answered, language, found.known)
    return {**empty, **typed, "ways": ways, "why": trial_view(outcome, said)}
