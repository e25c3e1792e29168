"""Security headers, allowed hosts, size limits and rate limits."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from questionnaire.storage.db.engine import Database
from questionnaire.web import create_app
from tests.web.client import PAGE, Clock, csrf, follow, make_toolbox, submit


def test_the_public_page_sets_no_cookie_and_varies_by_none(client: FlaskClient) -> None:
    response = client.get(PAGE)
    assert "Set-Cookie" not in response.headers
    assert "Cookie" not in response.headers["Vary"]
    assert response.headers["Cache-Control"] == "public, max-age=300"


def test_answering_and_opening_the_result_sets_no_cookie(client: FlaskClient) -> None:
    response = client.get(submit(client))
    assert response.status_code == 200
    assert not client._cookies  # the client would have kept one


def test_the_public_page_allows_its_own_inline_blocks_by_hash_and_nothing_else(client: FlaskClient) -> None:
    policy = client.get(PAGE).headers["Content-Security-Policy"]
    assert re.search(r"script-src 'sha256-[^ ]+' 'sha256-[^ ]+';", policy)
    assert re.search(r"style-src 'sha256-[^ ]+';", policy)
    assert "nonce" not in policy


def test_personal_pages_allow_scripts_by_a_new_nonce_per_response(client: FlaskClient) -> None:
    address = submit(client)
    first, second = (client.get(address).headers["Content-Security-Policy"] for _ in range(2))
    assert "'nonce-" in first
    assert first != second


def test_only_sites_listed_by_the_survey_may_frame_its_embedded_page(client: FlaskClient) -> None:
    embedded = client.get(f"{PAGE}?embed=1")
    assert (
        "frame-ancestors https://www.nordlicht.example https://nordlicht.example"
        in (embedded.headers["Content-Security-Policy"])
    )
    assert "X-Frame-Options" not in embedded.headers
    assert "frame-ancestors 'none'" in client.get(PAGE).headers["Content-Security-Policy"]


def test_personal_pages_are_never_cached(client: FlaskClient, as_role: Callable[[str], FlaskClient]) -> None:
    result = client.get(submit(client))
    desk = as_role("manager").get("/desk")
    for response in (result, desk):
        assert response.headers["Cache-Control"] == "private, no-store"
    assert result.headers["Referrer-Policy"] == "no-referrer"
    assert result.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_an_unknown_host_is_refused(client: FlaskClient) -> None:
    assert client.get("/sign-in", headers={"Host": "evil.example"}).status_code == 400


def test_a_body_beyond_the_limit_gets_an_error_page(client: FlaskClient) -> None:
    response = client.post(PAGE, data={"employees": "x" * 300_000})
    assert response.status_code == 413
    assert "shorten the longest text" in response.text


def test_a_form_with_ten_thousand_fields_is_refused(client: FlaskClient) -> None:
    response = follow(client, client.post(PAGE, data={f"q{n}": "1" for n in range(10_000)}))
    assert response.status_code == 413 or "This form includes fields we don’t use" in response.text


def test_versioned_static_files_are_cached_as_immutable(client: FlaskClient) -> None:
    href = re.search(r'href="(/static/css/screen\.css\?v=\w+)"', client.get("/sign-in").text)
    assert href
    with client.get(href[1]) as response:
        assert "immutable" in response.headers["Cache-Control"]


@pytest.fixture
def https_app(database: Database, clock: Clock) -> Flask:
    return create_app(make_toolbox(database, clock, PUBLIC_URL="https://diagnostic.example", PROXY_HOPS="1"))


def test_over_https_cookies_are_bound_to_the_host(https_app: Flask) -> None:
    client = https_app.test_client()
    response = client.get("/sign-in", base_url="https://diagnostic.example")
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-form=")
    for flag in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert flag in cookie
    assert "Domain" not in cookie
    assert "max-age=31536000" in response.headers["Strict-Transport-Security"]


def test_too_many_sign_ins_for_one_account_get_429_and_other_accounts_do_not(
    client: FlaskClient,
) -> None:
    token = csrf(client.get("/sign-in"))
    form = {"csrf_token": token, "email": "lena@nordlicht.example", "password": "wrong"}
    statuses = [client.post("/sign-in", data=form).status_code for _ in range(10)]
    assert statuses[0] == 422
    assert statuses[-1] == 429
    other = {**form, "email": "ines@nordlicht.example"}
    assert client.post("/sign-in", data=other).status_code == 422


def test_too_many_posts_from_one_network_get_429(app: Flask) -> None:
    client = app.test_client()
    stranger = {"REMOTE_ADDR": "203.0.113.7"}
    statuses = {client.post(PAGE, data={"step": "next"}, environ_base=stranger).status_code for _ in range(605)}
    assert 429 in statuses
