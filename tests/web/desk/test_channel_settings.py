"""Slack and webhooks under Settings: secrets go in, one comes out once, and none is in pages or logs."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import structlog
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from questionnaire import bootstrap
from questionnaire.actions import channel_settings
from questionnaire.actions.delivery import outbox_view
from questionnaire.actions.integrations import webhook_endpoints
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.delivery.outbound_rules import read_allowed_host
from questionnaire.jobs.execute import perform
from questionnaire.jobs.registry import JOB_TYPES
from questionnaire.storage.delivery import job_queue
from questionnaire.web import create_app
from tests.http_receiver import Receiver, Reply, open_receiver
from tests.web.client import Clock, Inspecting, csrf, sign_in

Desk = Callable[[str], FlaskClient]
SLACK, WEBHOOKS = "/desk/settings/slack", "/desk/settings/webhooks"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with open_receiver() as opened:
        yield opened


@pytest.fixture
def box(toolbox: Toolbox, receiver: Receiver) -> Toolbox:
    host = read_allowed_host(receiver.host)
    assert host is not None
    return replace(toolbox, settings=replace(toolbox.settings, outbound_hosts=(host,)))


@pytest.fixture
def admin(box: Toolbox) -> FlaskClient:
    app = create_app(box)
    app.test_client_class = Inspecting
    return sign_in(app, "admin")


def _send(admin: FlaskClient, path: str, **form: object) -> TestResponse:
    return admin.post(path, data={"csrf_token": csrf(admin.get(path)), **form})


def _key(page: TestResponse) -> str:
    found = re.search(r'name="key" value="([0-9a-z]{32})"', page.text)
    assert found is not None
    return found[1]


def _work(box: Toolbox) -> None:
    """Does the jobs of channels that are due."""
    for name in ("announce", "deliver"):
        with box.database.writing() as session:
            jobs = job_queue.due_jobs(session, (name,), box.now(), 50)
            for job in jobs:
                job_queue.claim(session, job)
        for job in jobs:
            perform(box, JOB_TYPES, job.key, job.turn, job.claims)


def _added(admin: FlaskClient, receiver: Receiver) -> tuple[str, str]:
    """The page of a new endpoint, and its secret as it was shown."""
    form = admin.get(WEBHOOKS)
    key, events = _key(form), ["lead.mql", "lead.scored"]
    entered = {"csrf_token": csrf(form), "key": key, "url": receiver.url("/hook"), "events": events}
    added = admin.post(WEBHOOKS, data=entered)
    (secret,) = re.findall(r"whsec_[A-Za-z0-9+/=]{32}", added.text)
    assert admin.post(WEBHOOKS, data=entered).headers["Location"].endswith(f"/{key}"), "pressed twice is one endpoint"
    return f"{WEBHOOKS}/{key}", secret


def test_an_endpoint_is_added_its_secret_shown_once_and_a_test_is_seen_with_what_was_sent(
    admin: FlaskClient, box: Toolbox, receiver: Receiver
) -> None:
    page, secret = _added(admin, receiver)
    assert "whsec_" not in admin.get(page).text + admin.get(WEBHOOKS).text
    assert _send(admin, page, do="test").status_code == 303
    _work(box)
    (request,) = receiver.requests
    assert "webhook.test" in request.body.decode()
    assert "webhook.test" in admin.get(page).text
    (line,) = outbox_view.of_endpoint(box, page.rpartition("/")[2])
    letter = html.unescape(admin.get(f"/desk/mailbox/{line.id}").text)
    assert '"type": "webhook.test"' in letter
    assert request.headers["webhook-id"] in letter
    assert secret not in letter
    assert "Webhook, 127.0.0.1" in admin.get("/desk/mailbox").text


def test_an_endpoint_is_rotated_switched_changed_and_deleted(
    admin: FlaskClient, receiver: Receiver, clock: Clock
) -> None:
    page, secret = _added(admin, receiver)
    (new,) = re.findall(r"whsec_[A-Za-z0-9+/=]{32}", _send(admin, page, do="rotate").text)
    assert new != secret
    assert "Signs too until" in admin.get(page).text
    clock.at += timedelta(hours=25)
    assert "Signs too until" not in admin.get(page).text
    _send(admin, page, do="off")
    assert "Switched off" in admin.get(page).text
    _send(admin, page, do="on")
    assert "Switched off" not in admin.get(page).text
    assert _send(admin, page, do="save").status_code == 422, "an endpoint needs an event"
    assert _send(admin, page, do="save", events=["lead.mql"]).status_code == 303
    _send(admin, page, do="delete")
    assert admin.get(page).status_code == 404
    assert admin.post(page, data={"csrf_token": csrf(admin.get(WEBHOOKS)), "do": "test"}).status_code == 404


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("crm", "Enter a web address"),
        ("http://crm.example/", "Begin with https"),
        ("https://crm.example:8443/", "Only port 443"),
        ("https://me:pw@crm.example/", "Leave user name and password out"),
        ("https://169.254.169.254/", "inside a network"),
    ],
)
def test_a_url_that_may_not_be_used_is_explained_and_kept(admin: FlaskClient, url: str, sentence: str) -> None:
    page = _send(admin, WEBHOOKS, key="a" * 32, url=url, events=["lead.mql"])
    assert page.status_code == 422
    assert sentence in page.text
    assert f'value="{url}"' in page.text


def test_a_hook_of_slack_is_saved_tested_and_never_shown(admin: FlaskClient, box: Toolbox, receiver: Receiver) -> None:
    hook = receiver.url("/services/T1/B1/geheim")
    sent = _send(admin, SLACK, **{"hook-company": hook, "shows": "link", "do": "test"})
    _work(box)
    assert [request.path for request in receiver.requests] == ["/services/T1/B1/geheim"]
    page = admin.get(sent.headers["Location"])
    assert "Slack took it." in page.text
    assert "A hook is saved" in page.text
    assert "geheim" not in page.text
    assert 'value="link" checked' in page.text
    wrong = _send(admin, SLACK, **{"hook-company": "https://10.0.0.1/geheim", "member-staff": "x"})
    assert wrong.status_code == 422
    assert "the URL of a hook" in wrong.text
    assert "geheim" not in wrong.text
    _send(admin, SLACK, **{"remove-company": "on"})
    assert channel_settings.channels(box).slack.hook == ""
    nowhere = _send(admin, SLACK, do="test")
    assert "No hook is saved" in admin.get(nowhere.headers["Location"]).text


def test_neither_a_hook_nor_a_secret_comes_up_in_the_log(
    admin: FlaskClient, box: Toolbox, receiver: Receiver, capfd: pytest.CaptureFixture[str]
) -> None:
    bootstrap.start_log(replace(box.settings, log_level="debug"))
    hook = receiver.url("/services/geheim-hook")
    _send(admin, SLACK, **{"hook-company": hook})
    form = admin.get(WEBHOOKS)
    key, url = _key(form), receiver.url("/geheim-url")
    endpoint = {"csrf_token": csrf(form), "key": key, "url": url, "events": ["lead.mql"]}
    (secret,) = re.findall(r"whsec_([A-Za-z0-9+/=]{32})", admin.post(WEBHOOKS, data=endpoint).text)
    for receiver.reply in (Reply(), Reply(500, b"geheim"), Reply(404, b"no_service geheim")):
        _send(admin, SLACK, do="test")
        webhook_endpoints.send_test(box, key, box.now())
        _work(box)
    with box.database.writing() as session:
        box.queue.enqueue(session, "announce", "announce:broken", {"type": "x", "at": secret, "facts": {}})
    _work(box)
    structlog.reset_defaults()
    said = "".join(capfd.readouterr())
    assert '"event": "job_failed"' in said
    assert [word for word in ("geheim", secret, "127.0.0.1", "ada@") if word in said] == []
