"""Parts that show and hide, required consents and early endings, in a browser with the script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import select

from questionnaire.storage.tables import ResponseRow
from tests.browser.features import publish_features
from tests.browser.live import Live, no_barriers, no_sideways_scroll, open_house

PAGE = "/s/feature-visibility"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with open_house(tmp_path_factory.mktemp("endings"), publish_features) as opened:
        yield opened


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 390, "height": 800}, locale="en-US")
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert not complaints


def _choose(page: Page, name: str, value: str) -> None:
    """As a screen reader does it: nothing goes on by itself."""
    page.locator(f"[name='{name}'][value={value}]").dispatch_event("click")


def test_an_ending_is_a_finished_page_and_back_begins_afresh(page: Page, live: Live) -> None:
    page.goto(live.address + PAGE)
    expect(page.locator("#where")).to_have_text("Question 1 of about 4")
    _choose(page, "team", "alone")
    page.locator("#go").click()
    _choose(page, "tools", "sheets")
    page.locator("#go").click()
    expect(page.locator("h1")).to_have_text("This check is made for teams")
    expect(page.get_by_role("link", name="Read the guide")).to_be_visible()
    no_barriers(page)
    no_sideways_scroll(page)
    with live.toolbox.database.reading() as session:
        # Other tests of this file answer the same survey to its end.
        assert [row.ending for row in session.exec(select(ResponseRow)) if row.ending] == ["too_small"]
    page.go_back()
    expect(page.locator("#where")).to_have_text("Question 1 of about 4")


def test_parts_show_as_answers_change_and_a_required_box_says_why(page: Page, live: Live) -> None:
    page.goto(live.address + PAGE)
    _choose(page, "team", "large")
    page.locator("#go").click()
    warehouse = page.locator("[name=tools][value=warehouse]")
    expect(warehouse.locator("..")).to_be_visible()
    _choose(page, "tools", "warehouse")
    page.go_back()
    _choose(page, "team", "small")
    page.locator("#go").click()
    expect(warehouse.locator("..")).to_be_hidden()
    expect(warehouse).not_to_be_checked()
    _choose(page, "tools", "crm")
    page.locator("#go").click()
    expect(page.locator(".row-name", has_text="We update the CRM")).to_be_visible()
    no_barriers(page)
    page.locator("#go").click()
    page.locator("#go").click()
    page.locator("[name=email]").fill("ada@nordwind.example")
    expect(page.locator("[name=phone]")).to_be_hidden()
    page.locator("[name=country]").select_option("US")
    expect(page.get_by_text("notice for the United States")).to_be_visible()
    page.locator("[name=country]").select_option("DE")
    expect(page.get_by_text("notice for the United States")).to_be_hidden()
    page.locator("#go").click()
    expect(page.get_by_text("Please tick this box to continue.")).to_be_visible()
    expect(page.locator("[name='consent.terms']")).to_be_focused()
    no_barriers(page)
    page.locator("[name='consent.terms']").check()
    page.locator("#go").click()
    page.wait_for_url("**/r/*")
