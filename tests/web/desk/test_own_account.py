"""Everybody on the staff changes their own name, language, zone and password, and ends their sessions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from questionnaire.actions.people import own_account, staff
from questionnaire.actions.toolbox import Toolbox
from tests.web.client import PASSWORD, PEOPLE, csrf, sign_in

Desk = Callable[[str], FlaskClient]
OWN = "/desk/account"
NEW = "seven green bridges sleeping"


def _post(client: FlaskClient, path: str = OWN, **form: str) -> TestResponse:
    return client.post(path, data={"csrf_token": csrf(client.get(OWN)), **form})


def test_a_rep_changes_name_language_and_zone_and_nothing_else(as_role: Desk) -> None:
    rep = as_role("rep")
    assert "Lena Vogt" in rep.get(OWN).text
    wrong = _post(rep, name="Lena V.", language="xx", timezone="Mars/Olympus", role="admin")
    assert wrong.status_code == 422
    assert [part for part in ("Choose a language.", "Choose a time zone", "Lena V.") if part not in wrong.text] == []
    saved = _post(rep, name="Lena Vogt-Meyer", language="fr", timezone="Europe/Paris", role="admin", rep="max")
    page = rep.get(saved.headers["Location"]).text
    assert '<html lang="fr">' in page
    assert "Lena Vogt-Meyer" in page
    # The role is an admin's to change.
    assert rep.get("/desk/people").status_code == 403


def test_a_new_password_asks_for_the_old_one_and_ends_all_other_sessions(
    app: Flask, toolbox: Toolbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, elsewhere = sign_in(app, "rep"), sign_in(app, "rep")
    path, email = f"{OWN}/password", PEOPLE["rep"][0]
    guessed = _post(here, path, old="not it", password=NEW)
    assert (guessed.status_code, "This isn’t your current password." in guessed.text) == (422, True)
    weak = _post(here, path, old=PASSWORD, password="short")
    assert (weak.status_code, "Use 10 to 200 characters" in weak.text) == (422, True)
    assert elsewhere.get(OWN).status_code == 200
    changed = _post(here, path, old=PASSWORD, password=NEW)
    assert "Password changed." in here.get(changed.headers["Location"]).text
    assert elsewhere.get(OWN).status_code == 303
    assert staff.sign_in(toolbox, email, PASSWORD, toolbox.now(), None) is None
    assert staff.sign_in(toolbox, email, NEW, toolbox.now(), None) is not None
    with monkeypatch.context() as patch:
        patch.setattr(own_account, "ATTEMPTS", replace(own_account.ATTEMPTS, most=3))
        assert "Too many attempts." in _post(here, path, old="not it", password=NEW).text


def test_sessions_are_listed_and_ended_one_or_all_but_this(app: Flask) -> None:
    here, second, third, other = (sign_in(app, role) for role in ("rep", "rep", "rep", "manager"))
    page = here.get(OWN).text
    assert page.count('name="session"') == 2, "this browser’s is not offered"
    first = page.partition('name="session" value="')[2].partition('"')[0]
    _post(here, f"{OWN}/sessions", session=first)
    assert sorted(client.get(OWN).status_code for client in (second, third)) == [200, 303]
    _post(other, f"{OWN}/sessions", session="")
    _post(here, f"{OWN}/sessions", session="")
    assert [client.get(OWN).status_code for client in (here, second, third, other)] == [200, 303, 303, 200]


def test_each_role_reads_which_emails_it_gets(as_role: Desk) -> None:
    expected = {
        "rep": "A lead is assigned to you",
        "manager": "No rep can take a lead",
        "ops": "A lead needs review",
        "marketing": "A version you planned can’t be published",
        "admin": "A lead needs review",
    }
    assert [role for role, email in expected.items() if email not in as_role(role).get(OWN).text] == []
