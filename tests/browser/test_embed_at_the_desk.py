"""The page that gives marketers what to paste: copied with a press, tried in place, without barriers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.embedding import SURVEY
from tests.browser.live import LOOKS, Live, no_barriers, no_sideways_scroll, open_house


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with open_house(tmp_path_factory.mktemp("share"), DEMO="1") as opened:
        yield opened


def _come_in(page: Page, live: Live) -> None:
    page.goto(f"{live.address}/desk")
    page.get_by_role("button", name="Mo Marketing").click()
    page.get_by_role("link", name="Surveys").click()
    expect(page.locator("h1")).to_have_text("Surveys")


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_pages_of_sharing_are_without_barriers(chromium: Browser, live: Live, width: int, scheme: Any) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 740}, color_scheme=scheme)
    page = context.new_page()
    _come_in(page, live)
    no_barriers(page)
    no_sideways_scroll(page)
    page.get_by_role("link", name="Share Sales").click()
    expect(page.frame_locator(".preview iframe").locator("#go")).to_be_visible()
    no_barriers(page)
    no_sideways_scroll(page)
    context.close()


def test_the_two_lines_are_copied_with_a_press(chromium: Browser, live: Live) -> None:
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    _come_in(page, live)
    page.get_by_role("link", name="Share Sales").click()
    button = page.locator("[data-copy=code-inline]")
    button.click()
    expect(button).to_have_text("Copied")
    lines = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert len(lines) == 2
    assert lines[0].startswith(f'<iframe src="http://localhost/s/{SURVEY}?embed" data-lq-survey="{SURVEY}"')
    assert lines[1] == '<script async src="http://localhost/embed.js"></script>'
    context.close()


def test_every_embed_mode_opens_from_the_share_page(page: Page, live: Live) -> None:
    _come_in(page, live)
    page.get_by_role("link", name="Share Sales").click()
    expect(page.frame_locator(".preview iframe").locator("#where")).to_have_text("Question 1 of about 10")
    for way in ("popup", "slider"):
        # Each choice shows its code at once.
        page.get_by_role("radio", name=way.capitalize()).check()
        expect(page.locator(f"#code-{way}")).to_contain_text(f'data-lq-mode="{way}"')
        page.get_by_role("link", name=f"Try the {way}").click()
        dialog = page.locator("dialog[open]")
        expect(dialog.locator("iframe").content_frame.locator("#where")).to_have_text("Question 1 of about 10")
        dialog.get_by_role("button", name="Close").click()
        expect(page.locator("dialog[open]")).to_have_count(0)
    page.get_by_label("Opens").select_option("time")
    page.get_by_role("spinbutton", name="Seconds").fill("9")
    page.get_by_role("spinbutton", name="Seconds").blur()
    expect(page.locator("#code-slider")).to_contain_text('data-lq-open="time" data-lq-delay="9000"')
    button = page.locator("[data-copy=code-slider]")
    expect(button).to_be_visible()
