"""Unsubscribing from mail that was not requested: one press, undone as easily."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from questionnaire.actions.delivery import suppressions
from questionnaire.actions.toolbox import Toolbox
from questionnaire.notify.notification import Recipient
from tests.web.client import ANNA, Clock

TITLES = {
    "en": ("Unsubscribe from our emails", "You’re unsubscribed"),
    "fr": ("Vous désinscrire", "Désinscription confirmée"),
    "de": ("<h1>E-Mails abbestellen", "Sie sind abgemeldet"),
}


def _page(toolbox: Toolbox, language: str = "en") -> str:
    address = suppressions.unsubscribe_address(toolbox, Recipient(ANNA["email"], language), toolbox.now())
    return address.removeprefix("http://localhost")


@pytest.mark.parametrize("language", TITLES)
def test_the_page_speaks_the_language_of_the_mail_and_acts_on_a_press_only(
    client: FlaskClient, toolbox: Toolbox, language: str
) -> None:
    page, (before, after) = _page(toolbox, language), TITLES[language]
    seen = client.get(page)
    assert before in seen.text
    assert client.head(page).status_code == 200
    assert before in client.get(page).text
    assert not suppressions.is_unsubscribed(toolbox, ANNA["email"])
    assert ANNA["email"] not in seen.text
    assert seen.headers["Referrer-Policy"] == "no-referrer"
    assert after in client.post(page).text
    assert after in client.get(page).text
    assert suppressions.is_unsubscribed(toolbox, ANNA["email"])
    assert client.post(f"{page}/undo").status_code == 200
    assert not suppressions.is_unsubscribed(toolbox, ANNA["email"])


def test_a_mail_program_unsubscribes_by_itself_without_cookies_and_redirects(
    client: FlaskClient, toolbox: Toolbox
) -> None:
    answer = client.post(_page(toolbox), data={"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, "Set-Cookie" in answer.headers) == (200, False)
    assert suppressions.is_unsubscribed(toolbox, ANNA["email"].upper())


def test_a_changed_or_very_old_link_does_nothing(client: FlaskClient, toolbox: Toolbox, clock: Clock) -> None:
    page = _page(toolbox)
    clock.pass_(days=3 * 365 + 1)
    for wrong in (page, _page(toolbox)[:-1], "/u/nothing"):
        assert client.get(wrong).status_code == client.post(wrong).status_code == 404
        assert client.post(f"{wrong}/undo").status_code == 404
    assert not suppressions.is_unsubscribed(toolbox, ANNA["email"])
