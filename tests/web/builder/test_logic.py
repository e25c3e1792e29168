"""The logic of a draft in the browser: its map, the shares of visitors, and its conditions as sentences."""

from __future__ import annotations

import html
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from questionnaire.actions.editing.drafts import find_draft_of
from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.responses import visits
from questionnaire.storage.tables import VisitRow
from tests.web.client import SLUG, csrf

DRAFT = f"/desk/surveys/{SLUG}/draft"


@pytest.fixture
def client(as_role: Callable[[str], FlaskClient]) -> FlaskClient:
    client = as_role("marketing")
    assert client.post(f"{DRAFT}/open", data={"csrf_token": csrf(client.get(DRAFT))}).status_code == 303
    return client


def test_conditions_are_read_aloud_and_lead_to_where_they_are_edited(client: FlaskClient) -> None:
    page = html.unescape(client.get(f"{DRAFT}/logic").text)
    assert "Question 9, Budget" in page
    assert f"{DRAFT}?at=pages/project/questions/budget" in page
    assert "Timeline is one of" in page
    assert "Shares appear once 30 people have answered." in page
    assert "skip it" not in page


def test_the_map_says_how_many_skip_a_question(client: FlaskClient, toolbox: Toolbox) -> None:
    asked = ["employees", "industry", "timeline", "budget", "next_step"]
    draft = find_draft_of(toolbox, "survey", SLUG)
    assert draft is not None
    version, today = draft.based_on or 0, toolbox.now().date()
    with toolbox.database.writing() as session:
        for number in range(40):
            seen = [name for name in asked if number >= 10 or name != "budget"]
            row = VisitRow(id=f"{number:032x}", survey_id=SLUG, survey_version=version, language="en", day=today,
                           seen=seen, answered=seen, completed=True)  # fmt: skip
            visits.note(session, row)
    page = html.unescape(client.get(f"{DRAFT}/logic").text)
    assert f"Shares of 40 visitors of the last 30 days, version {version}" in page
    assert "25% skip it" in page
