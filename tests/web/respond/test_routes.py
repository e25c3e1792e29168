"""The diagnostic: one page for everybody, one POST with the script, one POST per page without it."""

from __future__ import annotations

import gzip
import html
import json
import re

import brotli
import pytest
from flask.testing import FlaskClient
from sqlmodel import func, select

from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.survey.questions.country import CODES
from questionnaire.storage.publishing import survey_statuses
from questionnaire.storage.tables import ConsentRow, LeadRow, ResponseRow
from tests.web.client import ANNA, ANSWERS, PAGE, SLUG, Clock, answered, hidden_fields, submit

INWARD = ("criterion", "level", "maturity", "emits", "flags", "points", "competitor", 'decision_maker"', 'not_now"')


def stored(toolbox: Toolbox) -> int:
    with toolbox.database.reading() as session:
        return int(session.execute(select(func.count()).select_from(ResponseRow)).scalar_one())


# --- the page --------------------------------------------------------------------------------------------------


def test_everybody_gets_the_same_bytes(client: FlaskClient, clock: Clock) -> None:
    first = client.get(PAGE)
    clock.pass_(hours=5)
    assert client.get(PAGE, headers={"Cookie": "anything=1"}).data == first.data


def test_who_has_the_page_already_is_told_so(client: FlaskClient) -> None:
    etag = client.get(PAGE).headers["ETag"]
    again = client.get(PAGE, headers={"If-None-Match": etag})
    assert again.status_code == 304
    assert not again.data


def test_the_whole_survey_fits_into_the_first_window(client: FlaskClient) -> None:
    response = client.get(PAGE, headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(response.data) <= 14_000
    smaller = client.get(PAGE, headers={"Accept-Encoding": "gzip, deflate, br, zstd"})
    assert smaller.headers["Content-Encoding"] == "br"
    assert brotli.decompress(smaller.data) == gzip.decompress(response.data)
    assert len(smaller.data) < len(response.data)
    assert smaller.headers["ETag"] != response.headers["ETag"]
    page = gzip.decompress(response.data).decode()
    assert not re.search(r"(src|href)=\"(?!data:|\\?|#)", page), "the page asks for a further file"


def test_the_browser_receives_conditions_and_words_and_nothing_of_what_an_answer_is_worth(client: FlaskClient) -> None:
    block = re.search(r'<script type="application/json" id="survey">(.+?)</script>', client.get(PAGE).text, re.DOTALL)
    assert block
    data = json.loads(block[1])
    assert set(data) == {"id", "publication", "mode", "back", "fields", "show_if", "instead", "words", "countries"}
    assert data["show_if"] == {"budget": {"timeline": {"in": ["lt_3m", "m3_6"]}}}
    assert not [word for word in INWARD if word in block[1]]
    groups = [(group[0], letter) for group in data["countries"].split() for letter in group[1:]]
    assert tuple(map("".join, groups)) == CODES


def test_an_unknown_survey_is_a_kind_page(client: FlaskClient) -> None:
    response = client.get("/s/never-published")
    assert response.status_code == 404
    assert "Page not found" in response.text


def test_a_closed_survey_says_so_and_takes_nothing(client: FlaskClient, toolbox: Toolbox) -> None:
    with toolbox.database.writing() as session:
        survey_statuses.set_state(session, SLUG, "closed", "", toolbox.now())
    assert client.get(PAGE).status_code == 410
    assert client.post(PAGE, data=answered()).status_code == 410
    assert stored(toolbox) == 0


# --- with the script -------------------------------------------------------------------------------------------


def test_one_post_brings_everything_and_leads_to_the_result(client: FlaskClient, toolbox: Toolbox) -> None:
    response = client.get(submit(client))
    assert response.status_code == 200
    assert "Where <bdi>Nordwind Software</bdi> stands" in response.text
    assert stored(toolbox) == 1


def test_the_script_is_told_where_to_go(client: FlaskClient) -> None:
    response = client.post(PAGE, data=answered(), headers={"Accept": "application/json"})
    assert response.json
    assert response.json["location"].startswith("/r/")


def test_a_double_click_is_one_response(client: FlaskClient, toolbox: Toolbox) -> None:
    assert submit(client) == submit(client)
    assert stored(toolbox) == 1


def test_the_same_key_with_other_answers_is_a_conflict_in_words(client: FlaskClient, toolbox: Toolbox) -> None:
    submit(client)
    response = client.post(PAGE, data=answered(employees="1_9"))
    assert response.status_code == 409
    assert "already sent your answers" in response.text
    assert stored(toolbox) == 1


def test_two_tabs_of_one_person_are_one_lead(client: FlaskClient, toolbox: Toolbox) -> None:
    submit(client, key="tab-one")
    submit(client, key="tab-two")
    with toolbox.database.reading() as session:
        assert session.execute(select(func.count()).select_from(LeadRow)).scalar_one() == 1
    assert stored(toolbox) == 2


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("employees", "", "Please answer this question."),
        ("employees", "a_million", "Choose an answer."),
        ("email", "anna at nordwind", "Enter an email like"),
        ("email", "", "Please fill in this field."),
        ("first_name", "A" + "\u0335" * 40, "Some characters can’t be saved"),
        ("last_name", "K" * 500, "Use up to 200 characters"),
        ("country", "XX", "Choose a country from the list."),
        ("phone", "ring me", "Enter a phone number"),
    ],
)
def test_a_mistake_is_said_at_its_field_and_nothing_typed_is_lost(
    client: FlaskClient, toolbox: Toolbox, name: str, typed: str, said: str
) -> None:
    response = client.post(PAGE, data=answered(**{name: typed}))
    assert response.status_code == 422
    assert said in html.unescape(response.text)
    assert 'role="alert"' in response.text
    assert stored(toolbox) == 0
    mended = {**hidden_fields(response), **(ANNA if name in ANNA else {name: ANSWERS[name]})}
    assert client.post(PAGE, data=mended).status_code in (200, 303)
    assert "Nordwind Software" in response.text or name in ANSWERS


def test_control_characters_are_dropped_and_the_rest_is_kept(client: FlaskClient, toolbox: Toolbox) -> None:
    submit(client, company="Nord\x00wind\x07 GmbH")
    with toolbox.database.reading() as session:
        assert session.exec(select(LeadRow)).one().company == "Nordwind GmbH"


def test_markup_in_a_name_stays_what_it_is(client: FlaskClient) -> None:
    page = client.get(submit(client, company="<b>{{ config }}</b>")).text
    assert "&lt;b&gt;{{ config }}&lt;/b&gt;" in page


def test_an_answer_of_a_hidden_branch_counts_for_nothing(client: FlaskClient, toolbox: Toolbox) -> None:
    submit(client, timeline="none", budget="allocated")
    with toolbox.database.reading() as session:
        assert "budget" not in session.exec(select(ResponseRow)).one().answers


@pytest.mark.parametrize("forged", ["score", "fit", "stage", "maturity", "employees.level"])
def test_what_nobody_asked_for_is_refused_and_the_rest_stays(
    client: FlaskClient, toolbox: Toolbox, forged: str
) -> None:
    response = client.post(PAGE, data=answered(**{forged: "100"}))
    assert response.status_code == 422
    assert "fields we don’t use" in response.text
    assert stored(toolbox) == 0
    assert client.post(PAGE, data={**hidden_fields(response), **ANNA}).status_code == 303


def test_a_field_only_machines_fill_in_asks_for_one_more_press(client: FlaskClient, toolbox: Toolbox) -> None:
    response = client.post(PAGE, data=answered(homepage="https://spam.example"))
    assert response.status_code == 422
    assert stored(toolbox) == 0
    assert client.post(PAGE, data={**hidden_fields(response), **ANNA}).status_code == 303


def test_only_ticked_consents_are_given(client: FlaskClient, toolbox: Toolbox) -> None:
    submit(client, **{"consent.marketing_email": "yes"})
    with toolbox.database.reading() as session:
        given = {row.name: row.granted for row in session.exec(select(ConsentRow)).all() if row.basis == "consent"}
    assert given == {"marketing_email": True, "tracking": False}


def test_fields_of_the_address_are_kept_as_claims(client: FlaskClient, toolbox: Toolbox) -> None:
    client.post(f"{PAGE}?utm_source=letter&gclid=ignored", data=answered())
    with toolbox.database.reading() as session:
        assert session.exec(select(ResponseRow)).one().claims == {"utm_source": "letter"}


def test_the_teaser_is_worked_out_and_nothing_is_stored(client: FlaskClient, toolbox: Toolbox) -> None:
    response = client.post(f"{PAGE}/teaser", data=ANSWERS, headers={"Accept": "application/json"})
    assert response.json == {"shown": 33, "band": "Emerging"}
    assert stored(toolbox) == 0
