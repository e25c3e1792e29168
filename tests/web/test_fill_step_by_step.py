"""The diagnostic without the script: one POST per page, the state signed in the form."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlmodel import col, func, select
from werkzeug.test import TestResponse

from questionnaire.actions.publishing import closing
from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.db import engine
from questionnaire.storage.db.errors import DatabaseUnavailable
from questionnaire.storage.tables import FormStateRow, ResponseRow
from tests.web.client import ANNA, ANSWERS, PAGE, SLUG, Clock, follow, hidden_fields, press, publish


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
    for page in (response, client.get(response.request.full_path)):
        assert "Check 2 answers" in page.text
        assert 'value="10_49" checked' in page.text


def test_back_shows_the_page_before_with_its_answers(client: FlaskClient) -> None:
    first = client.get(PAGE)
    second = press(client, first, ANSWERS)
    assert "definitions" in _asked(second)
    back = press(client, second, to="back")
    assert _asked(back) == ["employees", "industry", "buying_role"]
    assert 'value="50_199" checked' in back.text


def test_a_survey_of_one_page_gets_its_key_from_the_first_post(client: FlaskClient, toolbox: Toolbox) -> None:
    publish(toolbox, SHORT)
    first = follow(client, client.post("/s/short-one", data={"how": "good", "shown": "how"}))
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
    first = follow(client, client.post("/s/short-one", data={"how": "good", "shown": "how"}))
    publish(toolbox, SHORT.replace("version: 1", "version: 2").replace("value: good", "value: fine"))
    assert client.post("/s/short-one", data={**hidden_fields(first), "how": "good"}).status_code == 303
    with toolbox.database.reading() as session:
        assert session.exec(select(col(ResponseRow.survey_version))).one() == 1


# --- pages that Back and Reload repeat ---------------------------------------------------------------------------

BROKEN = {**ANNA, "email": "anna@", "last_name": "von Keller"}


def _gate(client: FlaskClient, address: str = f"{PAGE}/start") -> TestResponse:
    """The contact step, reached by a visitor without scripts."""
    response = client.get(address, follow_redirects=True)
    while "email" not in _asked(response):
        response = press(client, response, {name: ANSWERS[name] for name in _asked(response)})
    return response


def test_the_page_after_a_post_is_a_get_that_changes_nothing(client: FlaskClient, toolbox: Toolbox) -> None:
    first = client.get(f"{PAGE}/start", follow_redirects=True)
    with toolbox.database.reading() as session:
        assert session.exec(select(FormStateRow)).all() == []
    second = press(client, first, ANSWERS)
    assert second.request.method == "GET"
    assert second.headers["Cache-Control"] == "private, no-cache"
    assert second.headers["Referrer-Policy"] == "no-referrer"
    assert second.headers["X-Robots-Tag"].startswith("noindex")
    again = client.get(second.request.full_path)
    assert _asked(again) == _asked(second)


def test_the_first_page_belongs_to_the_form_too(client: FlaskClient) -> None:
    first = client.get(f"{PAGE}/start", follow_redirects=True)
    second = press(client, first, ANSWERS)
    third = press(client, second, {name: ANSWERS[name] for name in _asked(second)})
    # The browser's Back, twice: the first page as it was cached, and what is sent from it.
    changed = press(client, first, {**ANSWERS, "employees": "10_49"})
    assert _asked(changed) == _asked(second)
    assert f'value="{ANSWERS["scoring"]}" checked' in changed.text
    assert 'value="10_49" checked' in client.get(first.request.full_path).text
    assert client.get(third.request.full_path).status_code == 200


def test_a_refused_last_step_keeps_every_word_until_it_is_sent(client: FlaskClient, toolbox: Toolbox) -> None:
    gate = _gate(client)
    refused = press(client, gate, BROKEN)
    assert "Check one answer" in refused.text
    assert 'value="anna@"' in refused.text
    assert 'value="von Keller"' in refused.text
    done = press(client, refused, {**BROKEN, "email": ANNA["email"]})
    assert done.headers["Location"].startswith("/r/")
    with toolbox.database.reading() as session:
        assert session.exec(select(FormStateRow)).all() == []


def test_back_from_the_result_says_that_the_answers_were_sent(client: FlaskClient) -> None:
    gate = _gate(client)
    press(client, gate, ANNA)
    back = client.get(gate.request.full_path)
    assert back.status_code == 410
    assert "You’ve already sent your answers" in back.text
    assert ANNA["email"] not in back.text


def test_a_day_later_the_page_itself_still_brings_everything(
    client: FlaskClient, toolbox: Toolbox, clock: Clock
) -> None:
    gate = _gate(client)
    clock.pass_(hours=25)
    assert client.get(gate.request.full_path).status_code == 410
    assert press(client, gate, ANNA).headers["Location"].startswith("/r/")
    assert stored(toolbox) == 1


def test_without_a_database_the_page_comes_back_with_what_was_typed(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get(f"{PAGE}/start", follow_redirects=True)
    second = press(client, first, ANSWERS)

    def busy(self: engine.Database) -> None:
        raise DatabaseUnavailable("locked")

    with monkeypatch.context() as patch:
        patch.setattr(engine.Database, "writing", busy)
        third = press(client, second, {name: ANSWERS[name] for name in _asked(second)})
    assert third.request.method == "POST"
    assert "timeline" in _asked(third)
    # What came while nothing could be stored is newer than what is stored.
    back = press(client, third, {"timeline": "lt_3m"}, to="back")
    assert f'value="{ANSWERS["scoring"]}" checked' in back.text


def test_nobody_chooses_the_address_of_another_persons_form(client: FlaskClient) -> None:
    assert client.get(f"{PAGE}/form/chosen-by-somebody/start").status_code == 410
    assert client.get(f"{PAGE}/form/not.signed/start").status_code == 410
    fresh = client.get(f"{PAGE}/start").headers["Location"]
    followed = client.get(fresh, headers={"Sec-Fetch-Site": "cross-site"})
    assert (followed.status_code, followed.headers["Location"]) == (303, PAGE)


def test_a_visitor_without_scripts_brings_the_campaign_along(client: FlaskClient) -> None:
    page = client.get(f"{PAGE}?utm_source=ads&ref=7").get_data(as_text=True)
    assert f'<noscript><meta http-equiv="refresh" content="0;url={PAGE}/start?lang=en"></noscript>' in page
    referrer = {"Referer": f"http://localhost{PAGE}?utm_source=ads&ref=7"}
    response = client.get(f"{PAGE}/start?lang=en", headers=referrer)
    assert response.headers["Location"].endswith("/start?utm_source=ads&ref=7")
    elsewhere = client.get(f"{PAGE}/start?lang=en", headers={"Referer": "https://other.example/s/x?utm_source=ads"})
    assert elsewhere.headers["Location"].endswith("/start?lang=en")


def test_a_survey_closed_meanwhile_is_said_to_be_closed(client: FlaskClient, toolbox: Toolbox) -> None:
    second = press(client, client.get(f"{PAGE}/start", follow_redirects=True), ANSWERS)
    closing.close(toolbox, SLUG, toolbox.now())
    assert "This diagnostic is closed" in client.get(second.request.full_path).text
