"""The theme page: colours with their contrast, and the survey in its own look wherever a prospect sees it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from questionnaire.actions.editing.drafts import find_draft_of
from questionnaire.actions.toolbox import Toolbox
from tests.searches import search_drafts
from tests.web.builder.draft_form import fields_of, send
from tests.web.client import SLUG, csrf

DRAFT = f"/desk/surveys/{SLUG}/draft"
PAGE = f"{DRAFT}/theme"


@pytest.fixture
def client(as_role: Callable[[str], FlaskClient]) -> FlaskClient:
    client = as_role("marketing")
    assert client.post(f"{DRAFT}/open", data={"csrf_token": csrf(client.get(DRAFT))}).status_code == 303
    return client


def theme(toolbox: Toolbox) -> object:
    draft = find_draft_of(toolbox, "survey", SLUG)
    assert draft is not None
    return draft.document.get("theme")


def test_a_form_sent_as_it_came_changes_nothing_and_a_colour_is_one_edit(client: FlaskClient, toolbox: Toolbox) -> None:
    assert send(client, client.get(PAGE)).status_code == 303
    assert theme(toolbox) is None
    send(client, client.get(PAGE), theme__accent="#7a1f5c", theme__radius="12", theme__font="serif")
    assert theme(toolbox) == {"accent": "#7a1f5c", "radius": 12, "font": "serif"}
    page = client.get(PAGE)
    assert "9.6 : 1, readable" in page.text
    for shown in (client.get(f"{DRAFT}/preview"), _result(client)):
        assert "#7a1f5c" in shown.text
    send(client, page, "remove - theme")
    assert theme(toolbox) is None


def _result(client: FlaskClient) -> TestResponse:
    typed = dict(fields_of(client.get(f"{DRAFT}/report"), "trial"))
    return client.post(f"{DRAFT}/trial/result", data=typed)


def test_a_faint_colour_is_named_drawn_readable_and_mended_with_a_click(client: FlaskClient, toolbox: Toolbox) -> None:
    send(client, client.get(PAGE), theme__accent="#f0d0a0")
    page = client.get(PAGE)
    assert "#f0d0a0 is too faint on its background: the contrast is 1.47 : 1" in html.unescape(page.text)
    assert "1.4 : 1, too faint" in page.text
    assert "#f0d0a0" not in client.get(f"{DRAFT}/preview").text
    button = re.search(r'value="(repair theme_contrast [^"]+)">Use (#[0-9a-f]{6})<', page.text)
    assert button is not None, page.text
    send(client, page, button[1])
    assert theme(toolbox) == {"accent": button[2]}
    assert "too faint" not in client.get(PAGE).text
    assert client.get(f"{DRAFT}?at=theme/accent").headers["Location"].startswith(PAGE)


def test_visitors_see_a_published_survey_in_its_own_look(client: FlaskClient, toolbox: Toolbox) -> None:
    send(client, client.get(PAGE), theme__accent="#7a1f5c")
    search_drafts(toolbox)
    page = client.get(f"{DRAFT}/publish")
    revision = re.search(r'name="revision" value="(\d+)"', page.text)
    assert revision is not None
    sent = {"csrf_token": csrf(page), "revision": revision[1], "note": "Our colour"}
    assert client.post(f"{DRAFT}/publish", data=sent).status_code == 303
    for address in (f"/s/{SLUG}?version=5", f"/s/{SLUG}?version=5&first_name=Anna"):
        assert "#7a1f5c" in client.get(address).text, address
