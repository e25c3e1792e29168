"""What every page of a draft shows around its own content: state, undo, problems, conflicts, and the survey's tabs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import g, request

from questionnaire.actions.editing import history
from questionnaire.actions.editing.draft_check import DraftCheck
from questionnaire.actions.editing.drafts import Draft
from questionnaire.core.base.translation import Translator
from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.core.editing.document_texts import document_texts
from questionnaire.core.editing.outline import languages_of, text_in
from questionnaire.core.editing.paths import write_path
from questionnaire.core.editing.translations import state_in
from questionnaire.web.builder.conflict_view import conflict_view
from questionnaire.web.builder.draft_request import EditOutcome
from questionnaire.web.builder.form_fields import field_id
from questionnaire.web.builder.options import Choosable
from questionnaire.web.builder.place_words import key_name
from questionnaire.web.builder.problem_words import DraftProblem, ProblemWords
from questionnaire.web.builder.step_words import step_name
from questionnaire.web.builder.tabs import tabs_of
from questionnaire.web.http import security_headers
from questionnaire.web.http.context import toolbox
from questionnaire.web.http.rendering import words

PICTURES: Mapping[str, str] = {
    "picture_missing": _("Choose a file first, then upload it."),
    "picture_large": _("This picture is too large. Save it about 800 pixels wide, at most 8 MB."),
    "picture_unreadable": _("This file can’t be read as a picture. Save it as PNG, JPEG or WebP."),
    "import_busy": _("Another file is being read. Try again in a moment."),
    "no_such_place": _("This place no longer exists. Someone may have removed it."),
    "conflict": _("Someone changed this picture meanwhile. Look at it, then upload yours again if you still want to."),
}
"""What was wrong with an upload."""


@dataclass(frozen=True, slots=True)
class FrameView:
    """The part of a page's view that its bar reads."""

    title: str
    languages: tuple[str, ...]
    language: str
    problems: tuple[DraftProblem, ...]
    at: str = ""


def frame_view(draft: Draft, check: DraftCheck, said: Translator, language: str = "") -> FrameView:
    """`language`: the one asked for, else the first of the survey."""
    languages = languages_of(draft.document)
    written = language if language in languages else languages[0]
    problems = ProblemWords(Choosable(draft.document, check.policy, said, written)).problems(check.problems)
    title = text_in(draft.document.get("title"), languages[0]) or said("Untitled survey")
    return FrameView(title, languages, written, problems)


def frame(
    draft: Draft, check: DraftCheck, tab: str, language: str, outcome: EditOutcome | None = None
) -> dict[str, Any]:
    """The values of the page's template. Frames of our own pages may be shown inside the page."""
    box, said = toolbox(), words()
    steps = history.next_steps(box, draft.id, g.viewer.email)
    choosable = Choosable(draft.document, check.policy, said, language)
    refused = outcome.result.problems if outcome is not None else ()
    ours = ("'self'", f"'nonce-{security_headers.nonce()}'")
    g.content_policy = security_headers.content_policy(ours, ours) + "; frame-src 'self'"
    return {
        "slug": draft.name,
        "draft": draft,
        "key": box.new_token(),
        "undo": step_name(draft.document, steps.undo.change, said, language) if steps.undo else "",
        "redo": step_name(draft.document, steps.redo.change, said, language) if steps.redo else "",
        "refused": [(problem.code, ProblemWords(choosable).text(problem)) for problem in refused],
        "again": _again(outcome),
        "picture_refused": said(PICTURES[code]) if (code := request.args.get("picture", "")) in PICTURES else "",
        "conflict": conflict_view(box, draft, outcome, said) if outcome is not None else None,
        "write_path": write_path,
        "key_name": lambda name: key_name(name, said),
        "tab": tab,
        "tabs": tabs_of(draft.name, said, published=draft.based_on is not None),
        "marks": _marks(draft, said),
    }


def focus_fields(outcome: EditOutcome | None, language: str) -> str:
    """The ids of the fields to go on with, separated by spaces: of what was added, or of what was mended, which is
    a text of this language or anything else. The page takes the first one it has."""
    posted = outcome.request if outcome is not None else None
    if outcome is None or posted is None:
        return ""
    if posted.command is not None and posted.command.verb == "retype":
        return "type"
    if posted.command is not None and posted.command.verb == "repair":
        return " ".join(field_id(tag, posted.command.path) for tag in (language, "f"))
    return " ".join(field_id(language, (*outcome.added, key)) for key in ("text", "title")) if outcome.added else ""


def _again(outcome: EditOutcome | None) -> str:
    """The command that removes what is still used, for whoever wants that."""
    posted = outcome.request if outcome is not None else None
    is_used = outcome is not None and any(problem.code == "still_used" for problem in outcome.result.problems)
    if posted is None or posted.command is None or not is_used:
        return ""
    raw = next((typed for name, typed in posted.fields if name == "do"), "")
    return raw.replace("remove - ", "remove anyway ", 1)


def _marks(draft: Draft, said: Translator) -> dict[str, str]:
    """What is still open on a page of the survey, beside its tab."""
    first, *others = languages_of(draft.document)
    texts = document_texts(draft.document) if others else ()
    missing = sum(state_in(text, first, language) == "missing" for text in texts for language in others)
    return {"languages": said("%(n)s missing", n=missing)} if missing else {}
