"""Formulas in the builder: the names that each can use, and what it comes to for answers that are shown."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from questionnaire.actions.editing import cases, drafts
from questionnaire.actions.editing.drafts import find_draft_of
from questionnaire.actions.toolbox import Toolbox
from tests.web.builder.draft_form import send
from tests.web.client import SLUG, csrf

DRAFT = f"/desk/surveys/{SLUG}/draft"
PAGE = f"{DRAFT}?at=calculated"
TEAM = {"name": "team_size", "type": "number", "title": "How large is your team?", "label": "Team", "min": 4}
VALUES = (
    {"name": "yearly", "formula": "team_size * 52", "unit": "h"},
    {"name": "cost", "unit": "EUR", "cases": [
        {"when": {"calculated.yearly": {"gte": 1000}}, "formula": "yearly * 10"},
        {"formula": "yearly / (team_size - 4)"}]},
)  # fmt: skip


@pytest.fixture
def client(as_role: Callable[[str], FlaskClient], toolbox: Toolbox) -> FlaskClient:
    client = as_role("marketing")
    assert client.post(f"{DRAFT}/open", data={"csrf_token": csrf(client.get(DRAFT))}).status_code == 303
    edit(toolbox, {"edit": "add", "path": "pages/company/questions", "value": TEAM},
         {"edit": "set", "path": "calculated", "value": list(VALUES)})  # fmt: skip
    return client


def edit(toolbox: Toolbox, *edits: dict[str, object]) -> None:
    draft = find_draft_of(toolbox, "survey", SLUG)
    assert draft is not None
    result = drafts.edit(toolbox, draft.id, draft.revision, list(edits), "mo@nordlicht.example", toolbox.now())
    assert result.problems == ()


def results(page: TestResponse) -> list[str]:
    return [html.unescape(text) for text in re.findall(r' id="[^"]*-formula-result">([^<]*)<', page.text)]


def names(page: TestResponse) -> dict[str, str]:
    """Name -> how many calculated values come before it, "" for a name that is no calculated value."""
    return dict(re.findall(r'<li data-name="([^"]+)"(?: data-order="(\d+)")?>', page.text))


def test_a_formula_shows_what_it_comes_to_for_example_answers(client: FlaskClient) -> None:
    page = client.get(PAGE)
    assert "Results are for example answers." in page.text
    assert results(page) == [
        "Result: 208\N{NO-BREAK SPACE}h, with team_size = 4.", "",
        "Result: 2,080\N{NO-BREAK SPACE}EUR, with yearly = 208. For these answers another case counts.",
        "No result: a division by zero, or a number that is too large.",
    ]  # fmt: skip
    send(client, page, yearly__formula="team_size * 500")
    assert results(client.get(PAGE))[0] == "Result: 2,000\N{NO-BREAK SPACE}h, with team_size = 4."


def test_a_formula_that_says_nothing_yet_has_no_result_and_its_mistake_beside_it(client: FlaskClient) -> None:
    send(client, client.get(PAGE), yearly__formula="team_siz * 52")
    page = client.get(PAGE)
    assert re.search(r'<div class="note danger".*?team_siz.*?</div>', page.text, re.S), page.text
    assert results(page)[0] == ""
    send(client, page, yearly__formula="team_size *")
    assert set(results(client.get(PAGE))) == {""}


def test_the_answers_of_the_first_case_are_used_once_there_is_one(client: FlaskClient, toolbox: Toolbox) -> None:
    case = {"name": "No team", "at": "2026-10-02T10:00:00+02:00", "answers": {"employees": "50_199"}, "expect": {}}
    assert cases.add_case(toolbox, SLUG, case, "mo@nordlicht.example", toolbox.now()).problems == ()
    page = client.get(PAGE)
    assert "Results are for the case “No team”." in page.text
    assert results(page)[0] == "No result: these answers don’t say team_size."


def test_names_are_those_with_numbers_each_score_and_the_values_before(client: FlaskClient, toolbox: Toolbox) -> None:
    few, many = ({"value": name, "text": name, "number": number} for name, number in (("few", 1), ("many", 9)))
    table = {"name": "hours", "type": "matrix", "title": "Hours", "label": "Hours", "choices": [few, many],
             "rows": [{"name": "us", "text": "Us"}]}  # fmt: skip
    edit(toolbox, {"edit": "add", "path": "pages/company/questions", "value": table})
    page = client.get(PAGE)
    found = names(page)
    assert [name for name in found if not name.startswith("score.")] == [
        "team_size", "hours.us", "score", "yearly", "cost",
    ]  # fmt: skip
    assert {"score.definitions", "score.speed"} <= set(found)
    assert (found["team_size"], found["yearly"], found["cost"]) == ("", "0", "1")
    # A formula is offered the values before its own: none for the first, one for each of the others.
    assert re.findall(r'data-formula="(\d)"', page.text) == ["0", "1", "1", "1"]
    assert "<code>hours.us</code> Hours: Us" in page.text
