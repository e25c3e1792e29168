"""Putting the rooms together: one Flask app from one toolbox."""

from __future__ import annotations

from flask import Flask, Response, redirect, url_for
from flask_wtf.csrf import CSRFProtect

from questionnaire.actions.errors import DatabaseUnavailable, SchemaOutdated
from questionnaire.actions.publishing import samples
from questionnaire.actions.toolbox import Toolbox
from questionnaire.settings import bundle_dir
from questionnaire.web.builder import (
    cases_page,
    copy_question,
    draft_pages,
    folder_home,
    history_page,
    import_pages,
    language_pages,
    logic_page,
    new_surveys,
    personal_links,
    picture_upload,
    policy_editing,
    policy_pages,
    policy_signing,
    preview,
    proof_state,
    publish_page,
    report_pages,
    sample_preview,
    scoring_pages,
    share,
    share_page,
    survey_states,
    test_pages,
    theme_pages,
    trial_pages,
    trial_results,
    version_pages,
)
from questionnaire.web.desk import (
    absence_pages,
    failed_jobs,
    help_pages,
    lead_acts,
    lead_link,
    leads,
    merge_pages,
    own_account,
    people,
    review_pages,
    sent_mail,
    settings_pages,
    slack_settings,
    suppression_pages,
    team,
    today,
    webhook_settings,
)
from questionnaire.web.embed import routes
from questionnaire.web.http import access, account_pages, auth, errors, health, locale, rate_limits, security_headers
from questionnaire.web.http.access import public
from questionnaire.web.http.context import toolbox
from questionnaire.web.http.rendering import page
from questionnaire.web.respond import form_pages, images, result, unsubscribe
from questionnaire.web.respond import routes as respond_routes
from questionnaire.web.respond.page_cache import PageCache


def create_app(box: Toolbox) -> Flask:
    """The app that answers requests with what is in the toolbox. Raises RuntimeError when a route names no access."""
    app = Flask("questionnaire", static_folder=str(bundle_dir("static")), static_url_path="/static")
    app.extensions.update(toolbox=box, page_cache=PageCache())
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    security_headers.install(app, box.settings)
    csrf = CSRFProtect(app)
    rate_limits.install(app)
    health.install(app)
    errors.install(app, (DatabaseUnavailable, SchemaOutdated))
    auth.install(app)
    public_rooms = (respond_routes, form_pages, images, result, routes, health, account_pages, lead_link, unsubscribe)
    staff_rooms = (
        leads, lead_acts, today, review_pages, merge_pages, team, absence_pages,
        share, new_surveys, personal_links, draft_pages, preview, publish_page, version_pages, survey_states,
        scoring_pages, report_pages, theme_pages, language_pages, sample_preview, history_page, logic_page,
        copy_question,
        policy_pages, policy_editing, policy_signing, picture_upload,
        trial_pages, trial_results, proof_state, cases_page, import_pages, test_pages, people, sent_mail, failed_jobs,
        settings_pages, slack_settings, webhook_settings, own_account, share_page, help_pages, suppression_pages,
    )  # fmt: skip
    for room in (*public_rooms, *staff_rooms):
        app.register_blueprint(room.blueprint)
    app.add_url_rule("/", "home", home)
    access.install(app, csrf, auth.viewer)
    folder_home.install(app)
    return app


@public
def home() -> Response:
    """The address without a path: both sides of the demo, elsewhere the desk."""
    if toolbox().settings.demo:
        return page("survey/home.html", surveys=samples.surveys(toolbox(), locale.current()))
    return redirect(url_for("today.start"), 303)  # type: ignore[return-value]  # werkzeug's own response class
