"""The page that copies a question from another survey into a draft."""

from __future__ import annotations

from flask import Blueprint, Response, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions.editing import drafts, question_copy
from questionnaire.actions.editing.drafts import Draft
from questionnaire.core.editing.paths import Path, has, read_path, write_path
from questionnaire.web.builder.draft_pages import MAY_EDIT
from questionnaire.web.http import rate_limits
from questionnaire.web.http.access import roles
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.rendering import page

blueprint = Blueprint("question_copy", __name__)


@blueprint.get("/desk/surveys/<slug>/draft/copy")
@roles(*MAY_EDIT)
def choose(slug: str) -> Response:
    draft, at = _place(slug, request.args.get("at", ""))
    surveys = question_copy.other_surveys(toolbox(), slug)
    source = request.args.get("from", "")
    chosen = source if source in dict(surveys) else ""
    questions = question_copy.other_questions(toolbox(), chosen) if chosen else ()
    return page("builder/copy_question.html", slug=slug, at=write_path(at), surveys=surveys, source=chosen,
                questions=questions, key=toolbox().new_token(), draft=draft)  # fmt: skip


@blueprint.post("/desk/surveys/<slug>/draft/copy")
@roles(*MAY_EDIT)
@rate_limits.posts
def copy(slug: str) -> AnyResponse:
    draft, at = _place(slug, request.form.get("at", ""))
    source, name, key = (request.form.get(field, "") for field in ("from", "question", "key"))
    result = question_copy.copy_question(toolbox(), draft, source, name, at, g.viewer.email, now(), key or None)
    if result.problems or result.conflict or result.draft is None:
        return redirect(url_for("question_copy.choose", slug=slug, at=write_path(at)), 303)
    return redirect(url_for("builder.edit", slug=slug, at=_new_question(draft, result.draft, at)), 303)


def _place(slug: str, at: str) -> tuple[Draft, Path]:
    """The draft, and where the copy goes: a list of questions, or the question before it."""
    draft = drafts.find_draft_of(toolbox(), "survey", slug)
    path = read_path(at)
    is_place = path[:1] == ("pages",) and path[2:3] == ("questions",) and len(path) in (3, 4)
    if draft is None or not is_place or not has(draft.document, path):
        abort(404)
    return draft, path


def _new_question(before: Draft, after: Draft, at: Path) -> str:
    def names(draft: Draft) -> list[str]:
        pages = (one for one in draft.document.get("pages", ()) if isinstance(one, dict) and one.get("name") == at[1])
        return [str(one.get("name")) for found in pages for one in found["questions"] if isinstance(one, dict)]

    new = next((name for name in names(after) if name not in names(before)), "")
    return write_path((*at[:3], new))
