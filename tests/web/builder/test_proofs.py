"""The search for problems of a draft: it runs in the worker, for the newest revision, and stands beside its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from questionnaire.actions.editing import draft_check, drafts, history, proofs
from questionnaire.actions.editing.drafts import Draft
from questionnaire.actions.toolbox import Toolbox
from tests.searches import search_drafts
from tests.web.client import SLUG, Clock

DRAFT = f"/desk/surveys/{SLUG}/draft"
MO = "mo@nordlicht.example"
TIMELINE = "pages/project/questions/timeline"
NEVER = {"all": [{"industry": "saas"}, {"industry": "other"}]}


@pytest.fixture
def client(as_role: Callable[[str], FlaskClient], toolbox: Toolbox, clock: Clock) -> FlaskClient:
    drafts.open_from_version(toolbox, "survey", SLUG, MO, clock())
    return as_role("marketing")


def draft_of(toolbox: Toolbox) -> Draft:
    draft = drafts.find_draft_of(toolbox, "survey", SLUG)
    assert draft is not None
    return draft


def write(toolbox: Toolbox, clock: Clock, path: str, value: object) -> None:
    edit = {"edit": "set", "path": path, "value": value}
    draft = draft_of(toolbox)
    assert drafts.edit(toolbox, draft.id, draft.revision, [edit], MO, clock()).problems == ()


def proved(client: FlaskClient) -> int:
    return int(client.get(f"{DRAFT}/proof").get_json()["revision"])


def test_the_word_of_the_search_comes_beside_its_place(client: FlaskClient, toolbox: Toolbox, clock: Clock) -> None:
    assert "Checking paths…" in client.get(DRAFT).text
    assert proved(client) == -1
    search_drafts(toolbox)
    assert "All paths of this state are searched." in client.get(DRAFT).text
    write(toolbox, clock, f"{TIMELINE}/show_if", NEVER)
    assert "No one can see this" not in client.get(f"{DRAFT}?at={TIMELINE}").text
    search_drafts(toolbox)
    assert proved(client) == 1
    page = client.get(f"{DRAFT}?at={TIMELINE}").text
    assert "No one can see this: its condition is never true." in page
    assert "data-waiting" not in page


def test_an_earlier_word_stays_until_the_new_one_comes_as_far_as_its_place_exists(
    client: FlaskClient, toolbox: Toolbox, clock: Clock
) -> None:
    write(toolbox, clock, f"{TIMELINE}/show_if", NEVER)
    search_drafts(toolbox)
    write(toolbox, clock, f"{TIMELINE}/title", "When?")
    page = client.get(f"{DRAFT}?at={TIMELINE}").text
    assert "No one can see this" in page
    assert "Checking paths…" in page
    write(toolbox, clock, f"{TIMELINE}/show_if", {"industry": "saas"})
    search_drafts(toolbox)
    assert "No one can see this" not in client.get(f"{DRAFT}?at={TIMELINE}").text


def test_only_the_newest_revision_is_searched(
    client: FlaskClient, toolbox: Toolbox, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(toolbox, clock, f"{TIMELINE}/title", "When?")
    write(toolbox, clock, f"{TIMELINE}/title", "When now?")
    history.undo(toolbox, draft_of(toolbox).id, MO, clock())
    searched: list[bool] = []
    real = draft_check.check_document

    def watched(box: Toolbox, document: Any, *, proofs: bool = False) -> Any:
        searched.append(proofs)
        return real(box, document, proofs=proofs)

    monkeypatch.setattr(proofs, "check_document", watched)
    assert [args["revision"] for args in search_drafts(toolbox)] == [0, 1, 2, 3]
    assert searched.count(True) == 1
    assert proved(client) == 3


def test_with_errors_nothing_is_searched_and_the_page_does_not_wait(
    client: FlaskClient, toolbox: Toolbox, clock: Clock
) -> None:
    write(toolbox, clock, f"{TIMELINE}/criterion", "gone")
    assert "Paths are searched once the errors are mended." in client.get(DRAFT).text
