"""A policy in the builder: a threshold is changed, its effect is computed behind, and no page has a barrier."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from questionnaire.actions.editing import drafts, policy_effects
from questionnaire.actions.people.accounts import set_signs
from tests.browser.live import LOOKS, Live, no_barriers, no_sideways_scroll, open_house, pages_in

MO = "mo@nordlicht.example"
POLICY = "/desk/policies/default"
DRAFT = f"{POLICY}/draft"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with open_house(tmp_path_factory.mktemp("policy"), DEMO="1") as opened:
        box = opened.toolbox
        assert drafts.open_from_version(box, "policy", "default", MO, box.now()).draft is not None
        assert set_signs(box, MO, "marketing") == ()
        yield opened


def _come_in(page: Page, live: Live, path: str) -> None:
    page.goto(f"{live.address}/desk")
    page.get_by_role("button", name="Mo Marketing").click()
    page.goto(live.address + path)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_pages_of_a_policy_are_without_barriers(chromium: Browser, live: Live, width: int, scheme: Any) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    _come_in(page, live, "/desk/policies")
    pages = ("/desk/policies", f"{POLICY}/compare", DRAFT, f"{DRAFT}?at=fit", f"{DRAFT}?at=intent", f"{DRAFT}?at=sla",
             f"{DRAFT}?at=titles&title=VP", f"{DRAFT}/yaml?part=sla", f"{DRAFT}/sign")  # fmt: skip
    for path in pages_in(pages, width):
        page.goto(live.address + path)
        no_barriers(page)
        no_sideways_scroll(page)
    context.close()


def test_a_threshold_is_changed_by_keyboard_and_its_effect_appears(page: Page, live: Live) -> None:
    _come_in(page, live, DRAFT)
    page.get_by_label("Least total of an MQL").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("65")
    expect(page.locator("#question")).to_contain_text("50 in version 5")
    expect(page.locator("#undo")).to_have_attribute("aria-label", "Undo: Thresholds, MQL, least total")
    draft = drafts.find_draft_of(live.toolbox, "policy", "default")
    assert draft is not None
    policy_effects.compute_effect(live.toolbox, draft.id)
    expect(page.locator("#effect")).to_contain_text("The effect appears after 30 leads")
    page.goto(f"{live.address}{DRAFT}?at=intent")
    page.get_by_placeholder("New signal").fill("Booth visit")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Points of Booth visit")).to_have_value("0")
