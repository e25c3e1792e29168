"""What people read when something does not work."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from questionnaire.storage.db.errors import DatabaseUnavailable
from questionnaire.web.http.access import public
from questionnaire.web.http.errors import ERROR_PAGES
from tests.web.client import PAGE, answered


@pytest.fixture
def failing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], None]], FlaskClient]:
    """A client whose public page does what the test says."""

    def make(fail: Callable[[], None]) -> FlaskClient:
        @public
        def view(slug: str) -> str:
            fail()
            return slug

        monkeypatch.setitem(app.view_functions, "respond.whole", view)
        return app.test_client()

    return make


@pytest.mark.parametrize("status", sorted(ERROR_PAGES))
def test_each_refusal_says_what_happened_and_what_to_do(
    failing: Callable[[Callable[[], None]], FlaskClient], status: int
) -> None:
    response = failing(lambda: abort(status)).get(PAGE)
    assert response.status_code == status
    assert ERROR_PAGES[status].title in response.text
    assert ERROR_PAGES[status].advice.split(".")[0] in response.text
    assert "Traceback" not in response.text
    assert ("Retry-After" in response.headers) is (status in (429, 503))


def test_a_bug_is_noted_under_a_number_and_shows_nothing_of_itself(
    failing: Callable[[Callable[[], None]], FlaskClient],
) -> None:
    def fail() -> None:
        raise RuntimeError("secret detail")

    response = failing(fail).get(PAGE)
    assert response.status_code == 500
    assert "secret detail" not in response.text
    assert "quote reference" in response.text


def test_a_locked_database_is_not_now_and_keeps_what_was_typed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    from questionnaire.actions.respond import acceptance

    def busy(*_: object) -> None:
        raise DatabaseUnavailable("locked")

    monkeypatch.setattr(acceptance, "accept", busy)
    client = app.test_client()
    page = client.post(PAGE, data=answered())
    assert page.status_code == 503
    assert page.headers["Retry-After"]
    assert "Nordwind Software" in page.text
    said = client.post(PAGE, data=answered(), headers={"Accept": "application/json"})
    assert said.status_code == 503
    assert said.json
    assert said.json["title"] == ERROR_PAGES[503].title


def test_our_own_scripts_get_the_same_words_as_json(client: FlaskClient) -> None:
    response = client.get("/nothing-here", headers={"Accept": "application/json"})
    assert response.json == {"title": ERROR_PAGES[404].title, "advice": ERROR_PAGES[404].advice, "number": ""}


def test_a_wrong_method_names_the_right_ones(client: FlaskClient) -> None:
    response = client.put(PAGE)
    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]


def test_the_page_speaks_the_language_of_the_browser(client: FlaskClient) -> None:
    response = client.get("/nothing-here", headers={"Accept-Language": "fr-CA,fr;q=0.9,en;q=0.5"})
    assert '<html lang="fr">' in response.text
