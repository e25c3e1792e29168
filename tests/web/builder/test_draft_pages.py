"""The edit page of a draft: opened, written in, undone, mended, published, with plain forms as without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from questionnaire.actions.editing.drafts import find_draft_of
from questionnaire.actions.editing.history import history
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.editing.paths import find, read_path
from tests.web.builder.draft_form import send
from tests.web.client import SLUG, csrf

DRAFT = f"/desk/surveys/{SLUG}/draft"
SCORING = "pages/practice/questions/scoring"
AT = f"{DRAFT}?at={SCORING}"


@pytest.fixture
def client(as_role: Callable[[str], FlaskClient]) -> FlaskClient:
    """Mo of marketing, with a draft of the sample survey."""
    client = as_role("marketing")
    start = client.get(DRAFT)
    assert "Start a draft" in start.text
    assert client.post(f"{DRAFT}/open", data={"csrf_token": csrf(start)}).status_code == 303
    return client


def at(toolbox: Toolbox, path: str) -> object:
    draft = find_draft_of(toolbox, "survey", SLUG)
    assert draft is not None
    return find(draft.document, read_path(path))


def test_a_form_sent_as_it_came_changes_nothing(client: FlaskClient, toolbox: Toolbox) -> None:
    for place in (SCORING, "pages/practice", "survey", "contact", "report", "dimensions", "endings", "hidden_fields"):
        page = client.get(f"{DRAFT}?at={place}")
        assert page.status_code == 200
        assert send(client, page).status_code == 303
        draft = find_draft_of(toolbox, "survey", SLUG)
        assert draft is not None
        assert draft.revision == 0, (place, [entry.change for entry in history(toolbox, draft.id)])


def test_a_text_is_saved_and_undone_by_its_name(client: FlaskClient, toolbox: Toolbox) -> None:
    saved = send(client, client.get(AT), scoring__title="How do you rate leads?")
    assert saved.status_code == 303
    assert at(toolbox, f"{SCORING}/title") == "How do you rate leads?"
    page = client.get(saved.headers["Location"])
    assert "Undo: Question 5, Scoring, title" in page.text
    assert ">Saved<" in page.text
    token = csrf(page)
    client.post(AT, data={"csrf_token": token, "do": "undo - draft"})
    assert at(toolbox, f"{SCORING}/title") == "How do you score leads?"
    assert "Redo: Question 5, Scoring, title" in client.get(AT).text
