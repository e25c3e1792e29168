"""Trying a draft: what answers to it come to, and answers that lead to a result. Nothing is stored."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Response, abort, request

from questionnaire.actions.editing import drafts, trial, way_search
from questionnaire.actions.editing.drafts import Draft
from questionnaire.actions.editing.trial import ReadableDraft, Trial
from questionnaire.core.cases.trial import beside_of
from questionnaire.core.editing.outline import languages_of, text_in
from questionnaire.web.builder.draft_pages import MAY_EDIT
from questionnaire.web.builder.trial_form import (
    Typed,
    read_beside,
    trial_input,
    typed_here,
    typed_of_case,
    write_typed,
)
from questionnaire.web.builder.trial_view import no_answers, trial_view
from questionnaire.web.builder.way_words import found_text, read_way, way_choice, way_text
from questionnaire.web.http import rate_limits
from questionnaire.web.http.access import roles
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.rendering import page, words

blueprint = Blueprint("draft_trial", __name__)


@dataclass(frozen=True, slots=True)
class TrialState:
    """What is answered, what else is known of the lead, and what there is to say of it."""

    typed: Typed = field(default_factory=dict)
    beside: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""


@blueprint.post("/desk/surveys/<slug>/draft/trial")
@roles(*MAY_EDIT)
@rate_limits.posts
def show(slug: str) -> Response:
    """The page about the answers of this form; a button asks for other ones: a way to a result, or none."""
    draft = find_draft(slug)
    found, _problems = trial.readable(toolbox(), draft)
    language = request.form.get("lang", "")
    state = _state(draft, found, language)
    if found is None or not (state.typed or state.beside):
        why = trial_view(None, words()) if found is None else no_answers(words())
    else:
        why = trial_view(try_typed(draft, state.typed, language, state.beside), words())
    return page(
        "builder/trial.html",
        slug=slug,
        title=text_in(draft.document.get("title"), languages_of(draft.document)[0]),
        why=why,
        note=state.note,
        ways=way_choice(found.survey, words(), found.survey.language(language)) if found is not None else None,
        trial_language=language,
        typed=write_typed(state.typed) if state.typed else "",
        beside=json.dumps(state.beside, ensure_ascii=False) if state.beside else "",
    )


def _state(draft: Draft, found: ReadableDraft | None, language: str) -> TrialState:
    wanted = request.form.get("way", "")
    if "clear" in request.form:
        return TrialState()
    here = TrialState(typed_here(), read_beside(request.form.get("beside", "")))
    way = read_way(found.survey, wanted) if found is not None and wanted else None
    if found is None or way is None:
        return here
    answered = way_search.way_to(toolbox(), draft, found, way, now())
    text = found_text(way_text(found.survey, way, words(), found.survey.language(language)), answered, words())
    if not answered.case:
        return TrialState(here.typed, here.beside, text)
    return TrialState(typed_of_case(found.survey, answered.case), beside_of(found.survey, answered.case), text)


def try_typed(draft: Draft, typed: Typed, language: str, beside: Mapping[str, Any]) -> Trial | None:
    """None when nothing of the draft can be judged yet."""
    found, _problems = trial.readable(toolbox(), draft)
    if found is None:
        return None
    return trial.try_answers(toolbox(), found, trial_input(found.survey, typed, language, beside), words(), now())


def find_draft(slug: str) -> Draft:
    draft = drafts.find_draft_of(toolbox(), "survey", slug)
    if draft is None:
        abort(404)
    return draft
