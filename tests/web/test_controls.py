"""Every question type has a page that works: shown, refused in words, taken in."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from questionnaire.actions.publishing import publish_version
from questionnaire.actions.toolbox import Toolbox
from questionnaire.settings import bundle_dir
from tests.web.client import authored, hidden_fields, press

FEATURES = sorted(bundle_dir("surveys").glob("features/*.yaml"))
SURVEYS = [path for path in FEATURES if path.read_text("utf-8").count("schema: survey/1")]


@pytest.fixture(params=SURVEYS, ids=lambda path: path.stem)
def slug(request: pytest.FixtureRequest, toolbox: Toolbox) -> str:
    """A tiny published survey of one feature."""
    for path in FEATURES:
        raw: dict[str, Any] = authored(path.read_text("utf-8"))
        kind: Any = str(raw.get("schema", "")).partition("/")[0]
        if kind == "policy" or path == request.param:
            assert publish_version.publish(toolbox, kind, raw, toolbox.now()) is None
    return str(authored(request.param.read_text("utf-8"))["id"])


def test_every_feature_is_shown_and_an_empty_page_is_answered_in_words(client: FlaskClient, slug: str) -> None:
    page = client.get(f"/s/{slug}")
    assert page.status_code == 200
    response = press(client, page)
    assert response.status_code in (200, 422)
    if response.status_code == 422:
        assert 'class="wrong"' in response.text


def test_nonsense_in_every_field_is_never_a_failure(client: FlaskClient, slug: str) -> None:
    first = client.get(f"/s/{slug}")
    names = set(re.findall(r' name="([a-z_.]+)"', first.text)) - {
        "homepage",
        "state",
        "step",
        "page",
        "publication",
        "lang",
    }
    for nonsense in ("zzz", "-1e999", "٣", "\x00", "<b>", "9" * 400, "2026-13-45"):
        body = {
            **dict.fromkeys(names, nonsense),
            "page": hidden_fields(first)["page"],
            "shown": hidden_fields(first)["shown"],
        }
        for extra in ({}, {"key": "k" + nonsense[:5]}):
            assert client.post(f"/s/{slug}", data={**body, **extra}).status_code in (200, 303, 422)
