"""A house with its door open on a free port of this machine, for tests that look at pages in a browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from werkzeug.serving import WSGIRequestHandler, make_server

from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.db.engine import open_database
from questionnaire.storage.schema.versions import migrate
from questionnaire.web import create_app
from tests.web.client import ANNA, Clock, fill, make_toolbox


class _Silent(WSGIRequestHandler):
    def log(self, *_: Any) -> None:
        """Requests are no news in a test."""


@dataclass(frozen=True)
class Live:
    address: str
    toolbox: Toolbox
    clock: Clock


@contextmanager
def open_house(folder: Path, **settings: str) -> Iterator[Live]:
    database = open_database(f"sqlite:///{folder / 'live.sqlite3'}")
    migrate(database)
    clock = Clock()
    toolbox = make_toolbox(database, clock, **settings)
    fill(toolbox, clock)
    server = make_server("127.0.0.1", 0, create_app(toolbox), threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Live(f"http://127.0.0.1:{server.server_port}", toolbox, clock)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        database.close()


def no_barriers(page: Page) -> None:
    """axe finds nothing against WCAG or its own good practice."""
    found = Axe().run(page).response["violations"]
    said = [f"{one['id']}: {one['help']} {[node['html'][:120] for node in one['nodes']][:3]}" for one in found]
    assert not said, f"{page.url}: " + "; ".join(said)


def no_sideways_scroll(page: Page) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px wider than the screen"


def fill_the_gate(page: Page) -> None:
    for name, value in ANNA.items():
        place = page.locator(f"[name={name}]")
        place.select_option(value) if name == "country" else place.fill(value)


def answer_all(page: Page) -> None:
    """Chooses the second answer of each question until the gate stands there."""
    for _ in range(20):
        if page.locator("section.contact.now").count():
            return
        question = page.locator(".question.now")
        if question.locator("select").count():
            question.locator("select").select_option(index=1)
        else:
            # By the script, as a screen reader does it: whoever points is taken on by the page itself.
            question.locator(".row input").nth(1).dispatch_event("click")
        page.locator("#go").click()
    raise AssertionError("the gate never came")
