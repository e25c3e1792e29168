"""Pausing, closing, archiving and reopening a survey, and moving its home. Each is one button, and reversible."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions.publishing import closing, homes
from questionnaire.core.base.translation import Translator
from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.core.survey.availability import SURVEY_STATES
from questionnaire.web.builder.draft_pages import MAY_EDIT
from questionnaire.web.http import rate_limits
from questionnaire.web.http.access import roles
from questionnaire.web.http.context import now, toolbox

BUTTONS: Mapping[tuple[str, str], str] = {
    ("open", "paused"): _("Pause"),
    ("open", "closed"): _("Close"),
    ("open", "archived"): _("Archive"),
    ("paused", "open"): _("Reopen"),
    ("paused", "closed"): _("Close"),
    ("closed", "open"): _("Reopen"),
    ("closed", "archived"): _("Archive"),
    ("archived", "closed"): _("Take out of the archive"),
    ("archived", "open"): _("Take out of the archive"),
}
"""(state, the one it gets) -> what the button says."""
NAMES: Mapping[str, str] = {
    "open": _("Live"), "paused": _("Paused"), "closed": _("Closed"), "archived": _("Archived"),
}  # fmt: skip
EXPLANATIONS: Mapping[str, str] = {
    "open": _("Anyone with the link can answer."),
    "paused": _(
        "No one can start, and visitors read that the diagnostic is paused. People who were answering can finish "
        "within an hour. Saved answers and their links are kept."
    ),
    "closed": _(
        "No answers are accepted, not even from people who were answering: what they typed stays in their browser. "
        "Results and reports stay available."
    ),
    "archived": _("Closed, and no longer in the list of surveys. Everything is kept."),
}
CHANGED: Mapping[str, str] = {
    "open": _("%(title)s is live again."),
    "paused": _("%(title)s is paused."),
    "closed": _("%(title)s is closed."),
    "archived": _("%(title)s is in the archive."),
}
WRONG: Mapping[str, str] = {
    "plan_waits": _("A version goes live later. Cancel that first, then move the survey."),
    "not_published": _("This survey was never published. Publish it first, then move it."),
}

blueprint = Blueprint("survey_states", __name__)


def state_name(state: str, words: Translator, *, is_published: bool) -> str:
    """What lists and pages call the state of a survey."""
    return words(NAMES[state]) if is_published or state != "open" else words("Draft")


@blueprint.post("/desk/surveys/<slug>/state")
@roles(*MAY_EDIT)
@rate_limits.answers
def change(slug: str) -> AnyResponse:
    """Goes back to the list or to the survey, with the way to take it back."""
    state = request.form.get("state", "")
    if state not in SURVEY_STATES:
        abort(400)
    before = closing.change_state(toolbox(), slug, state, g.viewer.email, now())
    if before is None:
        return _back(slug, done="late")
    return _back(slug, done=state, before=before)


@blueprint.post("/desk/surveys/<slug>/home")
@roles(*MAY_EDIT)
@rate_limits.answers
def move(slug: str) -> AnyResponse:
    to = request.form.get("home", "")
    if to not in ("builder", "folder"):
        abort(400)
    problems = homes.move(toolbox(), slug, "folder" if to == "folder" else "builder", g.viewer.email, now())
    if problems and problems[0].code == "unknown_survey":
        abort(404)
    return redirect(url_for("survey_versions.show", slug=slug, done=problems[0].code if problems else to), 303)


def _back(slug: str, *, done: str, before: str | None = None) -> AnyResponse:
    if request.form.get("from") == "list":
        return redirect(url_for("sharing.surveys", survey=slug, done=done, before=before), 303)
    return redirect(url_for("survey_versions.show", slug=slug, done=done, before=before), 303)
