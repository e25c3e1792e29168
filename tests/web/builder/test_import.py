"""A survey from another product, uploaded in the browser: a draft and what was left out, or a sentence why not."""

from __future__ import annotations

import html
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from questionnaire.actions.editing import import_survey
from questionnaire.web.http import security_headers
from tests.web.client import csrf

EXPORTS = Path(__file__).parents[2] / "exports"
UPLOAD = "/desk/surveys/new/upload"


@pytest.fixture
def client(as_role: Callable[[str], FlaskClient]) -> FlaskClient:
    return as_role("marketing")


def upload(client: FlaskClient, content: bytes, name: str, **more: str) -> TestResponse:
    token = csrf(client.get("/desk/surveys/new?way=import"))
    data = {"csrf_token": token, "way": "import", "file": (BytesIO(content), name), **more}
    return client.post(UPLOAD, data=data)


def test_an_export_becomes_a_draft_with_a_list_that_stays_until_it_was_read(client: FlaskClient) -> None:
    done = upload(client, (EXPORTS / "typeform-score.json").read_bytes(), "score.json")
    assert done.headers["Location"] == "/desk/surveys/how-ready-are-you/draft/import"
    notes = html.unescape(client.get(done.headers["Location"]).text)
    assert "imported from Typeform as it is" in notes
    assert "File: score.json" in notes
    assert "fields[3]" in notes
    assert "“Répondez en vidéo” was left out" in notes
    draft = "/desk/surveys/how-ready-are-you/draft"
    page = client.get(draft).text
    assert "things were left out or changed by the import." in page
    client.post(f"{draft}/import", data={"csrf_token": csrf(client.get(f"{draft}/import"))})
    assert "left out or changed by the import" not in client.get(draft).text
    assert client.get(f"{draft}/import").status_code == 200


def test_every_failure_of_an_import_has_its_sentence(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong: list[tuple[bytes, str, int, str]] = [
        (b"", "", 422, "Choose a file."),
        (b"%PDF-1.7", "a.pdf", 422, "This file is in none of these formats."),
        (b'{"title": ', "a.json", 422, "Export it again, and don’t edit it."),
    ]
    for content, name, status, sentence in wrong:
        page = upload(client, content, name)
        assert (page.status_code, sentence in html.unescape(page.text)) == (status, True), sentence
    monkeypatch.setattr(import_survey, "MAX_FILE_BYTES", 10)
    assert "This file has more than 10 MB." in upload(client, b"{" * 11, "a.json").text
    monkeypatch.setattr(import_survey, "WAIT_SECONDS", 0)
    with import_survey._turn():
        busy = upload(client, b"{}", "a.json")
        assert (busy.status_code, "Another file is being read." in busy.text) == (503, True)
    monkeypatch.setitem(security_headers.LARGE_BODIES, UPLOAD, 1000)
    large = upload(client, b"x" * 2000, "a.json")
    assert (large.status_code, "This file is too large" in large.text) == (413, True)


def test_only_the_upload_takes_a_large_request(client: FlaskClient) -> None:
    token = csrf(client.get("/desk/surveys/new?way=yaml"))
    large = b"schema: survey/1\nid: large\ntitle: Large\n#" + b"x" * security_headers.BODY_BYTES
    data = {"csrf_token": token, "way": "yaml", "file": (BytesIO(large), "survey.yaml")}
    assert client.post(UPLOAD, data=data).headers["Location"] == "/desk/surveys/large/draft"
    data = {"csrf_token": token, "way": "yaml", "file": (BytesIO(large), "survey.yaml")}
    assert client.post("/desk/surveys/new", data=data).status_code == 413
