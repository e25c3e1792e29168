"""The diagnostic for one person: by a signed link, and going on where they stopped."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from questionnaire.actions.assessing import personal_links
from questionnaire.actions.respond import resume
from questionnaire.actions.respond.resume import PartialResponse
from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.publishing import publications
from questionnaire.storage.tables import PartialResponseRow, ResponseRow
from tests.authored import authored
from tests.web.client import ANNA, ANSWERS, PAGE, SLUG, Clock, answered, press

DRAFT = "d" * 32


def link(toolbox: Toolbox, **fields: str) -> str:
    address, problems = personal_links.invite(toolbox, SLUG, fields, toolbox.now())
    assert problems == ()
    return address.removeprefix("http://localhost")


def resume_link(toolbox: Toolbox, *, known: str = "", **typed: str) -> str:
    from questionnaire.actions.respond import acceptance

    publication = acceptance.get_publication(toolbox, SLUG)
    assert publication is not None
    given = {name: [value] for name, value in typed.items()}
    partial = PartialResponse(publication.survey, "en", DRAFT, typed=given, at=("industry",), known=known)
    resume.save(toolbox, partial, toolbox.now())
    with toolbox.database.reading() as session:
        return resume.resume_link(toolbox, session.get_one(PartialResponseRow, DRAFT)).removeprefix("http://localhost")


def told_to_the_script(page: str) -> dict[str, Any]:
    block = re.search(r'<script type="application/json" id="survey">(.+?)</script>', page, re.DOTALL)
    assert block
    told: dict[str, Any] = json.loads(block[1])
    return told


def newest(toolbox: Toolbox) -> ResponseRow:
    with toolbox.database.reading() as session:
        return session.exec(select(ResponseRow)).all()[-1]


def test_a_personal_page_is_kept_by_nobody_and_told_to_nobody(client: FlaskClient, toolbox: Toolbox) -> None:
    response = client.get(link(toolbox, email=ANNA["email"]))
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "ETag" not in response.headers


def test_what_the_link_knows_is_not_asked(client: FlaskClient, toolbox: Toolbox) -> None:
    page = client.get(link(toolbox, email=ANNA["email"], company="Nordwind", employees="50_199")).text
    assert 'name="email"' not in page
    assert 'name="company"' not in page
    assert 'name="employees"' not in page
    assert 'name="first_name"' in page
    assert f"This link is for {ANNA['email']}." in page
    assert f"We’ll email the report link to {ANNA['email']}" in page
    assert told_to_the_script(page)["known"] == {
        "email": ANNA["email"],
        "company": "Nordwind",
        "employees": "50_199",
    }


def test_a_branch_may_rest_on_what_the_link_knows(client: FlaskClient, toolbox: Toolbox) -> None:
    page = client.get(link(toolbox, timeline="lt_3m")).text
    assert told_to_the_script(page)["known"] == {"timeline": "lt_3m"}
    assert 'name="budget"' in page


def test_answers_by_a_signed_link_are_of_a_confirmed_person(client: FlaskClient, toolbox: Toolbox) -> None:
    address = link(toolbox, email=ANNA["email"], trigger_event="new_sales_head", employees="50_199")
    form = {name: value for name, value in answered().items() if name not in ("email", "employees")}
    assert client.post(address, data=form).status_code == 303
    row = newest(toolbox)
    assert row.contact["email"] == ANNA["email"]
    assert row.answers["employees"] == "50_199"
    assert row.hidden == {"trigger_event": "new_sales_head"}
    assert row.confirmed_at is not None


def test_a_forged_link_fills_in_and_proves_nothing(client: FlaskClient, toolbox: Toolbox) -> None:
    address = link(toolbox, email=ANNA["email"], trigger_event="new_sales_head")[:-2] + "xx"
    page = client.get(address).text
    assert f'value="{ANNA["email"]}"' in page
    assert "This link is for" not in page
    client.post(address, data=answered())
    row = newest(toolbox)
    assert (row.hidden, row.claims, row.confirmed_at) == ({}, {"trigger_event": "new_sales_head"}, None)


def test_a_signed_link_works_without_a_script(client: FlaskClient, toolbox: Toolbox) -> None:
    address = link(toolbox, **ANNA, **{name: ANSWERS[name] for name in ("employees", "industry", "buying_role")})
    response = client.get(address)
    for _ in range(6):
        asked = set(re.findall(r'data-name="([a-z_]+)"', response.text.split("<template")[0]))
        assert not asked & {"employees", "industry", "buying_role", *ANNA}
        response = press(client, response, {name: ANSWERS[name] for name in asked if name in ANSWERS})
        if response.status_code == 303:
            break
    assert response.status_code == 303
    assert newest(toolbox).contact["company"] == ANNA["company"]


def test_a_mailed_link_goes_on_where_somebody_stopped(client: FlaskClient, toolbox: Toolbox) -> None:
    response = client.get(resume_link(toolbox, employees="50_199"))
    assert response.headers["Cache-Control"] == "private, no-store"
    told = told_to_the_script(response.text)
    assert (told["at"], told["personal"]) == ("industry", True)
    assert re.search(r'value="50_199"[^>]* checked', response.text)


def test_a_link_that_is_passed_on_never_shows_what_the_next_person_typed(client: FlaskClient, toolbox: Toolbox) -> None:
    address = resume_link(toolbox, employees="50_199")
    page = client.get(address)
    assert DRAFT not in page.text
    # With the script, under a number that the browser makes; without it, under one that is made of the form's key.
    saving = address.replace(SLUG, f"{SLUG}/save", 1)
    client.post(saving, data={"draft": "f" * 32, "employees": "1_9", "publication": f"{SLUG}@4"})
    first = press(client, page, {"employees": "1_9"})
    press(client, first, {"industry": "healthcare"})
    again = client.get(address).text
    assert re.search(r'value="50_199"[^>]* checked', again)
    assert not re.search(r'value="1_9"[^>]* checked', again)
    assert 'healthcare" selected' not in again


def test_who_finishes_by_a_mailed_link_leaves_no_draft_behind(client: FlaskClient, toolbox: Toolbox) -> None:
    address = resume_link(toolbox, employees="50_199")
    assert client.post(address, data=answered(draft="f" * 32)).status_code == 303
    with toolbox.database.reading() as session:
        assert session.exec(select(PartialResponseRow)).all() == []
    assert client.get(address).status_code == 410


def test_a_resumed_draft_keeps_its_version(client: FlaskClient, toolbox: Toolbox) -> None:
    address = resume_link(toolbox, employees="50_199")
    publish_next_version(toolbox)
    assert told_to_the_script(client.get(address).text)["publication"] == f"{SLUG}@4"
    assert told_to_the_script(client.get(PAGE + "?version=4").text)["publication"] == f"{SLUG}@4"


@pytest.mark.parametrize("version", ["99", "x", "-1", "1.5", "3" * 40])
def test_a_version_that_never_was_is_the_newest(client: FlaskClient, version: str) -> None:
    assert told_to_the_script(client.get(f"{PAGE}?version={version}").text)["publication"] == f"{SLUG}@4"


def test_a_draft_that_is_over_is_said_kindly(client: FlaskClient, toolbox: Toolbox, clock: Clock) -> None:
    address = resume_link(toolbox, employees="50_199")
    clock.pass_(days=31)
    response = client.get(address)
    assert response.status_code == 410
    assert "These answers are no longer available" in response.text
    assert client.get(PAGE + "?resume=forged").status_code == 410


def test_a_resumed_link_keeps_what_the_invitation_knew(client: FlaskClient, toolbox: Toolbox) -> None:
    token = link(toolbox, email=ANNA["email"]).partition("k=")[2]
    page = client.get(resume_link(toolbox, known=token, employees="50_199")).text
    assert 'name="email"' not in page


def test_opening_a_personal_link_writes_nothing(client: FlaskClient, toolbox: Toolbox) -> None:
    address = resume_link(toolbox, employees="50_199")
    with toolbox.database.reading() as session:
        before = session.get_one(PartialResponseRow, DRAFT).model_dump()
    client.get(address)
    with toolbox.database.reading() as session:
        assert session.get_one(PartialResponseRow, DRAFT).model_dump() == before


def publish_next_version(toolbox: Toolbox) -> None:
    from questionnaire.settings import bundle_dir

    raw = authored((bundle_dir("surveys") / SLUG / "survey.yaml").read_text("utf-8")) | {"version": 5}
    with toolbox.database.writing() as session:
        publications.publish(session, "survey", SLUG, 5, raw, toolbox.now())
