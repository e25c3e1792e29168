"""The suppression list of administrators."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from questionnaire.actions.delivery import suppressions
from questionnaire.actions.toolbox import Toolbox
from questionnaire.actions.views import PER_PAGE
from questionnaire.storage.delivery import outbox
from tests.web.client import Clock, csrf
from tests.web.stored import store_mail

LIST = "/desk/suppressions"


def _press(admin: FlaskClient, path: str = LIST, **fields: str) -> TestResponse:
    return admin.post(path, data={"csrf_token": csrf(admin.get(LIST)), **fields}, follow_redirects=True)


def test_an_administrator_adds_finds_and_removes_an_address(as_role: Callable[[str], FlaskClient]) -> None:
    admin = as_role("admin")
    assert "No addresses yet" in admin.get(LIST).text
    assert "Enter an email like" in _press(admin, email="anna", note="by phone").text
    page = _press(admin, email="Anna@Nordwind.example", note="asked by phone").text
    for words in ("anna@nordwind.example", "Asked an administrator", "asked by phone", "One address"):
        assert words in page, words
    (entry,) = set(re.findall(r'name="entry" value="(\w+)"', page))
    assert "Not in the list" in admin.get(f"{LIST}?q=bo@nordwind.example").text
    forgotten = _press(admin, f"{LIST}/forget", entry=entry).text
    assert "anna@" not in forgotten
    assert "asked by phone" not in forgotten
    assert "Deleted address" in admin.get(f"{LIST}?q=anna%2Bx@nordwind.example").text
    assert "Address removed." in _press(admin, f"{LIST}/remove", entry=entry).text
    assert _press(admin, f"{LIST}/remove", entry=entry).status_code == 404
    assert _press(admin, f"{LIST}/forget", entry=entry).status_code == 404


def test_a_long_list_is_read_page_by_page(
    as_role: Callable[[str], FlaskClient], toolbox: Toolbox, clock: Clock
) -> None:
    for number in range(PER_PAGE + 1):
        clock.pass_(minutes=1)
        suppressions.unsubscribe(toolbox, f"p{number:03}@nordwind.example", clock())
    admin = as_role("admin")
    first = admin.get(LIST).text
    assert f"p{PER_PAGE:03}@" in first
    assert "p000@" not in first
    (after,) = re.findall(r'rel="next" href="([^"]+)"', first)
    last = admin.get(html.unescape(after)).text
    assert re.findall(r"p\d+@", last).count("p000@") == last.count("p000@") > 0
    (before,) = re.findall(r'rel="prev" href="([^"]+)"', last)
    assert admin.get(html.unescape(before)).text.count(f"p{PER_PAGE:03}@") == first.count(f"p{PER_PAGE:03}@")


def test_the_outbox_says_why_a_mail_was_held_back(
    as_role: Callable[[str], FlaskClient], toolbox: Toolbox, clock: Clock
) -> None:
    address = store_mail(toolbox, "queued")
    with toolbox.database.writing() as session:
        outbox.finish(session, "m1", "smtp", "suppressed", clock())
    page = as_role("admin").get(address).text
    for words in ("Held back: suppression list", "gets only what it asks for", f"{LIST}?q="):
        assert words in page, words
    assert LIST not in as_role("ops").get(address).text
