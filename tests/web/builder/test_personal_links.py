"""Signed links made on the desk, by whoever may see every lead."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.client import ANNA, SLUG, csrf, submit

PAGE = f"/desk/surveys/{SLUG}/link"


def post(client: FlaskClient, **fields: str) -> TestResponse:
    token = csrf(client.get(PAGE))
    return client.post(PAGE, data={"csrf_token": token, **fields})


def link_on(page: TestResponse) -> str:
    found = re.search(r'<pre id="link"[^>]*>([^<]+)</pre>', page.text)
    assert found, page.text
    return html.unescape(found[1])


@pytest.mark.parametrize("role", ["marketing", "ops", "admin"])
def test_marketing_makes_a_link_that_need_not_ask_again(as_role: Callable[[str], FlaskClient], role: str) -> None:
    client = as_role(role)
    page = post(client, email=ANNA["email"], employees="50_199", trigger_event="new_sales_head")
    assert page.status_code == 200
    opened = client.get(link_on(page).removeprefix("http://localhost")).text
    assert f"This link is for {ANNA['email']}." in opened
    assert 'name="employees"' not in opened


@pytest.mark.parametrize("role", ["rep", "manager"])
def test_whoever_has_no_business_with_links_does_not_get_there(
    as_role: Callable[[str], FlaskClient], role: str
) -> None:
    assert as_role(role).get(PAGE).status_code == 403


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(as_role: Callable[[str], FlaskClient]) -> None:
    page = post(as_role("marketing"), email="anna at nordwind", company="Nordwind", **{"-days": "1000"})
    assert page.status_code == 422
    assert 'id="w-email"' in page.text
    assert "Enter a number of days from 1 to 366." in page.text
    assert 'value="anna at nordwind"' in page.text
    assert 'value="Nordwind"' in page.text


def test_a_link_that_would_say_nothing_is_not_made(as_role: Callable[[str], FlaskClient]) -> None:
    page = post(as_role("marketing"))
    assert page.status_code == 422
    assert "Fill in at least one field." in page.text


def test_a_lead_we_know_fills_in_the_form(as_role: Callable[[str], FlaskClient], client: FlaskClient) -> None:
    submit(client)
    marketing = as_role("marketing")
    page = post(marketing, **{"-lead": ANNA["email"]})
    assert page.status_code == 200
    assert f'value="{ANNA["company"]}"' in page.text
    assert 'name="-lead" value=""' in page.text
    unknown = post(marketing, **{"-lead": "nobody@nordwind.example"})
    assert unknown.status_code == 422
    assert "No lead has this email address." in unknown.text


def test_there_is_no_link_to_a_survey_that_is_not_there(as_role: Callable[[str], FlaskClient]) -> None:
    assert as_role("marketing").get("/desk/surveys/nothing/link").status_code == 404
