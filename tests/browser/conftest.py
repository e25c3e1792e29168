"""Pages are looked at in Debian's Chromium, never in a downloaded one.

pytest-playwright brings `browser`, `context` and `page`; this says where Chromium lies and how it starts.
"""

from __future__ import annotations

import shutil
from typing import Any

import pytest
from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    path = shutil.which("chromium")
    assert path, "Chromium is missing; type: make test"
    # No sandbox: a container's root has none, and these pages are ours.
    return {"executable_path": path, "args": ["--no-sandbox", "--disable-dev-shm-usage"]}


@pytest.fixture(scope="session")
def chromium(browser: Browser) -> Browser:
    """One browser for the whole session; take `browser.new_context()` for a second person."""
    return browser
