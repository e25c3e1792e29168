"""Pages are looked at in Debian's Chromium, never in a downloaded one.

pytest-playwright brings `browser`, `context` and `page`; this says where Chromium lies and how it starts. Its headless
shell is the same engine without a window around each page: opening a page takes a third of the processor time.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.live import KeptPages, Live

# A wait ends when what it waits for has happened; a busy machine gets as long as it needs.
LONGEST_WAIT = 90_000
expect.set_options(timeout=LONGEST_WAIT)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    assert path, "Chromium is missing; type: make test"
    # No sandbox: a container's root has none, and these pages are ours.
    return {"executable_path": path, "args": ["--no-sandbox", "--disable-dev-shm-usage"]}


@pytest.fixture(scope="session")
def browser(browser: Browser) -> Browser:
    """Every context of it waits that long for a page too, whoever opens it."""
    new_context = browser.new_context

    def patient_context(**how: Any) -> BrowserContext:
        context = new_context(**how)
        context.set_default_timeout(LONGEST_WAIT)
        return context

    browser.new_context = patient_context  # type: ignore[method-assign]  # the same, but patient
    return browser


@pytest.fixture(scope="session")
def chromium(browser: Browser) -> Browser:
    """One browser for the whole session; take `browser.new_context()` for a second person."""
    return browser


@pytest.fixture(scope="module")
def kept(chromium: Browser, live: Live) -> Iterator[KeptPages]:
    """Pages of this module's house that serve test after test."""
    pages = KeptPages(chromium, live)
    yield pages
    pages.close()
