"""Putting the rooms together: one Flask app from one toolbox."""

from __future__ import annotations

from flask import Flask, Response, redirect, url_for
from flask_wtf.csrf import CSRFProtect

from questionnaire.actions import showcase
from questionnaire.actions.toolbox import Toolbox
from questionnaire.settings import bundle_dir
from questionnaire.storage.trouble import StorageBehind, StorageBusy
from questionnaire.web import (
    access,
    auth,
    dead_jobs,
    desk,
    embed,
    errors,
    fill,
    health,
    invitations,
    languages,
    limits,
    mailbox,
    pictures,
    result,
    security,
    sharing,
)
from questionnaire.web.access import public
from questionnaire.web.here import toolbox
from questionnaire.web.pages import page
from questionnaire.web.shelf import Shelf


def create_app(box: Toolbox) -> Flask:
    """The app that answers requests with what is in the toolbox. Raises RuntimeError when a route names no access."""
    app = Flask("questionnaire", static_folder=str(bundle_dir("static")), static_url_path="/static")
    app.extensions.update(toolbox=box, shelf=Shelf())
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    security.install(app, box.settings)
    csrf = CSRFProtect(app)
    limits.install(app)
    health.install(app)
    errors.install(app, (StorageBusy, StorageBehind))
    auth.install(app)
    for room in (fill, pictures, result, embed, desk, sharing, invitations, mailbox, dead_jobs, health):
        app.register_blueprint(room.blueprint)
    app.add_url_rule("/", "home", home)
    access.install(app, csrf, auth.viewer)
    return app


@public
def home() -> Response:
    """The address without a path: both sides of the demo, elsewhere the desk."""
    if toolbox().settings.demo:
        return page("fill/home.html", surveys=showcase.surveys(toolbox(), languages.current()))
    return redirect(url_for("desk.leads"), 303)  # type: ignore[return-value]  # werkzeug's own response class
