"""A house with its door open on a free port of this machine, for tests that look at pages in a browser."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from werkzeug.serving import WSGIRequestHandler, make_server

from questionnaire.actions.toolbox import Toolbox
from questionnaire.storage.db.engine import open_database
from questionnaire.storage.schema.versions import migrate
from questionnaire.web import create_app
from tests.proof.size import FULL, sized
from tests.web.client import ANNA, Clock, fill, make_toolbox

# What axe judges depends on the width or on the colours, not on both together: small, two of the six.
LOOKS = sized(((360, "light"), (1280, "dark")), tuple(product((360, 768, 1280), ("light", "dark"))))

Prepare = Callable[[Toolbox], None]


def pages_in(pages: Sequence[str], width: int) -> Sequence[str]:
    """The pages to look at in this look: all of them at full size; small, each page in one of the looks."""
    return pages if FULL else pages[[one for one, _ in LOOKS].index(width) :: len(LOOKS)]


class _Silent(WSGIRequestHandler):
    def log(self, *_: Any) -> None:
        """Requests are no news in a test."""


@dataclass(frozen=True)
class Live:
    address: str
    toolbox: Toolbox
    clock: Clock


@cache
def _filled(prepare: Prepare | None) -> bytes:
    """A database file with the sample published, people on staff, and what `prepare` adds."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "filled.sqlite3"
        database = open_database(f"sqlite:///{file}")
        migrate(database)
        toolbox = make_toolbox(database, Clock())
        fill(toolbox, Clock())
        if prepare is not None:
            prepare(toolbox)
        with database.write_engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
        database.close()
        return file.read_bytes()


@contextmanager
def open_house(folder: Path, prepare: Prepare | None = None, **settings: str) -> Iterator[Live]:
    """`prepare` publishes more than the sample; it runs once per process and does not know the settings."""
    file = folder / "live.sqlite3"
    file.write_bytes(_filled(prepare))
    database = open_database(f"sqlite:///{file}")
    clock = Clock()
    toolbox = make_toolbox(database, clock, **settings)
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


class KeptPages:
    """Pages that serve test after test: the first load in a new one costs three times as much as the next.

    Nothing of the person before is left: neither stored text nor cookies. A test that changes the page itself (scripts,
    routes, storage that is blocked) opens its own.
    """

    def __init__(self, browser: Browser, live: Live) -> None:
        self._browser, self._live = browser, live
        self._pages: dict[str, Page] = {}

    def page(self, **how: Any) -> Page:
        """A page of somebody with these settings of a browser context."""
        key = repr(sorted(how.items()))
        if key not in self._pages:
            self._pages[key] = self._browser.new_context(**how).new_page()
        page = self._pages[key]
        page.goto(f"{self._live.address}/health/live")
        page.evaluate("localStorage.clear(); sessionStorage.clear()")
        page.context.clear_cookies()
        return page

    def close(self) -> None:
        for page in self._pages.values():
            page.context.close()


_AXE = Axe()
# Only what is wrong travels back: the whole answer names every element that was looked at.
_RUN = "axe.run({resultTypes: ['violations']}).then((found) => found.violations)"


def no_barriers(page: Page) -> None:
    """axe finds nothing against WCAG or its own good practice."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(_AXE.axe_script)
    found = page.evaluate(_RUN)
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
        if page.locator("section.contact.is-current").count():
            return
        question = page.locator(".question.is-current")
        if question.locator("select").count():
            question.locator("select").select_option(index=1)
        else:
            # By the script, as a screen reader does it: whoever points is taken on by the page itself.
            question.locator(".row input").nth(1).dispatch_event("click")
        page.locator("#go").click()
    raise AssertionError("the gate never came")
