"""The history of a draft in the browser: who changed what, and each change with what it did."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from questionnaire.actions.editing import drafts
from questionnaire.actions.editing.drafts import find_draft_of
from questionnaire.actions.editing.history import undo
from questionnaire.actions.toolbox import Toolbox
from tests.web.client import SLUG, csrf

DRAFT = f"/desk/surveys/{SLUG}/draft"
TITLE = "pages/practice/questions/scoring/title"
MO = "mo@nordlicht.example"


@pytest.fixture
def client(as_role: Callable[[str], FlaskClient], toolbox: Toolbox) -> FlaskClient:
    client = as_role("marketing")
    assert client.post(f"{DRAFT}/open", data={"csrf_token": csrf(client.get(DRAFT))}).status_code == 303
    for text in ("How do you rate leads?", "How do you judge leads?"):
        draft = find_draft_of(toolbox, "survey", SLUG)
        assert draft is not None
        edit = {"edit": "set", "path": TITLE, "value": text}
        assert drafts.edit(toolbox, draft.id, draft.revision, [edit], MO, toolbox.now()).problems == ()
    return client


def test_changes_are_listed_newest_first_and_each_shows_what_it_did(client: FlaskClient, toolbox: Toolbox) -> None:
    assert "History of the draft" in client.get(f"/desk/surveys/{SLUG}/versions").text
    draft = find_draft_of(toolbox, "survey", SLUG)
    assert draft is not None
    undo(toolbox, draft.id, MO, toolbox.now())
    page = client.get(f"{DRAFT}/history")
    links = re.findall(r'<li><a href="[^"]*change=(\d+)">([^<]+)</a>', html.unescape(page.text))
    assert links == [
        ("3", "Taken back: Question 5, Scoring, title"),
        ("2", "Question 5, Scoring, title"),
        ("1", "Question 5, Scoring, title"),
    ]
    assert "Mo Marketing" in page.text
    shown = client.get(f"{DRAFT}/history?change=2").text
    assert "<del>rate</del>" in shown
    assert "<ins>judge</ins>" in shown
    assert re.findall(r"history\?change=(\d)", shown) == ["1", "3"]
    assert re.findall(r"history\?change=(\d)", client.get(f"{DRAFT}/history?change=1").text) == ["2"]


def test_a_change_that_there_is_not_is_not_found_and_a_new_draft_has_no_history(
    client: FlaskClient, as_role: Callable[[str], FlaskClient]
) -> None:
    for number in ("9", "0", "x"):
        assert client.get(f"{DRAFT}/history?change={number}").status_code == 404
    assert "No changes yet." in client.get(f"{DRAFT}/history?before=1").text
    assert client.get("/desk/surveys/nothing/draft/history").status_code == 404
    assert as_role("rep").get(f"{DRAFT}/history").status_code == 403
