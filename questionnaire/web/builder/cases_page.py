"""The cases of a draft: what each expects and what was found, edited and dropped with plain forms."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions.editing import cases, trial
from questionnaire.actions.editing.cases import CaseResult
from questionnaire.actions.editing.drafts import Draft, DraftResult
from questionnaire.actions.publishing import catalogue
from questionnaire.core.base.labels import FACTS, heading, humanize, stage_name
from questionnaire.core.base.text_cleaning import clean_text
from questionnaire.core.base.translation import Translator
from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.core.cases.expectations import expectation_of, with_found, with_values
from questionnaire.core.cases.trial import beside_of, case_of_input
from questionnaire.core.editing.outline import languages_of, text_in
from questionnaire.core.survey.survey import Survey
from questionnaire.web.builder.draft_pages import MAY_EDIT
from questionnaire.web.builder.options import Choosable
from questionnaire.web.builder.problem_words import ProblemWords
from questionnaire.web.builder.tabs import tabs_of
from questionnaire.web.builder.trial_form import read_beside, trial_input, typed_here, typed_of_case, write_typed
from questionnaire.web.builder.trial_pages import find_draft
from questionnaire.web.builder.trial_results import NOTHING_TO_SHOW
from questionnaire.web.http import rate_limits
from questionnaire.web.http.access import roles
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.errors import error_page
from questionnaire.web.http.rendering import page, words

LONGEST = 200
MOST_BYTES = 200_000
KEYS: Mapping[str, str] = {
    "next_step": _("Next step"), "ending": _("Ending"), "to": _("Goes to"), "segment": _("Segment"),
    "fit.grade": _("FIT grade"), "fit.completeness": _("FIT criteria known"), "intent.rank": _("INTENT rank"),
    "timing.level": _("TIMING level"), "route.rule": _("Routing rule"), "route.rep": _("Sales rep"),
    "route.pool": _("Pool"), "route.queue": _("Queue"), "maturity.overall": _("Maturity"),
    "maturity.band": _("Maturity band"), "open": _("Checklist items not met"), "until": _("Not before"),
    "first_contact_due": _("First contact due"), "content_blocks": _("Parts of the report"),
}  # fmt: skip
"""Keys of expectations that are no facts."""

blueprint = Blueprint("draft_cases", __name__)


@dataclass(frozen=True, slots=True)
class CaseView:
    """`rows`: key, its name, expected, found and whether they agree. `typed` and `beside` are for the preview."""

    number: int
    result: CaseResult
    rows: tuple[tuple[str, str, str, str, bool], ...]
    problems: tuple[str, ...]
    typed: str
    beside: str
    language: str


@blueprint.get("/desk/surveys/<slug>/draft/cases")
@roles(*MAY_EDIT)
def show(slug: str) -> Response:
    return _page(find_draft(slug))


@blueprint.post("/desk/surveys/<slug>/draft/cases")
@roles(*MAY_EDIT)
@rate_limits.posts
def change(slug: str) -> AnyResponse:
    """One button: keeps the fields of a case, takes what was found, drops it, or reads a file."""
    draft, form = find_draft(slug), request.form
    verb, case, actor = form.get("do", ""), form.get("case", ""), g.viewer.email
    if verb == "drop":
        result = cases.drop_case(toolbox(), slug, case, actor, now())
    elif verb == "read":
        file = request.files.get("file")
        content = (file.read(MOST_BYTES) if file else b"") or form.get("yaml", "").encode()
        result = cases.read_file(toolbox(), slug, content, actor, now())
    else:
        result = _edited(draft, case, take=verb == "take")
    return _page(draft, result, 422) if result.problems else _saved(slug)


def _edited(draft: Draft, case: str, *, take: bool) -> DraftResult:
    tried, _problems = trial.readable(toolbox(), draft)
    found = next((one for one in cases.run_cases(toolbox(), draft, tried) if one.name == case), None)
    expect = dict(found.raw.get("expect") or {}) if found is not None else {}
    changes: dict[str, Any]
    if found is not None and take and found.transcript is not None:
        changes = {"expect": with_found(expect, found.transcript)}
    else:
        cleaned = {key: clean_text(text, LONGEST) or "" for key, text in request.form.items()}
        typed = {key.removeprefix("expect "): text for key, text in cleaned.items() if key.startswith("expect ")}
        changes = {"expect": with_values(expect, typed), "name": cleaned.get("name", case)}
    return cases.change_case(toolbox(), draft.name, case, changes, g.viewer.email, now())


@blueprint.post("/desk/surveys/<slug>/draft/cases/new")
@roles(*MAY_EDIT)
@rate_limits.posts
def save(slug: str) -> AnyResponse:
    """The tried answers as a case that expects what they come to now."""
    draft, typed, beside = find_draft(slug), typed_here(), read_beside(request.form.get("beside", ""))
    tried, _problems = trial.readable(toolbox(), draft)
    if tried is None or not (typed or beside):
        return error_page(422, NOTHING_TO_SHOW)
    moment = now()
    answered = trial_input(tried.survey, typed, request.form.get("lang", ""), beside)
    outcome = trial.try_answers(toolbox(), tried, answered, words(), moment).outcome
    if outcome is None:
        return error_page(422, NOTHING_TO_SHOW)
    assessment = outcome.assessment
    name = f"{stage_name(str(assessment.verdict.stage), words())} {assessment.scorecard.label}"
    at = moment.astimezone(tried.policy.zone).isoformat(timespec="seconds")
    case = {"name": name, "at": at, **case_of_input(tried.survey, answered),
            "expect": expectation_of(outcome.transcript)}  # fmt: skip
    result = cases.add_case(toolbox(), slug, case, g.viewer.email, moment)
    return _page(draft, result, 422) if result.problems else _saved(slug)


def _saved(slug: str) -> AnyResponse:
    return redirect(url_for("draft_cases.show", slug=slug, saved=1), 303)


def _page(draft: Draft, refused: DraftResult | None = None, status: int = 200) -> Response:
    said = words()
    tried, _problems = trial.readable(toolbox(), draft)
    results = cases.run_cases(toolbox(), draft, tried)
    problems = refused.problems if refused is not None else ()
    language = languages_of(draft.document)[0]
    told = ProblemWords(Choosable(draft.document, tried.policy if tried is not None else None, said, language))
    return page(
        "builder/cases.html",
        status,
        slug=draft.name,
        title=text_in(draft.document.get("title"), language),
        tab="cases",
        tabs=tabs_of(draft.name, said, published=catalogue.survey(toolbox(), draft.name) is not None),
        cases=[_view(number, one, tried.survey, told) for number, one in enumerate(results, 1) if tried is not None],
        failing=sum(not one.passes for one in results),
        readable=tried is not None,
        refused=[told.text(problem) for problem in problems],
        saved="saved" in request.args,
    )


def _view(number: int, result: CaseResult, survey: Survey, told: ProblemWords) -> CaseView:
    rows = tuple(
        (one.key, _named(one.key, told.choosable.words), one.expected, one.actual, one.is_met) for one in result.values
    )
    typed, beside = typed_of_case(survey, result.raw), beside_of(survey, result.raw)
    wrong = tuple(told.text(one) for one in result.problems)
    written = json.dumps(beside, ensure_ascii=False) if beside else ""
    language = str(result.raw.get("language") or "")
    return CaseView(number, result, rows, wrong, write_typed(typed) if typed else "", written, language)


def _named(key: str, said: Translator) -> str:
    fact = key.removesuffix(".score")
    if fact in FACTS:
        return heading(FACTS, fact, said)
    return said(KEYS[key]) if key in KEYS else humanize(key.replace(".", ", "))
