"""Jobs that failed for good, and the button that does them again; for administrators."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect, request, url_for

from questionnaire.actions import dead_jobs
from questionnaire.web.access import ADMIN, roles
from questionnaire.web.here import toolbox
from questionnaire.web.pages import page

blueprint = Blueprint("dead_jobs", __name__)


@blueprint.get("/desk/jobs")
@roles(ADMIN)
def jobs() -> Response:
    return page("desk/dead_jobs.html", dead=dead_jobs.dead_jobs(toolbox()), replayed="replayed" in request.args)


@blueprint.post("/desk/jobs/replay")
@roles(ADMIN)
def replay() -> Response:
    """`key` names the job; it may hold any character, so that it is no part of the address."""
    if not dead_jobs.replay(toolbox(), request.form.get("key", "")):
        abort(404)
    return redirect(url_for("dead_jobs.jobs", replayed=1), 303)  # type: ignore[return-value]  # werkzeug's class
