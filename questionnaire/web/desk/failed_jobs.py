"""Page of the failed jobs with a retry button, for administrators."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect, request, url_for

from questionnaire.actions.delivery import failed_jobs
from questionnaire.web.http.access import ADMIN, roles
from questionnaire.web.http.context import toolbox
from questionnaire.web.http.rendering import page

blueprint = Blueprint("failed_jobs", __name__)


@blueprint.get("/desk/jobs")
@roles(ADMIN)
def jobs() -> Response:
    return page("desk/failed_jobs.html", dead=failed_jobs.dead_jobs(toolbox()), replayed="replayed" in request.args)


@blueprint.post("/desk/jobs/replay")
@roles(ADMIN)
def replay() -> Response:
    """`key` is that of the job. It may contain any character, so it is a form field and not part of the URL."""
    if not failed_jobs.replay(toolbox(), request.form.get("key", "")):
        abort(404)
    return redirect(url_for("failed_jobs.jobs", replayed=1), 303)  # type: ignore[return-value]  # werkzeug's class
