"""The diagnostic without the script: one POST per page, the state signed in the form."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlmodel import col, func, select
from werkzeug.test import TestResponse

from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.tables import ResponseRow
from tests.web.client import ANNA, ANSWERS, PAGE, SLUG, hidden_fields, press, publish


def stored(toolbox: Toolbox) -> int:
    with toolbox.database.reading() as session:
        return int(session.execute(select(func.count()).select_from(ResponseRow)).scalar_one())


def _asked(response: TestResponse) -> list[str]:
    """What a browser without scripts shows: the template is not part of the page for it."""
    page = response.text.split("<template")[0]
    return list(dict.fromkeys(re.findall(r'data-name="([a-z_]+)"', page)))


def _walk(client: FlaskClient, answers: dict[str, str]) -> tuple[list[list[str]], TestResponse]:
    response = client.get(PAGE)
    seen = []
    for _ in range(10):
        asked = _asked(response)
        seen.append(asked)
        response = press(client, response, {name: answers[name] for name in asked if name in answers})
        if response.status_code == 303:
            break
    return seen, response


def test_without_a_script_the_survey_is_walked_page_by_page(client: FlaskClient, toolbox: Toolbox) -> None:
    seen, response = _walk(client, {**ANSWERS, **ANNA})
    assert seen == [
        ["employees", "industry", "buying_role"],
        ["definitions", "scoring", "response_time", "feedback"],
        ["timeline", "next_step"],
        ["timeline", "budget", "next_step"],
        [*list(ANNA)[:6], "phone", "linkedin"],
    ]
    assert response.status_code == 303
    assert stored(toolbox) == 1
    assert client.get(response.headers["Location"]).status_code == 200


def test_without_a_script_a_branch_that_does_not_open_is_not_asked(client: FlaskClient) -> None:
    seen, response = _walk(client, {**ANSWERS, **ANNA, "timeline": "none"})
    assert not [page for page in seen if "budget" in page]
    assert response.status_code == 303


def test_without_a_script_the_gate_shows_the_score_before_it_asks_who_you_are(client: FlaskClient) -> None:
    response = client.get(PAGE)
    for page in ("company", "practice", "project"):
        response = press(client, response, {**ANSWERS, "page": page})
    gate = press(client, response, ANSWERS) if "budget" in _asked(response) else response
    assert '<p class="teaser"><strong>33</strong>' in gate.text


def test_without_a_script_an_open_question_is_said_and_what_was_typed_stays(client: FlaskClient) -> None:
    first = client.get(PAGE)
    response = press(client, first, {"employees": "10_49"})
    assert response.status_code == 422
    assert "Check 2 answers" in response.text
    assert 'value="10_49" checked' in response.text


def test_back_shows_the_page_before_with_its_answers(client: FlaskClient) -> None:
    first = client.get(PAGE)
    second = press(client, first, ANSWERS)
    assert "definitions" in _asked(second)
    back = press(client, second, to="back")
    assert _asked(back) == ["employees", "industry", "buying_role"]
    assert 'value="50_199" checked' in back.text


def test_a_survey_of_one_page_gets_its_key_from_the_first_post(client: FlaskClient, toolbox: Toolbox) -> None:
    publish(toolbox, SHORT)
    first = client.post("/s/short-one", data={"how": "good", "shown": "how"})
    assert first.status_code == 200
    assert stored(toolbox) == 0
    addresses = {
        client.post("/s/short-one", data={**hidden_fields(first), "how": "good"}).headers["Location"] for _ in "12"
    }
    assert len(addresses) == 1
    assert stored(toolbox) == 1


OLD_NAMES = {"next": "next", "back": "back", "save": "save", "teaser": "teaser", "lang:fr": "language/fr"}


@pytest.mark.parametrize("old", OLD_NAMES)
def test_a_page_of_an_earlier_version_that_names_its_command_in_a_field_is_understood(
    client: FlaskClient, old: str
) -> None:
    state = {**hidden_fields(press(client, client.get(PAGE), ANSWERS)), **ANSWERS}
    before = client.post(PAGE, data={**state, "step": old})
    now = client.post(f"{PAGE}/{OLD_NAMES[old]}", data=state)
    assert (before.status_code, before.content_type) == (now.status_code, now.content_type)
    assert (_asked(before), hidden_fields(before).get("lang")) == (_asked(now), hidden_fields(now).get("lang"))


def test_every_button_keeps_what_the_address_says(client: FlaskClient) -> None:
    page = press(client, client.get(f"{PAGE}?embed&utm_source=news"), ANSWERS)
    addresses = re.findall(r'(?:form)?action="([^"]*)"', page.text)
    assert len(addresses) >= 4
    assert {one.partition("?")[2] for one in addresses} == {"embed&amp;utm_source=news"}


@pytest.mark.parametrize("command", ["next", "back", "resume-link", "language/fr"])
def test_the_address_of_a_step_opened_anew_begins_the_survey(client: FlaskClient, command: str) -> None:
    response = client.get(f"{PAGE}/{command}?embed&utm_source=news")
    assert response.status_code == 303
    assert response.headers["Location"] == f"/s/{SLUG}?embed&utm_source=news"


SHORT = """
schema: survey/1
id: short-one
version: 1
policy: default
title: A short one
display: {gate: none}
pages:
  - name: only
    questions:
      - name: how
        type: single_choice
        required: true
        title: How is it?
        choices: [{value: good, text: Good}, {value: bad, text: Bad}]
"""


@pytest.mark.parametrize("change", ["x", ""])
def test_a_tampered_state_is_a_kind_page_and_never_a_failure(client: FlaskClient, change: str) -> None:
    second = press(client, client.get(PAGE), ANSWERS)
    state = hidden_fields(second)["state"]
    broken = state[:-6] + change + state[-3:]
    response = press(client, second, {"state": broken})
    assert response.status_code == 400
    assert "This page has expired" in response.text


def test_a_new_version_does_not_disturb_who_has_begun(client: FlaskClient, toolbox: Toolbox) -> None:
    publish(toolbox, SHORT)
    first = client.post("/s/short-one", data={"how": "good", "shown": "how"})
    publish(toolbox, SHORT.replace("version: 1", "version: 2").replace("value: good", "value: fine"))
    assert client.post("/s/short-one", data={**hidden_fields(first), "how": "good"}).status_code == 303
    with toolbox.database.reading() as session:
        assert session.exec(select(col(ResponseRow.survey_version))).one() == 1
