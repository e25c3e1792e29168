"""States and addresses of a form without JavaScript, changed by somebody: refused in words, nothing written."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from questionnaire.actions.toolbox import Toolbox
from tests.proof.test_hostile import hidden_fields, kind, stored, typed_so_far
from tests.web.client import ANNA, PAGE, answered, follow, form_tokens


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def test_a_tampered_state_of_every_kind_is_refused_in_words(client: FlaskClient, toolbox: Toolbox) -> None:
    second = follow(client, client.post(PAGE, data={**answered(key=""), "step": "next", "page": "company"}))
    good = hidden_fields(second.text)["state"]
    before = typed_so_far(toolbox)
    assert len(before) == 1
    for bad in (
        good[:-1],
        good[1:],
        good.swapcase(),
        good + "A",
        "." * 100,
        "null",
        "[]",
        good.rpartition(".")[0],
        "\x00",
    ):
        for address in (PAGE, f"{PAGE}/next", f"{PAGE}/back"):
            response = client.post(address, data={"state": bad, "step": "next", "employees": "10_49"})
            assert "This page has expired" in kind(response, 400), bad
    assert stored(toolbox) == 0
    assert typed_so_far(toolbox) == before
    assert 'value="50_199" checked' in kind(client.get(second.request.path.replace("/practice", "/company")), 200)


def test_a_tampered_address_of_a_form_shows_nothing_of_it(client: FlaskClient, toolbox: Toolbox) -> None:
    fresh, sent = form_tokens(client)
    before = typed_so_far(toolbox)
    for good in (fresh, sent):
        assert kind(client.get(f"{PAGE}/form/{good}/contact"), 200)
        for bad in (good[:-1], good[1:], good.swapcase(), good + "A", "." * 100, "null", "x" * 5000, "%00", "%ff"):
            text = kind(client.get(f"{PAGE}/form/{bad}/contact"), 400, 404, 410, 414)
            assert ANNA["email"] not in text, bad
    assert typed_so_far(toolbox) == before
