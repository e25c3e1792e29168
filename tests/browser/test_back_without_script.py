"""Without JavaScript the browser's own Back, Forward and Reload work, and nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import select

from questionnaire.storage.tables import ResponseRow
from tests.browser.live import Live, open_house
from tests.web.client import publish

THREE = """
schema: survey/1
id: three
version: 1
policy: default
title: Three pages
hidden_fields: [{name: ref}]
display: {gate: before_result}
pages:
  - {name: a, questions: [{name: one, type: text, title: First, required: true}]}
  - {name: b, questions: [{name: two, type: text, title: "Second after {{one}}", required: true}]}
  - {name: c, questions: [{name: three, type: long_text, title: Third}]}
contact:
  fields: [{name: email, type: email, required: true}, {name: first_name, type: text}]
"""


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with open_house(tmp_path_factory.mktemp("live")) as opened:
        publish(opened.toolbox, THREE)
        yield opened


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 780})
    yield context.new_page()
    context.close()


def forward(page: Page, name: str, text: str) -> None:
    page.locator(f"[name={name}]").fill(text)
    page.locator("#go").click()


def shows(page: Page, name: str, text: str) -> None:
    expect(page.locator(f"[name={name}]")).to_have_value(text)


def walk_to_and_fro(page: Page, live: Live) -> None:
    page.goto(live.address + "/s/three?utm_source=ads&ref=partner-7")
    expect(page).to_have_url(re.compile(r"/form/.*\?utm_source=ads&ref=partner-7$"))
    forward(page, "one", "alpha")
    expect(page.locator(".title").first).to_contain_text("Second after alpha")
    forward(page, "two", "beta")
    forward(page, "three", "gamma\nand more")
    page.locator("[name=first_name]").fill("Anna, not sent yet")
    for name, text in (("three", "gamma\nand more"), ("two", "beta"), ("one", "alpha")):
        page.go_back()
        shows(page, name, text)
    # From the very first page, changed: what was typed on the later ones is still there.
    forward(page, "one", "omega")
    expect(page.locator(".title").first).to_contain_text("Second after omega")
    shows(page, "two", "beta")
    page.reload()
    shows(page, "two", "beta")
    forward(page, "two", "beta 2")
    shows(page, "three", "gamma\nand more")
    page.go_back()
    shows(page, "two", "beta 2")
    page.go_forward()
    page.locator("#go").click()


def test_back_forward_and_reload_lose_nothing(page: Page, live: Live) -> None:
    walk_to_and_fro(page, live)
    forward(page, "email", "anna@")
    expect(page.locator("#summary")).to_contain_text("Check one answer")
    shows(page, "email", "anna@")
    page.reload()
    shows(page, "email", "anna@")
    forward(page, "email", "anna@nordwind.example")
    expect(page).to_have_url(re.compile("/r/"))
    result = page.url
    # What was sent is sent: once more gives the same result, and the server has kept no copy to show.
    page.go_back()
    page.locator("#go").click()
    expect(page).to_have_url(result)
    page.go_back()
    page.reload()
    expect(page.locator("h1")).to_have_text("You’ve already sent your answers")
    with live.toolbox.database.reading() as session:
        row = session.exec(select(ResponseRow)).one()
    assert row.answers == {"one": "omega", "two": "beta 2", "three": "gamma\nand more"}
    assert row.claims == {"ref": "partner-7"}
    assert row.source["first"]["utm_source"] == "ads"
