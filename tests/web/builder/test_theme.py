"""The theme page: colours with their contrast, and the survey in its own look wherever a prospect sees it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from questionnaire.actions.editing.drafts import find_draft_of
from questionnaire.actions.editing.export import export
from questionnaire.actions.toolbox import Toolbox
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


def test_visitors_see_a_published_survey_in_its_own_look(client: FlaskClient) -> None:
    send(client, client.get(PAGE), theme__accent="#7a1f5c")
    page = client.get(f"{DRAFT}/publish")
    revision = re.search(r'name="revision" value="(\d+)"', page.text)
    assert revision is not None
    sent = {"csrf_token": csrf(page), "revision": revision[1], "note": "Our colour"}
    assert client.post(f"{DRAFT}/publish", data=sent).status_code == 303
    for address in (f"/s/{SLUG}?version=5", f"/s/{SLUG}?version=5&first_name=Anna"):
        assert "#7a1f5c" in client.get(address).text, address


def _upload(client: FlaskClient, page: TestResponse, place: str, colour: str) -> str:
    """The address that shows what came of it."""
    file = BytesIO()
    Image.new("RGBA", (640, 160), colour).save(file, "PNG")
    own = {"picture": place, "key": place, "revision": "", f"file {place}": (BytesIO(file.getvalue()), "l.png")}
    data = {**dict(fields_of(page, "picture")), **own}
    answer = client.post("/desk/surveys/picture/upload", data=data)
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_logos_for_light_and_dark_are_shown_on_the_page_exported_and_removed(
    client: FlaskClient, toolbox: Toolbox
) -> None:
    page = client.get(PAGE)
    assert "No logo: the name is shown" in page.text
    _upload(client, page, "theme/dark/logo", "#f2f5f8")
    dark = theme(toolbox)
    assert isinstance(dark, dict)
    assert set(dark) == {"dark"}
    page = client.get(_upload(client, page, "theme/logo", "#16324f"))
    both = theme(toolbox)
    assert isinstance(both, dict)
    names = (both["logo"], both["dark"]["logo"])
    preview = client.get(f"{DRAFT}/preview").text
    for name, kind in zip(names, ("light-logo", "dark-logo"), strict=True):
        assert f'href="/pictures/{name}"' in page.text
        image = rf'<img src="/pictures/{name}" alt="[^"]*" class="{kind}" loading="lazy" width="640" height="160">'
        assert re.search(image, preview)
    assert "--light-logo:block;--dark-logo:none" in preview
    assert "--light-logo:none;--dark-logo:block" in preview
    exported, _problems = export(toolbox, SLUG, draft=True)
    assert exported is not None
    assert set(exported.pictures) == set(names)
    send(client, page, "remove - theme/logo")
    assert theme(toolbox) == dark
    # What holds nothing else goes with it.
    send(client, client.get(PAGE), "remove - theme")
    assert theme(toolbox) is None
