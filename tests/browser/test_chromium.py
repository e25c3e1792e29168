"""The browser of the tests is there and speaks."""

from __future__ import annotations

from playwright.sync_api import Browser, Page


def test_the_browser_of_the_tests_shows_a_page(page: Page, chromium: Browser) -> None:
    page.set_content("<!doctype html><title>Hello</title><h1>Hello</h1>")
    assert page.title() == "Hello"
    assert chromium.is_connected()
