"""Access control: every route, method and role, from the declarations of the routes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.people import staff as people
from questionnaire.web import create_app
from questionnaire.web.http import access
from questionnaire.web.http.access import ROLES, declared, roles
from tests.web.client import PAGE, PEOPLE, submit
from tests.web.http.route_roles import EXPECTED


def _expected_roles(endpoint: str) -> frozenset[str]:
    expected = EXPECTED[endpoint]
    return frozenset(ROLES) if expected == "everybody" else frozenset(expected.split())


def test_every_route_declares_the_expected_access(app: Flask) -> None:
    actual = {
        name: ("everybody" if entry.roles == frozenset(ROLES) else " ".join(sorted(entry.roles)) or entry.kind)
        for name, entry in declared(app).items()
    }
    assert actual == EXPECTED


def _requests(app: Flask) -> list[tuple[Rule, str, str]]:
    requests = []
    for rule in app.url_map.iter_rules():
        values: dict[str, Any] = dict.fromkeys(rule.arguments, "nothing-such")
        with app.test_request_context():
            address = app.url_for(rule.endpoint, **values)
        requests += [(rule, method, address) for method in sorted((rule.methods or set()) & {"GET", "POST"})]
    return requests


def test_a_signed_out_visitor_is_redirected_to_sign_in_on_every_staff_page(app: Flask) -> None:
    for rule, method, address in _requests(app):
        response = app.test_client().open(address, method=method)
        is_sign_in = response.status_code == 303 and response.headers["Location"].startswith("/sign-in")
        staff_only = EXPECTED[rule.endpoint] not in ("public", "signed_link")
        assert is_sign_in is staff_only or rule.endpoint == "home", (method, address, response.status)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_its_own_pages_and_no_others(
    app: Flask, as_role: Callable[[str], FlaskClient], role: str
) -> None:
    client = as_role(role)
    for rule, method, address in _requests(app):
        if rule.endpoint == "auth.sign_out" or EXPECTED[rule.endpoint] in ("public", "signed_link"):
            continue
        status = client.open(address, method=method).status_code
        if role not in _expected_roles(rule.endpoint):
            assert status == 403, (method, address, status)
        else:
            # 303: where everybody begins. 400: the CSRF token is missing. 403 for sent mail: outside the demo only some
            # roles may see it.
            allowed = (200, 202, 303, 400, 404) if not address.startswith("/desk/mailbox") else (200, 400, 403, 404)
            assert status in allowed, (method, address, status)


BY_CODE = {
    "auth.sign_out", "desk.leads", "desk.lead", "desk.dossier", "desk.print_dossier", "desk.write_notes",
    "today.start", "today.today", "lead_acts.form", "lead_acts.perform", "lead_acts.undo", "review_pages.queue",
    "review_pages.case", "review_pages.decide", "team.team", "help_pages.contents", "help_pages.show",
}  # fmt: skip
"""What a session opens that began with a mailed code: leads, and nothing that changes an account or a setting."""


def test_a_session_that_began_with_a_mailed_code_opens_leads_only(app: Flask, toolbox: Toolbox) -> None:
    with toolbox.database.writing() as session:
        admin = people.by_email(session, PEOPLE["admin"][0])
        assert admin is not None
        people.open_session(session, "t" * 32, admin.id, toolbox.now(), toolbox.now() + timedelta(hours=1), "code")
    client = app.test_client()
    client.set_cookie("questionnaire-session", "t" * 32)
    for rule, method, address in _requests(app):
        if EXPECTED[rule.endpoint] in ("public", "signed_link") or rule.endpoint == "auth.sign_out":
            continue
        answer = client.open(address, method=method)
        is_refused = answer.status_code == 303 and "code=1" in answer.headers["Location"]
        assert is_refused is (rule.endpoint not in BY_CODE), (method, address, answer.status)


def test_every_staff_post_without_csrf_token_is_refused(app: Flask, as_role: Callable[[str], FlaskClient]) -> None:
    client = as_role("admin")
    for rule, method, address in _requests(app):
        if method == "POST" and EXPECTED[rule.endpoint] not in ("public", "signed_link"):
            assert client.post(address).status_code == 400, address


def test_an_app_with_an_undeclared_route_does_not_start(toolbox: Toolbox, monkeypatch: pytest.MonkeyPatch) -> None:
    real = access.install

    def with_a_hole(app: Flask, *rest: object) -> None:
        app.add_url_rule("/hole", "hole", lambda: Response(""))
        real(app, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(access, "install", with_a_hole)
    with pytest.raises(RuntimeError, match="hole"):
        create_app(toolbox)


def test_declaring_an_unknown_role_raises() -> None:
    with pytest.raises(ValueError, match="boss"):
        roles("boss")


def test_a_rep_gets_404_for_leads_of_others(
    app: Flask, client: FlaskClient, as_role: Callable[[str], FlaskClient]
) -> None:
    submit(client, country="GB", email="tom@harbor.example", key="another", company="Harbor")
    lena, ines = as_role("rep"), as_role("manager")
    assert "Harbor" not in lena.get("/desk").text
    mine = ines.get("/desk").text
    assert "Harbor" in mine
    address = mine.split('href="/desk/leads/')[1].split('"')[0]
    assert ines.get(f"/desk/leads/{address}").status_code == 200
    assert lena.get(f"/desk/leads/{address}").status_code == 404
    assert lena.get(f"/desk/leads/{address}/dossier.pdf").status_code == 404
    assert app.test_client().get(PAGE).status_code == 200
