"""The languages of a draft: its texts side by side, languages added and removed, a sheet for a translator and back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, g, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions.editing import drafts, history, translations
from questionnaire.actions.editing.draft_check import check_document
from questionnaire.actions.editing.drafts import Draft
from questionnaire.actions.editing.translations import SheetKind, SheetResult
from questionnaire.core.base.translation import LANGUAGES
from questionnaire.core.editing.document_texts import document_texts
from questionnaire.core.editing.outline import languages_of
from questionnaire.core.editing.paths import write_path
from questionnaire.core.editing.translation_sheet import sheet_header
from questionnaire.templating import formats_for
from questionnaire.web.builder.draft_frame import frame, frame_view
from questionnaire.web.builder.draft_pages import MAY_EDIT, start_first
from questionnaire.web.builder.draft_request import EditOutcome, apply_request, read_request
from questionnaire.web.builder.form_fields import field_name
from questionnaire.web.builder.language_view import FILTERS, PER_PAGE, LanguageView
from questionnaire.web.builder.text_places import TextPlaces
from questionnaire.web.http import locale, rate_limits
from questionnaire.web.http.access import roles
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.query import int_arg
from questionnaire.web.http.rendering import page, words

OFFERED = (*LANGUAGES, "es", "it", "nl", "pt", "pl", "sv", "da", "fi", "nb", "cs", "ro", "hu", "el", "tr", "uk", "ar",
           "he", "ja", "ko", "zh")  # fmt: skip
"""Languages to add; a file may have others."""
MOST_SHOWN = 2
TYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8"}

blueprint = Blueprint("languages", __name__)


@blueprint.get("/desk/surveys/<slug>/draft/languages")
@roles(*MAY_EDIT)
def show(slug: str) -> AnyResponse:
    draft = drafts.find_draft_of(toolbox(), "survey", slug)
    return _page(draft) if draft is not None else start_first(slug)


@blueprint.post("/desk/surveys/<slug>/draft/languages")
@roles(*MAY_EDIT)
@rate_limits.posts
def save(slug: str) -> AnyResponse:
    """With JavaScript the reply holds only the texts that are different from what the page shows."""
    draft = _draft(slug)
    posted = read_request()
    shown = history.draft_at(toolbox(), draft.id, posted.revision)
    outcome = apply_request(toolbox(), draft, posted, g.viewer.email, now())
    if "X-Builder" in request.headers or outcome.is_refused:
        return _page(
            outcome.result.draft or draft, outcome, outcome.status, shown if "X-Builder" in request.headers else None
        )
    return redirect(_here(slug), 303)


@blueprint.post("/desk/surveys/<slug>/draft/languages/change")
@roles(*MAY_EDIT)
@rate_limits.posts
def change(slug: str) -> AnyResponse:
    """Adds a language, or removes one with its texts."""
    draft, form = _draft(slug), request.form
    act, tag = (translations.remove, form["remove"]) if form.get("remove") else (translations.add, form.get("tag", ""))
    known = tag in languages_of(draft.document) or tag in OFFERED
    if known:
        act(toolbox(), draft, tag, g.viewer.email, now(), form.get("key") or None)
    lang = None if form.get("remove") else tag
    return redirect(url_for("languages.show", slug=slug, lang=lang), 303)


@blueprint.get("/desk/surveys/<slug>/draft/languages/texts.<kind>")
@roles(*MAY_EDIT)
def download(slug: str, kind: str) -> Response:
    """The sheet for a translator of one language."""
    draft = _draft(slug)
    languages, language = languages_of(draft.document), request.args.get("lang", "")
    if kind not in TYPES or language not in languages[1:]:
        abort(404)
    formats, places = formats_for(locale.current()), TextPlaces(draft.document, words(), languages[0])
    rows = [sheet_header(draft.revision, formats.language(languages[0]), formats.language(language))]
    for text in document_texts(draft.document):
        if text.in_language(languages[0]).strip():
            place = places.place(text)
            value = "" if text.is_same_everywhere else text.in_language(language)
            rows.append((write_path(text.path), f"{place.group}: {place.name}", text.in_language(languages[0]), value))
    sheet: SheetKind = "xlsx" if kind == "xlsx" else "csv"
    response = make_response(translations.write_sheet(rows, sheet, formats.language(language)))
    response.content_type = TYPES[kind]
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{language}.{kind}"'
    return response


@blueprint.post("/desk/surveys/<slug>/draft/languages/texts")
@roles(*MAY_EDIT)
@rate_limits.answers
def upload(slug: str) -> AnyResponse:
    """Takes a sheet back, and shows what was taken and what was not."""
    draft, language = _draft(slug), request.form.get("lang", "")
    if language not in languages_of(draft.document)[1:]:
        abort(404)
    file = request.files.get("file")
    content = file.read() if file is not None else b""
    key = request.form.get("key") or None
    result = translations.take_sheet(toolbox(), draft, content, language, g.viewer.email, now(), key)
    return _taken(result, language)


def _taken(result: SheetResult, language: str) -> Response:
    draft = result.draft
    check = check_document(toolbox(), draft.document)
    said = words()
    places = TextPlaces(draft.document, said, languages_of(draft.document)[0])
    return page(
        "builder/sheet_taken.html",
        422 if result.problems else 200,
        **frame(draft, check, "languages", language),
        view=frame_view(draft, check, said, language),
        language=language,
        plan=result.plan,
        problems=[f"{one.message[:1].upper()}{one.message[1:]}. {one.hint[:1].upper()}{one.hint[1:]}."
                  for one in result.problems],
        place=lambda one: ": ".join((places.place(one.text).group, places.place(one.text).name)),
        name=lambda one: field_name("text", one.text.path, language, required=one.text.required),
    )  # fmt: skip


def _draft(slug: str) -> Draft:
    draft = drafts.find_draft_of(toolbox(), "survey", slug)
    if draft is None:
        abort(404)
    return draft


def _here(slug: str, **changes: Any) -> str:
    """This page with the languages, filter and part that are shown."""
    args = request.args
    kept = {"lang": args.getlist("lang") or None, "only": args.get("only"), "part": args.get("part")}
    return url_for("languages.show", slug=slug, **{**kept, **changes})


def _shown(languages: tuple[str, ...]) -> tuple[str, ...]:
    asked = tuple(dict.fromkeys(tag for tag in request.args.getlist("lang") if tag in languages[1:]))
    return (asked or languages[1:2])[:MOST_SHOWN]


def _page(
    draft: Draft, outcome: EditOutcome | None = None, status: int = 200, before: Draft | None = None
) -> Response:  # fmt: skip
    """`before`: the state that the page shows, so that only the difference is sent."""
    check, said, languages = check_document(toolbox(), draft.document), words(), languages_of(draft.document)
    texts, shown = document_texts(draft.document), _shown(languages)
    late = {tag: translations.outdated_texts(toolbox(), draft, texts, languages[0], tag) for tag in shown}
    view = LanguageView(texts, TextPlaces(draft.document, said, languages[0]), languages, shown, late)
    only = request.args.get("only", "all")
    matching = view.matching(only if only in FILTERS else "all")
    parts = max(1, -(-len(matching) // PER_PAGE))
    part = int_arg("part", 1, parts, 1)
    listed, is_partial = matching[(part - 1) * PER_PAGE : part * PER_PAGE], False
    if before is not None:
        old = {text.path: text.raw for text in document_texts(before.document)}
        is_partial = list(old) == [text.path for text in texts] and languages_of(before.document) == languages
        listed = tuple(text for text in texts if old[text.path] != text.raw) if is_partial else listed
    framed = frame_view(draft, check, said, shown[0] if shown else "")
    formats = formats_for(locale.current())
    return page(
        "builder/languages.html",
        status,
        **frame(draft, check, "languages", framed.language, outcome),
        view=framed,
        shown=shown,
        groups=view.groups(listed),
        only=only if only in FILTERS else "all",
        partial=is_partial,
        counts=view.counts(),
        total=sum(bool(text.in_language(languages[0]).strip()) for text in texts),
        part=part,
        parts=parts,
        address=_here,
        offered=sorted(
            ((tag, formats.language(tag)) for tag in OFFERED if tag not in languages), key=lambda one: one[1]
        ),
    )
