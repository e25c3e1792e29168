"""What an import left out or changed, item by item, until someone says that it was read."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, abort, g, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions.editing import drafts, import_survey
from questionnaire.actions.editing.drafts import Draft
from questionnaire.core.editing.outline import languages_of, text_in
from questionnaire.core.importing.note_words import note_kind, note_text
from questionnaire.web.builder.draft_pages import MAY_EDIT
from questionnaire.web.builder.tabs import tabs_of
from questionnaire.web.http import rate_limits
from questionnaire.web.http.access import roles
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.rendering import page, words

FORMAT_NAMES: Mapping[str, str] = {
    "surveyjs": "SurveyJS", "xlsform": "XLSForm", "limesurvey": "LimeSurvey", "typeform": "Typeform",
}  # fmt: skip

blueprint = Blueprint("draft_import", __name__)


@blueprint.get("/desk/surveys/<slug>/draft/import")
@roles(*MAY_EDIT)
def show(slug: str) -> Response:
    draft = _draft(slug)
    found = import_survey.find_import(toolbox(), draft.id)
    if found is None:
        abort(404)
    said = words()
    notes = [(note_kind(note), note.place, note_text(note, said)) for note in found.notes]
    return page(
        "builder/import_notes.html",
        slug=slug,
        title=text_in(draft.document.get("title"), languages_of(draft.document)[0]) or slug,
        tab="questions",
        tabs=tabs_of(slug, said, published=draft.based_on is not None),
        source=FORMAT_NAMES.get(found.source, found.source),
        found=found,
        left_out=[note for note in notes if note[0] == "left_out"],
        changed=[note for note in notes if note[0] != "left_out"],
    )


@blueprint.post("/desk/surveys/<slug>/draft/import")
@roles(*MAY_EDIT)
@rate_limits.answers
def dismiss(slug: str) -> AnyResponse:
    import_survey.dismiss(toolbox(), _draft(slug).id, g.viewer.email, now())
    return redirect(url_for("builder.edit", slug=slug), 303)


def _draft(slug: str) -> Draft:
    draft = drafts.find_draft_of(toolbox(), "survey", slug)
    if draft is None:
        abort(404)
    return draft
