"""Webhooks in the settings: the endpoints, and one page for each. A secret is shown once, when it was made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from questionnaire.actions import company_settings
from questionnaire.actions.delivery import outbox_view
from questionnaire.actions.integrations import webhook_endpoints
from questionnaire.actions.people import first_setup
from questionnaire.core.base.problems import Problem
from questionnaire.core.base.translation import gettext_noop as _
from questionnaire.core.delivery.webhook_events import EVENT_GROUPS, EVENT_TYPES
from questionnaire.web.desk.settings_steps import settings_steps
from questionnaire.web.http import rate_limits
from questionnaire.web.http.access import ADMIN, roles
from questionnaire.web.http.context import now, toolbox
from questionnaire.web.http.rendering import page, words

LONGEST = 2100
WRONG: Mapping[str, str] = {
    "url": _("Enter a web address like https://crm.company.com/hooks/leads."),
    "user": _("Leave user name and password out of the URL. The signature shows who sends."),
    "http": _("Begin with https. Whoever runs the server can allow http for one host in QUESTIONNAIRE_OUTBOUND_HOSTS."),
    "port": _("Only port 443 is allowed. Whoever runs the server can allow another in QUESTIONNAIRE_OUTBOUND_HOSTS."),
    "address": _(
        "This host is inside a network. Whoever runs the server can allow it in QUESTIONNAIRE_OUTBOUND_HOSTS."
    ),
    "webhook_events": _("Choose at least one event."),
    "webhook_most": _("That’s more than 20 endpoints. Delete one that you no longer need."),
}

blueprint = Blueprint("webhook_settings", __name__)


@blueprint.get("/desk/settings/webhooks")
@roles(ADMIN)
def show() -> Response:
    return _page()


@blueprint.post("/desk/settings/webhooks")
@roles(ADMIN)
@rate_limits.answers
def add() -> AnyResponse:
    """`key` is that of the form: pressed twice, it is one endpoint, whose secret was shown by the first press."""
    key = request.form.get("key", "")
    if not (len(key) == 32 and key.isalnum() and key.isascii()):
        abort(400)
    url = request.form.get("url", "")[:LONGEST].strip()
    secret, problems = webhook_endpoints.add(toolbox(), key, url, _events(), now())
    if problems:
        return _page(problems, 422)
    if not secret:
        return redirect(url_for("webhook_settings.endpoint", endpoint_id=key), 303)
    return _endpoint_page(key, secret)


@blueprint.get("/desk/settings/webhooks/<endpoint_id>")
@roles(ADMIN)
def endpoint(endpoint_id: str) -> Response:
    return _endpoint_page(endpoint_id)


@blueprint.post("/desk/settings/webhooks/<endpoint_id>")
@roles(ADMIN)
@rate_limits.answers
def change(endpoint_id: str) -> AnyResponse:
    """One of the buttons of an endpoint's page (`do`)."""
    if webhook_endpoints.endpoint(toolbox(), endpoint_id) is None:
        abort(404)
    does = request.form.get("do", "")[:20]
    if does == "rotate":
        return _endpoint_page(endpoint_id, webhook_endpoints.rotate(toolbox(), endpoint_id, now()))
    if does == "delete":
        webhook_endpoints.delete(toolbox(), endpoint_id)
        return redirect(url_for("webhook_settings.show", said="deleted"), 303)
    if does == "test":
        webhook_endpoints.send_test(toolbox(), endpoint_id, now())
        return redirect(url_for("webhook_settings.endpoint", endpoint_id=endpoint_id, said="test") + "#deliveries", 303)
    if does in ("on", "off"):
        webhook_endpoints.switch(toolbox(), endpoint_id, on=does == "on", now=now())
    elif problems := webhook_endpoints.choose_events(toolbox(), endpoint_id, _events()):
        return _endpoint_page(endpoint_id, problems=problems, status=422)
    return redirect(url_for("webhook_settings.endpoint", endpoint_id=endpoint_id, said="saved"), 303)


def _events() -> list[str]:
    return [name[:50] for name in request.form.getlist("events")[:100]]


def _page(problems: tuple[Problem, ...] = (), status: int = 200) -> Response:
    return _settings_page(
        "webhooks",
        problems,
        status,
        endpoints=webhook_endpoints.endpoints(toolbox()),
        chosen=_events() if problems else list(EVENT_TYPES),
        key=toolbox().new_id(),
    )


def _endpoint_page(
    endpoint_id: str, secret: str = "", *, problems: tuple[Problem, ...] = (), status: int = 200
) -> Response:
    view = webhook_endpoints.endpoint(toolbox(), endpoint_id)
    if view is None:
        abort(404)
    return _settings_page(
        "webhook",
        problems,
        status,
        endpoint=view,
        secret=secret,
        chosen=_events() if problems else list(view.events),
        deliveries=outbox_view.of_endpoint(toolbox(), endpoint_id),
    )


def _settings_page(step: str, problems: tuple[Problem, ...], status: int, **shown: Any) -> Response:
    progress = first_setup.progress(toolbox())
    company = company_settings.company(toolbox(), fresh=True)
    said = words()
    return page(
        "desk/settings.html",
        status,
        step=step,
        steps=settings_steps(company, progress),
        progress=progress,
        number=0,
        following=None,
        company=company,
        groups=[(said(title), [(name, said(what)) for name, what in events]) for title, events in EVENT_GROUPS],
        typed=request.form if problems else {},
        wrong={str(one.where[0]): said(_sentence(one)) for one in problems},
        saved=request.args.get("said") == "saved",
        said=request.args.get("said", "")[:10],
        now=now(),
        more={},
        **shown,
    )


def _sentence(problem: Problem) -> str:
    """A URL is refused for one of several reasons, named in `where`."""
    return WRONG[str(problem.where[1])] if problem.code == "webhook_url" else WRONG[problem.code]
