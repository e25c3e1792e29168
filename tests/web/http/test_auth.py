"""Sign-in, sessions and sign-out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.db.engine import Database
from questionnaire.storage.people import staff
from questionnaire.web import create_app
from tests.web.client import PAGE, PASSWORD, PEOPLE, Clock, Inspecting, csrf, make_toolbox


def _enter(client: FlaskClient, email: str, password: str, **more: str) -> int:
    form = {"csrf_token": csrf(client.get("/sign-in")), "email": email, "password": password, **more}
    return client.post("/sign-in", data=form).status_code


def test_the_right_password_leads_to_the_desk(client: FlaskClient) -> None:
    assert _enter(client, "LENA@nordlicht.example ".strip(), PASSWORD) == 303
    assert "Lena Vogt" in client.get("/desk").text


def test_the_password_hash_has_the_cost_that_owasp_recommends(product_hasher: PasswordHasher) -> None:
    """Argon2id with 19 MiB and two passes at least; the other tests hash with less."""
    assert product_hasher.type.name == "ID"
    assert product_hasher.memory_cost >= 19 * 1024
    assert product_hasher.time_cost >= 2


@pytest.mark.parametrize(
    ("browser", "language", "heading"),
    [("de-DE,de,en", "en", "Sign in to your account"), ("de,fr;q=0.9", "fr", "Connectez-vous à votre compte")],
)
def test_the_sign_in_page_has_a_language_of_the_staff(
    client: FlaskClient, browser: str, language: str, heading: str
) -> None:
    for response in (client.get("/sign-in", headers={"Accept-Language": browser}),
                     client.get("/desk", headers={"Accept-Language": browser}, follow_redirects=True)):  # fmt: skip
        assert f'<html lang="{language}">' in response.text
        assert heading in response.text


@pytest.mark.parametrize("email", ["lena@nordlicht.example", "nobody@nordlicht.example"])
def test_a_wrong_password_and_an_unknown_address_get_the_same_response(client: FlaskClient, email: str) -> None:
    form = {"csrf_token": csrf(client.get("/sign-in")), "email": email, "password": "wrong"}
    response = client.post("/sign-in", data=form)
    assert response.status_code == 422
    assert "That email and password don’t match" in response.text
    assert f'value="{email}"' in response.text
    assert "wrong" not in response.text.split("<main")[1].replace('id="wrong"', "").replace('by="wrong"', "")


def test_sign_in_redirects_to_the_requested_page(client: FlaskClient) -> None:
    door = client.get("/desk/mailbox").headers["Location"]
    assert door == "/sign-in?next=/desk/mailbox"
    form = {"csrf_token": csrf(client.get(door)), "email": PEOPLE["ops"][0], "password": PASSWORD}
    assert client.post("/sign-in", data={**form, "next": "/desk/mailbox"}).headers["Location"] == "/desk/mailbox"


@pytest.mark.parametrize(
    "address", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "\\\\evil.example"]
)
def test_sign_in_never_redirects_to_another_site(client: FlaskClient, address: str) -> None:
    form = {"csrf_token": csrf(client.get("/sign-in")), "email": PEOPLE["ops"][0], "password": PASSWORD}
    assert client.post("/sign-in", data={**form, "next": address}).headers["Location"] == "/desk/start"


def _session(client: FlaskClient) -> str:
    cookie = client.get_cookie("questionnaire-session")
    assert cookie
    return cookie.value


def test_each_sign_in_starts_a_new_session_and_ends_the_old_one(
    app: Flask, as_role: Callable[[str], FlaskClient]
) -> None:
    client = as_role("rep")
    old = _session(client)
    assert _enter(client, PEOPLE["rep"][0], PASSWORD) == 303
    assert _session(client) != old
    thief = app.test_client()
    thief.set_cookie("questionnaire-session", old)
    assert thief.get("/desk").status_code == 303


def test_signing_out_ends_the_session_on_the_server_too(app: Flask, as_role: Callable[[str], FlaskClient]) -> None:
    client = as_role("rep")
    kept = _session(client)
    assert client.post("/sign-out", data={"csrf_token": csrf(client.get("/desk"))}).status_code == 303
    thief = app.test_client()
    thief.set_cookie("questionnaire-session", kept)
    assert thief.get("/desk").status_code == 303


def test_a_new_password_ends_every_session(as_role: Callable[[str], FlaskClient], toolbox: Toolbox) -> None:
    client = as_role("rep")
    with toolbox.database.writing() as session:
        person = staff.by_rep(session, "lena")
        assert person
        staff.set_password(session, person.id, "another hash")
    assert client.get("/desk").status_code == 303


def test_a_session_ends_after_a_week(as_role: Callable[[str], FlaskClient], clock: Clock) -> None:
    client = as_role("rep")
    clock.pass_(days=6)
    assert client.get("/desk").status_code == 200
    clock.pass_(days=2)
    assert client.get("/desk").status_code == 303


def test_a_sign_in_without_csrf_token_gets_an_error_page(client: FlaskClient) -> None:
    response = client.post("/sign-in", data={"email": PEOPLE["rep"][0], "password": PASSWORD})
    assert response.status_code == 400
    assert "This page has expired" in response.text


def test_the_session_cookie_is_httponly_and_samesite(client: FlaskClient) -> None:
    form = {"csrf_token": csrf(client.get("/sign-in")), "email": PEOPLE["rep"][0], "password": PASSWORD}
    cookies = client.post("/sign-in", data=form).headers.getlist("Set-Cookie")
    [session] = [cookie for cookie in cookies if cookie.startswith("questionnaire-session=")]
    assert "HttpOnly" in session
    assert "SameSite=Lax" in session


def test_sign_in_without_a_password_is_refused_outside_the_demo(client: FlaskClient, toolbox: Toolbox) -> None:
    page = client.get("/sign-in")
    assert "Demo" not in page.text
    with toolbox.database.reading() as session:
        person = staff.by_rep(session, "lena")
    assert person
    assert client.post("/sign-in", data={"csrf_token": csrf(page), "person": person.id}).status_code == 422


@pytest.fixture
def demo(database: Database, clock: Clock) -> FlaskClient:
    app = create_app(make_toolbox(database, clock, DEMO="1"))
    app.test_client_class = Inspecting
    return app.test_client()


def test_a_visitor_of_the_demo_signs_in_with_one_click(demo: FlaskClient) -> None:
    page = demo.get("/sign-in")
    assert "Lena Vogt" in page.text
    person = page.text.split('name="person" value="')[1].split('"')[0]
    assert demo.post("/sign-in", data={"csrf_token": csrf(page), "person": person}).status_code == 303
    assert "This is a demo." in demo.get("/desk").text
    assert demo.get("/desk/mailbox").status_code == 200


def test_the_front_page_of_the_demo_links_to_a_survey_and_the_desk(demo: FlaskClient) -> None:
    page = demo.get("/").text
    assert f'href="{PAGE}"' in page
    assert 'href="/desk"' in page
