"""On the way: screens that are saved, links that are mailed, slips, haste, and where somebody comes from."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import select

from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.db import engine
from questionnaire.storage.db.errors import DatabaseUnavailable
from questionnaire.storage.delivery import job_queue
from questionnaire.storage.tables import DeliveryRow, JobRow, PartialResponseRow, ResponseRow, VisitRow
from tests.web.client import ANNA, ANSWERS, PAGE, Clock, answered, hidden_fields, press

SAVE, RESUME = f"{PAGE}/save", f"{PAGE}/resume-link"
NUMBERS = {"draft": "d" * 32, "visit": "e" * 32}
SCRIPT = {"Accept": "application/json"}
STRANGER = {"REMOTE_ADDR": "203.0.113.9"}
ELSEWHERE = {"REMOTE_ADDR": "198.51.100.7"}


def rows(toolbox: Toolbox, table: type[Any]) -> list[Any]:
    with toolbox.database.reading() as session:
        return list(session.exec(select(table)).all())


def saved(**more: str) -> dict[str, str]:
    return {"publication": "sales-marketing-alignment@4", "lang": "en", **NUMBERS, **more}


# --- saving ------------------------------------------------------------------------------------------------------


def test_a_screen_is_saved_and_what_nobody_asked_is_left_out(client: FlaskClient, toolbox: Toolbox) -> None:
    form = saved(employees="50_199", stranger="x", seen="employees industry", at="industry")
    response = client.post(SAVE, data=form)
    assert (response.status_code, response.data) == (204, b"")
    (draft,) = rows(toolbox, PartialResponseRow)
    assert draft.fields["typed"] == {"employees": ["50_199"]}
    (visit,) = rows(toolbox, VisitRow)
    assert (visit.seen, visit.answered, visit.at) == (["employees", "industry"], ["employees"], "industry")


def test_a_frame_is_counted_as_one(client: FlaskClient, toolbox: Toolbox) -> None:
    client.post(SAVE + "?embed", data=saved(seen="employees"))
    assert rows(toolbox, VisitRow)[0].embedded is True


def test_contact_details_without_a_consent_are_not_kept(client: FlaskClient, toolbox: Toolbox) -> None:
    client.post(SAVE, data=saved(employees="50_199", email=ANNA["email"]))
    assert ANNA["email"] not in str(rows(toolbox, PartialResponseRow))
    client.post(SAVE, data=saved(employees="50_199", email=ANNA["email"], **{"consent.marketing_email": "yes"}))
    assert rows(toolbox, PartialResponseRow)[0].fields["typed"]["email"] == [ANNA["email"]]


def test_a_store_that_is_busy_is_left_in_peace(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(self: engine.Database) -> None:
        raise DatabaseUnavailable("locked")

    monkeypatch.setattr(engine.Database, "writing", busy)
    assert client.post(SAVE, data=saved(employees="50_199")).status_code == 204


def test_without_a_script_each_page_counts_too(client: FlaskClient, toolbox: Toolbox) -> None:
    first = client.get(PAGE)
    second = press(client, first, {"employees": "50_199", "industry": "saas", "buying_role": "user"})
    assert rows(toolbox, VisitRow) == []
    press(client, second, {name: ANSWERS[name] for name in ("definitions", "scoring")})
    (visit,) = rows(toolbox, VisitRow)
    assert visit.seen == [
        "employees", "industry", "buying_role", "definitions", "scoring", "response_time", "feedback",
    ]  # fmt: skip
    assert "scoring" in visit.answered


# --- a link for later --------------------------------------------------------------------------------------------


def test_a_link_for_later_is_on_its_way(client: FlaskClient, toolbox: Toolbox) -> None:
    form = {**saved(employees="50_199"), "later": "me@elsewhere.example"}
    response = client.post(RESUME, data=form, headers=SCRIPT)
    assert response.json == {
        "sent": True,
        "text": "We’re sending a link to me@elsewhere.example. It works for 30 days.",
    }
    (job,) = rows(toolbox, JobRow)
    assert (job.name, job.args["to"]) == ("mail_draft", "me@elsewhere.example")


def test_an_address_that_is_none_is_said(client: FlaskClient, toolbox: Toolbox) -> None:
    response = client.post(RESUME, data={**saved(), "later": "me"}, headers=SCRIPT)
    assert response.status_code == 422
    assert response.json == {"sent": False, "text": "Enter an email like name@company.com."}
    assert rows(toolbox, JobRow) == []


def test_without_a_script_the_page_comes_back_with_what_was_typed(client: FlaskClient, toolbox: Toolbox) -> None:
    first = press(client, client.get(PAGE), {"employees": "50_199"})
    page = press(client, first, {"employees": "50_199", "later": "me@elsewhere.example"}, "resume-link")
    assert page.status_code == 200
    assert "We’re sending a link" in page.text
    assert re.search(r'value="50_199"[^>]* checked', page.text)
    assert rows(toolbox, PartialResponseRow)[0].fields["typed"] == {"employees": ["50_199"]}


def test_nobody_is_flooded_with_links(app: Flask) -> None:
    client = app.test_client()
    form = {**saved(), "later": "victim@elsewhere.example"}
    statuses = [client.post(RESUME, data=form, headers=SCRIPT, environ_base=STRANGER).status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 429, 429]


# --- language ----------------------------------------------------------------------------------------------------


def test_without_a_script_another_language_keeps_the_answers(client: FlaskClient, toolbox: Toolbox) -> None:
    from tests.web.client import publish

    publish(toolbox, BILINGUAL)
    first = client.get("/s/both")
    second = press(client, first, {"one": "kept"})
    french = press(client, second, {"two": "aussi"}, "language/fr")
    assert "Deuxième" in french.text
    assert 'value="aussi"' in french.text
    back = press(client, french, {"two": "aussi"}, "back")
    assert "Première" in back.text
    assert 'value="kept"' in back.text


BILINGUAL = """
schema: survey/1
id: both
version: 1
policy: default
languages: [en, fr]
title: {en: Both, fr: Les deux}
pages:
  - {name: a, questions: [{name: one, type: text, title: {en: First, fr: Première}}]}
  - {name: b, questions: [{name: two, type: text, title: {en: Second, fr: Deuxième}}]}
"""


# --- slips -------------------------------------------------------------------------------------------------------


def test_a_slip_in_the_address_is_pointed_out_once(client: FlaskClient, toolbox: Toolbox) -> None:
    form = answered(email="anna@gmial.com")
    response = client.post(PAGE, data=form, headers=SCRIPT)
    assert response.status_code == 422
    assert response.json is not None
    assert response.json["hint"] == {
        "name": "email",
        "text": "Did you mean anna@gmail.com? If not, press the button again.",
        "use": "Use anna@gmail.com",
        "meant": "anna@gmail.com",
    }
    assert rows(toolbox, ResponseRow) == []
    assert "location" in (client.post(PAGE, data={**form, "sure": "anna@gmial.com"}, headers=SCRIPT).json or {})


def test_without_a_script_a_slip_is_pointed_out_on_the_page(client: FlaskClient, toolbox: Toolbox) -> None:
    page = client.post(PAGE, data=answered(email="anna@gmial.com"))
    assert page.status_code == 422
    assert "Did you mean anna@gmail.com?" in page.text
    form = {**hidden_fields(page), **ANNA, "email": "anna@gmial.com"}
    assert form["sure"] == "anna@gmial.com"
    assert client.post(PAGE, data=form).status_code == 303


# --- haste -------------------------------------------------------------------------------------------------------


def test_a_form_that_comes_faster_than_anybody_reads_is_asked_for_once_more(
    app: Flask, toolbox: Toolbox, clock: Clock
) -> None:
    client = app.test_client()
    blind = client.post(PAGE, data=answered(), environ_base=STRANGER)
    assert blind.status_code == 422
    assert "Please press the button again." in blind.text
    assert rows(toolbox, ResponseRow) == []
    clock.pass_(seconds=3)
    again = client.post(PAGE, data={**hidden_fields(blind), **ANNA}, environ_base=STRANGER)
    assert again.status_code == 303


@pytest.mark.parametrize(("took", "status"), [("300", 422), ("2000", 200), ("", 422), ("soon", 422), ("9" * 20, 422)])
def test_the_script_says_how_long_it_took(app: Flask, took: str, status: int) -> None:
    client = app.test_client()
    response = client.post(PAGE, data=answered(took=took), headers=SCRIPT, environ_base=STRANGER)
    assert response.status_code == status


def test_one_address_can_send_only_so_many_answers(app: Flask) -> None:
    client = app.test_client()
    statuses = [
        client.post(PAGE, data=answered(key=f"k{n}", took="9000"), headers=SCRIPT, environ_base=STRANGER).status_code
        for n in range(14)
    ]
    assert statuses == [200] * 12 + [429] * 2
    # Whoever the address belongs to answers from somewhere else, and is not kept out.
    mine = client.post(PAGE, data=answered(key="mine", took="9000"), headers=SCRIPT, environ_base=ELSEWHERE)
    assert mine.status_code == 200


# --- where somebody comes from -----------------------------------------------------------------------------------


def test_first_and_last_touch_are_kept_with_the_response(client: FlaskClient, toolbox: Toolbox) -> None:
    source = json.dumps({"first": {"utm_source": "fair"}, "last": {"gclid": "abc", "email": "x@y.example"}})
    client.post(PAGE, data=answered(source=source))
    assert rows(toolbox, ResponseRow)[0].source == {"first": {"utm_source": "fair"}, "last": {"gclid": "abc"}}


def test_without_a_script_the_address_says_it(client: FlaskClient, toolbox: Toolbox) -> None:
    client.post(PAGE + "?utm_source=news&utm_campaign=autumn", data=answered())
    (row,) = rows(toolbox, ResponseRow)
    touch = {"utm_source": "news", "utm_campaign": "autumn"}
    assert row.source == {"first": touch, "last": touch}
    assert row.claims == touch


def test_without_a_script_the_address_fills_in_later_pages_and_ticks_no_consent(client: FlaskClient) -> None:
    address = PAGE + "?definitions=shared&company=Nordwind&consent.marketing_email=yes"
    page = press(client, client.get(address), {"employees": "50_199", "industry": "saas", "buying_role": "user"})
    assert re.search(r'name="definitions" value="shared"[^>]* checked', page.text)
    for _ in range(3):
        asked = re.findall(r'data-name="([a-z_]+)"', page.text)
        typed = {name: ANSWERS[name] for name in asked if name in ANSWERS and name != "definitions"}
        page = press(client, page, {**typed, "definitions": "shared"})
    assert 'value="Nordwind"' in page.text
    assert not re.search(r"consent[^>]* checked", page.text)


def test_the_worker_mails_the_link_asked_for_and_the_link_brings_the_answers_back(
    toolbox: Toolbox, client: FlaskClient
) -> None:
    from questionnaire.jobs.registry import JOB_TYPES

    client.post(RESUME, data={**saved(employees="50_199"), "later": "me@elsewhere.example"}, headers=SCRIPT)
    with toolbox.database.writing() as session:
        (job,) = job_queue.due_jobs(session, tuple(JOB_TYPES), toolbox.now(), 10)
    JOB_TYPES[job.name].do(toolbox, job.args, f"{job.key}#0")
    (mail,) = rows(toolbox, DeliveryRow)
    assert mail.recipient == "me@elsewhere.example"
    (link,) = set(re.findall(r"http://localhost(/s/\S+resume=\S+)", mail.payload["text"]))
    assert re.search(r'value="50_199"[^>]* checked', client.get(link).text)
