"""Pictures are uploaded beside what they belong to: checked by content, without metadata, in the draft as one edit."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from questionnaire.actions.editing import drafts
from questionnaire.actions.editing.drafts import find_draft_of
from questionnaire.actions.editing.export import export
from questionnaire.actions.toolbox import Toolbox
from questionnaire.core.base.problems import Problem
from questionnaire.core.editing.paths import find, has, read_path
from questionnaire.library.imports.limited_process import read_picture
from tests.web.builder.draft_form import fields_of, send
from tests.web.client import SLUG, csrf

DRAFT = f"/desk/surveys/{SLUG}/draft"
PAGE = f"{DRAFT}/report?at=report/content_blocks"
PLACE = "report/content_blocks/item/image"


@pytest.fixture
def client(as_role: Callable[[str], FlaskClient]) -> FlaskClient:
    client = as_role("marketing")
    assert client.post(f"{DRAFT}/open", data={"csrf_token": csrf(client.get(DRAFT))}).status_code == 303
    send(client, client.get(PAGE), "add - report/content_blocks")
    return client


def photo(kind: str = "JPEG") -> bytes:
    file, exif = BytesIO(), Image.Exif()
    exif[0x010E] = "taken at home"
    Image.new("RGB", (1200, 400), "#7a1f5c").save(file, kind, exif=exif)
    return file.getvalue()


def upload(client: FlaskClient, content: bytes, place: str = PLACE, ratio: str = "") -> TestResponse:
    data = {**dict(fields_of(client.get(PAGE), "picture")), "picture": place, f"ratio {place}": ratio}
    files = {f"file {place}": (BytesIO(content), "a.svg")} if content else {}
    sent = client.post("/desk/surveys/picture/upload", data={**data, **files})
    assert sent.status_code == 303, sent.text
    return client.get(sent.headers["Location"])


def image(toolbox: Toolbox) -> str:
    draft = find_draft_of(toolbox, "survey", SLUG)
    assert draft is not None
    path = read_path(PLACE)
    return str(find(draft.document, path)) if has(draft.document, path) else ""


def test_a_picture_is_shown_served_without_metadata_exported_and_removed(client: FlaskClient, toolbox: Toolbox) -> None:
    page = upload(client, photo())
    name = image(toolbox)
    assert re.fullmatch(r"[0-9a-f]{32}-800x267\.webp", name)
    assert f'src="/pictures/{name}"' in page.text
    served = client.get(f"/pictures/{name}")
    assert served.content_type == "image/webp"
    assert b"taken at home" not in served.data
    exported, _problems = export(toolbox, SLUG, draft=True)
    assert exported is not None
    assert exported.pictures == {name: served.data}
    file = exported.yaml.replace(SLUG, "second").encode()
    again = drafts.open_from_file(toolbox, file, "second.yaml", "a", toolbox.now())
    assert again.draft is not None
    assert find(again.draft.document, read_path(PLACE)) == name
    upload(client, photo("PNG"), ratio="1:1")
    assert image(toolbox).endswith("-267x267.webp")
    send(client, client.get(PAGE), f"remove - {PLACE}")
    assert image(toolbox) == ""


def test_what_is_no_picture_is_refused_in_words(client: FlaskClient, toolbox: Toolbox) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    cases = {
        "can’t be read as a picture": (svg, PLACE),
        "Choose a file first": (b"", PLACE),
        "This place no longer exists": (photo(), "title"),
    }
    said = {words: html.unescape(upload(client, *sent).text) for words, sent in cases.items()}
    found = {words: words in text for words, text in said.items()}
    assert all(found.values()), found
    assert image(toolbox) == ""
    large = read_picture(b"x" * 8_000_001)
    assert isinstance(large, Problem)
    assert large.code == "picture_large"
