"""The history of a draft: who changed what and when, stepped through one change at a time. Looking writes nothing."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, request

from questionnaire.actions.editing import draft_check, history
from questionnaire.actions.editing.drafts import Draft
from questionnaire.actions.editing.history import HistoryEntry
from questionnaire.actions.people import staff
from questionnaire.core.base.translation import Translator
from questionnaire.core.editing.differences import differences
from questionnaire.core.editing.outline import languages_of, text_in
from questionnaire.web.builder.difference_words import difference_groups
from questionnaire.web.builder.draft_pages import MAY_EDIT
from questionnaire.web.builder.options import Choosable
from questionnaire.web.builder.step_words import step_name
from questionnaire.web.builder.tabs import tabs_of
from questionnaire.web.builder.trial_pages import find_draft
from questionnaire.web.http.access import roles
from questionnaire.web.http.context import toolbox
from questionnaire.web.http.query import int_arg
from questionnaire.web.http.rendering import page, words

MOST = 10**9
PER_PAGE = 50

blueprint = Blueprint("draft_history", __name__)


@blueprint.get("/desk/surveys/<slug>/draft/history")
@roles(*MAY_EDIT)
def show(slug: str) -> Response:
    """`change`: the revision whose change is shown; `before`: the last one of the page before."""
    draft, said = find_draft(slug), words()
    before = int_arg("before", 0, MOST, 0) or None
    entries = history.history(toolbox(), draft.id, before, PER_PAGE)
    language = languages_of(draft.document)[0]
    return page(
        "builder/history.html",
        slug=slug,
        title=text_in(draft.document.get("title"), language) or said("Untitled survey"),
        tab="versions",
        tabs=tabs_of(slug, said, published=draft.based_on is not None),
        entries=[(entry, _name(entry, draft, said, language)) for entry in entries],
        names={author: staff.name_of(toolbox(), author) for author in {entry.author for entry in entries}},
        older=entries[-1].revision if len(entries) == PER_PAGE else None,
        **_change(draft, said),
    )


def _name(entry: HistoryEntry, draft: Draft, said: Translator, language: str) -> str:
    """What changed, with the words that the draft has now."""
    step = step_name(draft.document, entry.change, said, language)
    step = step[:1].upper() + step[1:]
    return step if entry.undoes is None else said("Taken back: %(step)s", step=step)


def _change(draft: Draft, said: Translator) -> dict[str, Any]:
    """What one change did, and its neighbours; nothing when none is asked for. Too old or unknown: not found."""
    wanted = int_arg("change", 0, MOST, 0)
    if not request.args.get("change"):
        return {"change": None}
    states = [history.draft_at(toolbox(), draft.id, number) for number in (wanted - 1, wanted)]
    entry = next(iter(history.history(toolbox(), draft.id, wanted + 1, 1)), None)
    old, new = states
    if old is None or new is None or entry is None or entry.revision != wanted:
        abort(404)
    policy, _missing = draft_check.newest_policy(toolbox(), str(new.document.get("policy") or ""))
    choosable = Choosable(new.document, policy, said, languages_of(new.document)[0])
    found = differences(old.document, new.document)
    return {
        "change": entry,
        "author": staff.name_of(toolbox(), entry.author),
        "groups": difference_groups(found, old.document, choosable),
        "earlier": wanted - 1 if history.draft_at(toolbox(), draft.id, wanted - 2) is not None else None,
        "later": wanted + 1 if wanted < draft.revision else None,
    }
