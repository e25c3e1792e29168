"""Slack in the settings: hooks go in and are never shown again."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions import company_settings
from questionnaire.actions.delivery import outbox_view
from questionnaire.actions.integrations import slack_hooks
from questionnaire.actions.integrations.slack_hooks import HookEntry
from questionnaire.actions.people import first_setup
from questionnaire.core.base.problems import Problem
from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.web.desk.settings_steps import settings_steps
from questionnaire.web.http import locale, rate_limits
from questionnaire.web.http.access import ADMIN, roles
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.rendering import page, words

LONGEST = 2000
WRONG: Mapping[str, str] = {
    "slack_hook": _(
        "This isn’t the URL of a hook. Copy it in Slack; it begins with https://hooks.slack.com/services/."
    ),
    "slack_member": _("A member ID looks like U012AB3CD. Copy it from the profile in Slack."),
}

blueprint = Blueprint("slack_settings", __name__)


@blueprint.get("/desk/settings/slack")
@roles(ADMIN)
def show() -> Response:
    return _page()


@blueprint.post("/desk/settings/slack")
@roles(ADMIN)
@rate_limits.answers
def save() -> AnyResponse:
    """With mistakes the page is shown again; what was entered into hooks isn't, because they are secrets."""
    people = {person.id: _entry(person.id) for person in slack_hooks.view(toolbox()).people}
    problems = slack_hooks.change(toolbox(), _entry("company"), request.form.get("shows", "")[:10], people, now())
    if problems:
        return _page(problems, 422)
    if request.form.get("do") == "test":
        test = slack_hooks.send_test(toolbox(), g.viewer.email, locale.current(), now())
        return redirect(url_for("slack_settings.show", mail=test or "none") + "#test", 303)
    return redirect(url_for("slack_settings.show", said="saved"), 303)


def _entry(where: str) -> HookEntry:
    form = request.form
    hook, member = form.get(f"hook-{where}", ""), form.get(f"member-{where}", "")
    return HookEntry(hook[:LONGEST].strip(), f"remove-{where}" in form, member[:LONGEST].strip())


def _page(problems: tuple[Problem, ...] = (), status: int = 200) -> Response:
    progress = first_setup.progress(toolbox())
    company = company_settings.company(toolbox(), fresh=True)
    sent = request.args.get("mail", "")[:64]
    test = outbox_view.mail(toolbox(), sent) if sent and sent != "none" else None
    return page(
        "desk/settings.html",
        status,
        step="slack",
        steps=settings_steps(company, progress),
        progress=progress,
        number=0,
        following=None,
        company=company,
        slack=slack_hooks.view(toolbox()),
        typed=request.form if problems else {},
        wrong={f"{one.where[1]}-{one.where[0]}": words()(WRONG[one.code]) for one in problems},
        saved=request.args.get("said") == "saved",
        test=test if test is not None and test.line.kind == "slack_test" else None,
        nowhere=sent == "none",
        now=now(),
        more={"preview": slack_hooks.preview(toolbox(), locale.current(), g.viewer.zone)},
    )
