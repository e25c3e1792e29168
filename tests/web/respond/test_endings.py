"""Endings and required consents: with the script and without it, what is stored and what it makes of a lead."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from questionnaire.actions.respond import judgement, resume
from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.tables import ConsentRow, JobRow, LeadRow, ResponseRow
from tests.web.client import press, publish

SURVEY = """
schema: survey/1
id: fit-check
version: 1
policy: default
title: Fit check
display: {mode: by_page, gate: %s}
embed: {allowed_origins: ["https://www.nordlicht.example"]}
pages:
  - name: one
    questions:
      - {name: size, type: number, title: How many are you?, required: true}
      - {name: role, type: text, title: Your role, required: true}
  - name: two
    show_if: {size: {gte: 50}}
    questions:
      - {name: tools, type: multiple_choice, title: Tools,
         choices: [{value: crm, text: CRM}, {value: none, text: None}]}
      - {name: plan, type: single_choice, title: Plan, choices: [{value: soon, text: Soon},
          {value: roll, text: Roll-out, show_if: {tools: crm}}]}
  - name: three
    questions: [{name: note, type: text, title: Anything else?}]
endings:
  - {name: too_small, when: {size: {lt: 5}}, title: "Not yet, {{role|friend}}", text: "Come **back** later.",
     url: "https://www.nordlicht.example/start", label: Read our guide}
contact:
  fields: [{name: email, type: email, required: true},
    {name: phone, type: phone, show_if: {%s}}]
  consents:
    - {name: terms, basis: consent, required: true, text: I agree to the terms}
    - {name: us, basis: consent, text: US notice, show_if: {email: {known: false}}}
"""
PAGE = "/s/fit-check"
SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def survey(toolbox: Toolbox) -> None:
    publish(toolbox, SURVEY % ("before_result", "size: {gte: 50}"))


def rows(toolbox: Toolbox, table: type) -> list:  # type: ignore[type-arg]  # any table
    with toolbox.database.reading() as session:
        return list(session.exec(select(table)).all())


def send(client: FlaskClient, **typed: str) -> dict[str, Any]:
    body = {"publication": "fit-check@1", "key": "k1", "took": "60000", "visit": "a" * 32, **typed}
    return client.post(PAGE, data=body, headers=SCRIPT).get_json()  # type: ignore[no-any-return]  # JSON


@pytest.mark.usefixtures("survey")
def test_an_ending_stores_what_was_answered_and_makes_no_lead(client: FlaskClient, toolbox: Toolbox) -> None:
    reply = send(client, size="3", role="Ada", note="dropped", email="ada@nordwind.example")
    assert reply["ending"] == "too_small"
    (row,) = rows(toolbox, ResponseRow)
    assert (row.ending, row.answers, row.contact) == ("too_small", {"size": 3, "role": "Ada"}, {})
    judgement.judge_response(toolbox, row.id)
    assert rows(toolbox, LeadRow) == []
    assert rows(toolbox, ConsentRow) == []
    assert {job.name for job in rows(toolbox, JobRow)} == {"judge"}
    found = resume.dropoff(toolbox, "fit-check")
    assert found is not None
    figures = found[1]
    assert (figures.completed, figures.ended, figures.gate) == (0, {"too_small": 1}, 0)
    assert not [step for step in figures.steps if step.left]
    page = client.get(str(reply["location"]))
    assert "Not yet, <bdi>Ada</bdi></h1>" in page.text
    assert "<strong>back</strong>" in page.text
    assert 'href="https://www.nordlicht.example/start"' in page.text
    assert client.get(f"{reply['location']}/report.pdf").status_code == 404
    assert client.post(f"{reply['location']}/report.pdf").status_code == 404


@pytest.mark.usefixtures("survey")
def test_the_page_of_an_ending_may_be_framed_where_the_survey_may(client: FlaskClient) -> None:
    body = {"publication": "fit-check@1", "key": "k1", "took": "60000", "size": "3", "role": "Ada"}
    reply = client.post(PAGE + "?embed", data=body, headers=SCRIPT).get_json()
    page = client.get(reply["location"])
    assert "frame.js" in page.text
    assert "https://www.nordlicht.example" in page.headers["Content-Security-Policy"]


@pytest.mark.usefixtures("survey")
def test_without_a_script_an_ending_comes_when_its_page_is_left(client: FlaskClient, toolbox: Toolbox) -> None:
    again = press(client, client.get(PAGE), {"size": "3", "role": "Ada"})
    assert again.status_code == 200
    assert ">Continue</button>" in again.text
    done = press(client, again, {"size": "3", "role": "Ada"})
    assert done.status_code == 303
    assert "Not yet, Ada" in client.get(done.headers["Location"]).text
    (row,) = rows(toolbox, ResponseRow)
    assert row.ending == "too_small"


@pytest.mark.usefixtures("survey")
def test_without_a_script_parts_show_page_by_page(client: FlaskClient, toolbox: Toolbox) -> None:
    first = client.get(PAGE)
    assert "of about" not in first.text.split("<template")[0].split('id="where"')[1][:60]
    small = press(client, first, {"size": "9", "role": "Ada"})
    assert "Anything else?" in small.text
    assert "Page 2 of 2" in small.text
    large = press(client, first, {"size": "60", "role": "Ada"})
    assert "Roll-out" not in large.text
    opened = press(client, large, {"tools": "crm", "plan": "soon"})
    assert "more to answer on this page" in opened.text
    assert "Roll-out" in opened.text
    third = press(client, opened, {"tools": "crm", "plan": "roll"})
    gate = press(client, third, {"note": ""})
    assert 'name="phone"' in gate.text
    assert "US notice" in gate.text
    refused = press(client, gate, {"email": "ada@nordwind.example"})
    assert "Please tick this box to continue." in refused.text
    assert 'href="#q-consent-terms"' in refused.text
    assert "US notice" not in refused.text
    done = press(client, refused, {"email": "ada@nordwind.example", "consent.terms": "yes"})
    assert done.status_code == 303
    (row,) = rows(toolbox, ResponseRow)
    assert (row.ending, row.answers["plan"]) == (None, "roll")
    assert [(one.name, one.granted) for one in rows(toolbox, ConsentRow)] == [("terms", True)]


@pytest.mark.usefixtures("survey")
def test_a_required_consent_is_asked_for_in_words(client: FlaskClient) -> None:
    reply = send(client, size="9", role="Ada", email="ada@nordwind.example")
    assert reply["problems"] == [{"name": "consent.terms", "text": "Please tick this box to continue."}]
    whole = client.get(PAGE).text
    assert "Required: without it, we can’t process your answers." in whole


@pytest.mark.usefixtures("survey")
def test_nothing_of_a_hidden_field_is_stored(client: FlaskClient, toolbox: Toolbox) -> None:
    reply = send(
        client, size="9", role="Ada", email="ada@nordwind.example", phone="much too wrong", **{"consent.terms": "yes"}
    )
    assert "location" in reply
    (row,) = rows(toolbox, ResponseRow)
    assert set(row.contact) == {"email"}


def test_who_was_known_already_stays_a_lead(client: FlaskClient, toolbox: Toolbox) -> None:
    publish(toolbox, SURVEY % ("before_start", "email: {known: true}"))
    whole = {"size": "9", "role": "Ada", "email": "ada@nordwind.example", "consent.terms": "yes"}
    send(client, **whole)
    (first,) = rows(toolbox, ResponseRow)
    judgement.judge_response(toolbox, first.id)
    (lead,) = rows(toolbox, LeadRow)
    for key, address in (("k2", "ada@nordwind.example"), ("k3", "eve@nordwind.example")):
        reply = send(client, **{**whole, "size": "3", "key": key, "email": address})
        assert reply["ending"] == "too_small"
    for row in rows(toolbox, ResponseRow):
        judgement.judge_response(toolbox, row.id)
    assert [one.id for one in rows(toolbox, LeadRow)] == [lead.id]
    ended = {row.contact["email"]: row.lead_id for row in rows(toolbox, ResponseRow) if row.ending}
    assert ended == {"ada@nordwind.example": lead.id, "eve@nordwind.example": None}
