"""Uploads a picture into a draft, from any page that edits one."""

from __future__ import annotations

from flask import Blueprint, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions.editing import pictures
from questionnaire.actions.editing.pictures import Upload
from questionnaire.core.editing.paths import read_path
from questionnaire.web.builder.draft_pages import MAY_EDIT
from questionnaire.web.builder.draft_request import MOST_REVISIONS
from questionnaire.web.builder.trial_pages import find_draft
from questionnaire.web.http import rate_limits
from questionnaire.web.http.access import roles
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.query import parse_int

PAGES = {"questions": "builder.edit", "report": "draft_report.show", "theme": "draft_theme.show"}
RATIOS = ("4:3", "1:1", "16:9")

blueprint = Blueprint("draft_pictures", __name__)


@blueprint.post("/desk/surveys/picture/upload")
@roles(*MAY_EDIT)
@rate_limits.answers
def upload() -> AnyResponse:
    """Leads back to the page, which says what was wrong."""
    form = request.form
    draft = find_draft(form.get("survey", ""))
    where = form.get("picture", "")
    file = request.files.get(f"file {where}")
    ratio = form.get(f"ratio {where}", "")
    content = file.read() if file is not None else b""
    if file is not None:
        file.close()  # A large one is in a file of its own.
    sent = Upload(content, read_path(where), ratio if ratio in RATIOS else "")
    revision = parse_int(form.get("revision", ""), 0, MOST_REVISIONS, draft.revision)
    result = pictures.put_picture(toolbox(), draft, sent, revision, form.get("key") or None, g.viewer.email, now())
    code = "conflict" if result.conflict is not None else result.problems[0].code if result.problems else None
    page = PAGES.get(form.get("page", ""), PAGES["questions"])
    kept = {name: form.get(name) or None for name in ("at", "row", "lang")}
    if page != PAGES["questions"]:
        kept.pop("row")
    return redirect(url_for(page, slug=draft.name, picture=code, **kept), 303)  # type: ignore[arg-type]  # values of the address
