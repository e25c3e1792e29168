"""The form that creates personal links."""

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
def test_marketing_creates_a_link_whose_fields_are_not_asked(as_role: Callable[[str], FlaskClient], role: str) -> None:
    client = as_role(role)
    page = post(client, email=ANNA["email"], employees="50_199", trigger_event="new_sales_head")
    assert page.status_code == 200
    opened = client.get(link_on(page).removeprefix("http://localhost")).text
    assert f"This link is for {ANNA['email']}." in opened
    assert 'name="employees"' not in opened


@pytest.mark.parametrize("role", ["rep", "manager"])
def test_reps_and_managers_cannot_create_links(as_role: Callable[[str], FlaskClient], role: str) -> None:
    assert as_role(role).get(PAGE).status_code == 403


def test_an_invalid_value_shows_its_error_at_the_field_and_keeps_the_input(
    as_role: Callable[[str], FlaskClient],
) -> None:
    page = post(as_role("marketing"), email="anna at nordwind", company="Nordwind", **{"-days": "1000"})
    assert page.status_code == 422
    assert 'id="w-email"' in page.text
    assert "Enter a number of days from 1 to 366." in page.text
    assert 'value="anna at nordwind"' in page.text
    assert 'value="Nordwind"' in page.text


def test_a_link_without_values_is_not_created(as_role: Callable[[str], FlaskClient]) -> None:
    page = post(as_role("marketing"))
    assert page.status_code == 422
    assert "Fill in at least one field." in page.text


def test_the_form_is_filled_in_with_the_details_of_a_lead(
    as_role: Callable[[str], FlaskClient], client: FlaskClient
) -> None:
    submit(client)
    marketing = as_role("marketing")
    page = post(marketing, **{"-lead": ANNA["email"]})
    assert page.status_code == 200
    assert f'value="{ANNA["company"]}"' in page.text
    assert 'name="-lead" value=""' in page.text
    unknown = post(marketing, **{"-lead": "nobody@nordwind.example"})
    assert unknown.status_code == 422
    assert "No lead has this email address." in unknown.text


def test_the_link_form_of_an_unknown_survey_is_not_found(as_role: Callable[[str], FlaskClient]) -> None:
    assert as_role("marketing").get("/desk/surveys/nothing/link").status_code == 404
