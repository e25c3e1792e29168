"""A new installation is set up in the browser, step by step; later the same pages are its settings."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from questionnaire.actions import company_settings
from questionnaire.actions.delivery import delivery
from questionnaire.actions.people import first_setup
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.delivery.mail_server import SmtpServer
from questionnaire.notify.mail import smtp
from questionnaire.notify.result import Delivered, Failed
from questionnaire.web import create_app
from tests.web.client import PAGE, Clock, Inspecting, csrf, make_settings, sign_in

Desk = Callable[[str], FlaskClient]
SERVER = SmtpServer("smtp.nordlicht.example", 587, "starttls")


def _save(admin: FlaskClient, step: str, **form: object) -> TestResponse:
    page = admin.get(f"/desk/settings/{step}")
    return admin.post(f"/desk/settings/{step}", data={"csrf_token": csrf(page), **form})


def _begin(toolbox: Toolbox) -> None:
    with toolbox.database.writing() as session:
        first_setup.start(session, toolbox.now())


def test_the_set_up_goes_step_by_step_can_be_left_and_goes_on_where_it_was(as_role: Desk, toolbox: Toolbox) -> None:
    _begin(toolbox)
    admin = as_role("admin")
    reminded = "Set-up isn’t finished"
    assert reminded in admin.get("/desk").text
    assert reminded not in as_role("marketing").get("/desk").text
    first = admin.get("/desk/settings")
    assert "What is your company called?" in first.text
    assert "Step 1 of 6" in first.text
    asked: list[tuple[str, dict[str, object]]] = [
        ("company", {"name": "Nordlicht"}),
        ("languages", {"first": "fr", "languages": ["en"]}),
        ("email", {"sender": "hello@nordlicht.example"}),
        ("sites", {"sites": "www.nordlicht.example"}),
        ("people", {}),
    ]
    ways = [_save(admin, step, do="save", **form).headers["Location"].rpartition("/")[2] for step, form in asked]
    assert ways == ["languages", "email", "sites", "people", "survey"]
    assert "Step 6 of 6" in admin.get("/desk/settings").text
    last = admin.get("/desk/settings/survey")
    finished = admin.post("/desk/settings/finish", data={"csrf_token": csrf(last), "way": "blank"})
    assert finished.headers["Location"].endswith("/desk/surveys/new?way=blank")
    assert reminded not in admin.get("/desk").text
    # What remains is settings: without the steps that have pages of their own.
    assert admin.get("/desk/settings/survey").status_code == 404
    settings = admin.get("/desk/settings/company").text
    assert ("Step 1" in settings, "Nordlicht" in settings) == (False, True)
    assert _save(admin, "company", name="Nordlicht GmbH").headers["Location"].endswith("?said=saved")


def test_a_skipped_step_waits_and_is_marked_once_it_is_done(as_role: Desk, toolbox: Toolbox) -> None:
    _begin(toolbox)
    admin = as_role("admin")
    _save(admin, "email", sender="hello@nordlicht.example")
    assert first_setup.progress(toolbox).next_step == "company"
    assert 'class="done"' in admin.get("/desk/settings/company").text


def test_what_is_stored_counts_on_pages_in_mails_and_for_frames(
    client: FlaskClient, as_role: Desk, toolbox: Toolbox
) -> None:
    admin = as_role("admin")
    _save(admin, "company", name='Nord "licht"')
    _save(admin, "email", sender="Hello@nordlicht.example", reply_to="team@nordlicht.example")
    _save(admin, "sites", sites="www.nordlicht.example\nhttps://NORDLICHT.example/page, *.nordwind.example\n")
    _save(admin, "languages", first="fr", languages=["en", "xx"])
    assert "Nord &#34;licht&#34;" in admin.get("/desk").text
    policy = client.get(f"{PAGE}?embed").headers["Content-Security-Policy"]
    sites = "https://www.nordlicht.example https://nordlicht.example https://*.nordwind.example"
    assert f"frame-ancestors {sites} 'self'" in policy
    settings = company_settings.settings(toolbox)
    assert settings.mail_from == '"Nord licht" <hello@nordlicht.example>'
    assert settings.reply_to == "team@nordlicht.example"
    new = admin.get("/desk/surveys/new").text
    assert '<option value="fr" selected>' in new
    assert 'name="also" value="en" checked' in new


def test_another_process_reads_a_change_after_two_seconds(as_role: Desk, toolbox: Toolbox, clock: Clock) -> None:
    other = replace(toolbox, versions=type(toolbox.versions)())
    assert company_settings.theme(other).name == ""
    _save(as_role("admin"), "company", name="Nordlicht")
    assert company_settings.theme(other).name == ""
    clock.pass_(seconds=2)
    assert company_settings.theme(other).name == "Nordlicht"


def test_mistakes_are_said_at_their_field_and_nothing_is_lost(as_role: Desk) -> None:
    admin = as_role("admin")
    cases: list[tuple[str, dict[str, object], str, str]] = [
        ("company", {"name": "x" * 81}, "Use 80 characters at most.", "x" * 81),
        ("email", {"sender": "nobody"}, "Enter an email like hello@company.com.", 'value="nobody"'),
        ("email", {"reply_to": "a b"}, "Enter an email like hello@company.com.", 'value="a b"'),
        ("sites", {"sites": "www.a.example b&c"}, "“b&amp;c” isn’t the address of a site.", "www.a.example b&amp;c"),
        ("sites", {"sites": " ".join(f"a{n}.example" for n in range(51))}, "more than 50 sites", "a50.example"),
        ("languages", {"first": "xx"}, "Choose at least one language.", 'name="first"'),
    ]
    wrong = []
    for step, form, sentence, kept in cases:
        response = _save(admin, step, **form)
        if response.status_code != 422 or sentence not in response.text or kept not in response.text:
            wrong.append((step, form, response.status_code))
    assert wrong == []
    unknown = {"csrf_token": csrf(admin.get("/desk/settings"))}
    assert admin.post("/desk/settings/nothing", data=unknown).status_code == 404


def test_what_the_environment_sets_is_shown_with_its_name_and_stays(toolbox: Toolbox) -> None:
    given = make_settings(
        MAIL_FROM="Env <env@nordlicht.example>", REPLY_TO="r@nordlicht.example", EMBED_ORIGINS="https://env.example"
    )
    box = replace(toolbox, settings=given)
    app = create_app(box)
    app.test_client_class = Inspecting
    admin = sign_in(app, "admin")
    email, sites = (admin.get(f"/desk/settings/{step}").text for step in ("email", "sites"))
    for page, parts in (
        (email, ("env@nordlicht.example", "QUESTIONNAIRE_MAIL_FROM", "QUESTIONNAIRE_REPLY_TO")),
        (sites, ("https://env.example", "QUESTIONNAIRE_EMBED_ORIGINS")),
    ):
        assert [part for part in parts if part not in page] == []
    assert 'name="sender"' not in email
    admin.post("/desk/settings/email", data={"csrf_token": csrf(admin.get("/desk/settings/email")), "sender": "x@y.de"})
    assert company_settings.settings(box).mail_from == "Env <env@nordlicht.example>"
    assert company_settings.settings(box).embed_origins == ("https://env.example",)


def _send_test(admin: FlaskClient, box: Toolbox) -> str:
    """Sends one, does its job, and returns the page that says what became of it."""
    sent = _save(admin, "email", sender="hello@nordlicht.example", do="test").headers["Location"]
    assert "On its way" in admin.get(sent).text
    delivery_id = sent.partition("mail=")[2].partition("#")[0]
    with suppress(delivery.DeliveryFailed):
        delivery.deliver(box, {"delivery": delivery_id}, f"deliver:{delivery_id}#1")
    return admin.get(sent).text


def test_a_test_email_says_what_became_of_it(toolbox: Toolbox, as_role: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    box = replace(toolbox, settings=replace(toolbox.settings, smtp=SERVER))
    app = create_app(box)
    app.test_client_class = Inspecting
    server, admin = "smtp.nordlicht.example", sign_in(app, "admin")
    cases = [
        (Delivered(), (f"Accepted by {server}", "Encrypted connection")),
        (Failed("550 no such sender", retryable=False, destination_down=False),
         (f"Not accepted by {server}", "The server said: 550 no such sender")),
        (Failed("timed out", retryable=True, destination_down=True), (f"Not accepted by {server}", "timed out")),
    ]  # fmt: skip
    for answer, expected in cases:
        monkeypatch.setattr(smtp.Smtp, "send", lambda self, envelope, answer=answer: answer)
        page = _send_test(admin, box)
        assert [part for part in expected if part not in page] == []
    assert "In the outbox, because no mail server is set" in _send_test(as_role("admin"), toolbox)
    # The default sender need not be an address that anybody could write to.
    assert _save(as_role("admin"), "email", sender="questionnaire@localhost").status_code == 303
    # Nobody else's, and no other email.
    assert "Nothing sent yet" in admin.get("/desk/settings/email?mail=unknown").text


def test_somebody_is_invited_on_the_way(as_role: Desk, toolbox: Toolbox) -> None:
    _begin(toolbox)
    admin = as_role("admin")
    wrong = _save(admin, "people", email="nobody", role="marketing", do="invite")
    assert (wrong.status_code, "This isn’t an email address." in wrong.text) == (422, True)
    sent = _save(admin, "people", email="mia@nordlicht.example", role="marketing", do="invite")
    page = admin.get(sent.headers["Location"]).text
    # Without a mail server the link is handed over.
    assert "/account/" in page
    assert "No password chosen yet" in page
