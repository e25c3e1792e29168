"""Every question type has a page that works: shown, refused in words, taken in."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from questionnaire.actions.publishing import publish_version
from questionnaire.actions.toolbox import Toolbox
from questionnaire.settings import bundle_dir
from tests.authored import authored
from tests.web.client import hidden_fields, press

FOLDER = bundle_dir("surveys") / "features"
SURVEYS = [path for path in sorted(FOLDER.glob("*.yaml")) if "schema: survey/1" in path.read_text("utf-8")]


@pytest.fixture(params=SURVEYS, ids=lambda path: path.stem)
def feature(request: pytest.FixtureRequest) -> dict[str, Any]:
    """A tiny survey of one feature, as its author wrote it."""
    survey: dict[str, Any] = authored(request.param.read_text("utf-8"))
    return survey


@pytest.fixture
def slug(feature: dict[str, Any], toolbox: Toolbox) -> str:
    policy = authored((FOLDER / "policy.yaml").read_text("utf-8"))
    assert publish_version.publish(toolbox, "policy", policy, toolbox.now()) is None
    assert publish_version.publish(toolbox, "survey", feature, toolbox.now()) is None
    return str(feature["id"])


WORDS = ("title", "text", "help", "unit", "placeholder", "label")


def _words(part: Any) -> Iterator[str]:
    """What the author wrote for people into questions, in the survey's first language and without marks of Markdown."""
    if isinstance(part, list):
        for one in part:
            yield from _words(one)
    elif isinstance(part, dict) and part.get("type") != "hidden":
        for key, value in part.items():
            if key == "label" and "type" in part:
                # A question's label is for its author.
                continue
            if key in WORDS:
                text = str(next(iter(value.values())) if isinstance(value, dict) else value)
                # A placeholder shows its fallback until the value is known.
                text = re.sub(r"\{\{[^|}]*\|?([^}]*)\}\}", r"\1", text)
                yield re.sub(r"\*\*|\[|\]\([^)]*\)", "", text)
            else:
                yield from _words(value)


def test_every_control_shows_what_its_author_wrote(client: FlaskClient, feature: dict[str, Any], slug: str) -> None:
    page = re.sub(r"(?s)<script.*?</script>", "", client.get(f"/s/{slug}").text)
    placeholders = re.findall(r'placeholder="([^"]*)"', page)
    said = html.unescape(" ".join([re.sub(r"<[^>]*>", "", page), *placeholders]))
    asked = [words for screen in feature["pages"] for words in _words(screen["questions"])]
    assert [words for words in asked if words not in said] == []


def test_every_feature_is_shown_and_an_empty_page_is_answered_in_words(client: FlaskClient, slug: str) -> None:
    page = client.get(f"/s/{slug}")
    assert page.status_code == 200
    response = press(client, page)
    assert response.status_code in (200, 422)
    if response.status_code == 422:
        assert 'class="field-error"' in response.text


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
