"""Two sites on this machine: the product on 127.0.0.1 and a host site on localhost, so that they are strangers to each
other in the eyes of a browser. The host is the demo's marketing site, or a page a test writes itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, Response
from playwright.sync_api import FrameLocator, Page, expect
from werkzeug.serving import WSGIRequestHandler, make_server

from questionnaire.actions.publishing import publish_version
from questionnaire.demo.site import create_site
from questionnaire.settings import bundle_dir
from tests.authored import authored
from tests.browser.live import Live, open_house
from tests.web.client import ANNA

SURVEY = "sales-marketing-alignment"
LOOKS_AGAIN = 1200
"""Times a page is asked, every 50 ms, before a wait is given up: a minute at least, for a busy machine."""
LISTEN = (
    "window.heard = []; for (const type of ['ready', 'started', 'question_changed', 'height_changed', 'submitted',"
    " 'closed', 'cta_clicked'])"
    " window.addEventListener('lq:' + type, (event) => window.heard.push([type, event.detail]));"
)


class _Silent(WSGIRequestHandler):
    def log(self, *_: Any) -> None:
        """Requests are no news in a test."""


@dataclass
class Sites:
    """`form` is the product's address, `site` the marketing site's; `write` puts a page of its own on the host."""

    form: str
    site: str
    live: Live
    pages: dict[str, tuple[str, str]]

    def write(self, name: str, body: str, policy: str = "") -> str:
        """The address of a page with this body; `{form}` in it is the product's address."""
        script = '<script async src="{form}/embed.js"></script>'
        page = f"<!doctype html><html lang=en><title>Host</title><main><h1>Host</h1>{body}{script}</main>"
        self.pages[name] = (page.replace("{form}", self.form), policy.replace("{form}", self.form))
        return f"{self.site}/written/{name}"

    def frame(self, lang: str = "") -> str:
        more = f"&lang={lang}" if lang else ""
        src = f"{self.form}/s/{SURVEY}?embed{more}"
        return f'<iframe src="{src}" data-lq-survey="{SURVEY}" title="Diagnostic" width="100%" height="700"></iframe>'


@contextmanager
def open_sites(folder: Path) -> Iterator[Sites]:
    """Both doors open; the host's port is drawn first, for the product must allow it."""
    pages: dict[str, tuple[str, str]] = {}
    door = Flask("door")
    server = make_server("127.0.0.1", 0, door, threaded=True, request_handler=_Silent)
    origin = f"http://localhost:{server.server_port}"
    with open_house(folder, EMBED_ORIGINS=origin) as live:
        second = bundle_dir("surveys") / "revenue-data-readiness" / "survey.yaml"
        raw = authored(second.read_text("utf-8"))
        assert publish_version.publish(live.toolbox, "survey", raw, live.toolbox.now()) is None
        site = create_site(live.address)
        _written(site, pages)
        server.app = site
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield Sites(live.address, origin, live, pages)
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def _written(site: Flask, pages: dict[str, tuple[str, str]]) -> None:
    @site.get("/written/<name>")
    def written(name: str) -> Response:
        return Response(pages[name][0], content_type="text/html; charset=utf-8")

    @site.after_request
    def own_policy(response: Response) -> Response:
        from flask import request

        name = (request.view_args or {}).get("name", "")
        if request.endpoint == "written":
            response.headers["Content-Security-Policy"] = pages[str(name)][1]
        return response

    # Flask runs these in reverse: the page's own policy must come after the site's.
    site.after_request_funcs[None].reverse()


def answer_in(frame: FrameLocator) -> None:
    """Answers everything inside a frame and waits for the result."""
    for _ in range(20):
        if frame.locator("section.contact.is-current").count():
            break
        question = frame.locator(".question.is-current")
        if question.locator("select").count():
            question.locator("select").select_option(index=1)
        else:
            question.locator(".row input").nth(1).dispatch_event("click")
        frame.locator("#go").click()
    # The score comes a moment later and moves what is below it.
    expect(frame.locator("#teaser")).to_be_visible()
    for name, value in ANNA.items():
        place = frame.locator(f"[name={name}]")
        place.select_option(value) if name == "country" else place.fill(value)
    # By key: while the frame eases to its height, a click may fall beside what it aimed at.
    frame.locator("#go").press("Enter")
    expect(frame.locator("h1")).to_have_text("Where Nordwind Software stands")


def heard(page: Page) -> list[str]:
    """The events the host heard, by name, without the many of the height."""
    return [kind for kind, _ in page.evaluate("window.heard") if kind != "height_changed"]


def told_to_the_frame(page: Page) -> dict[str, str]:
    """What the page around told its first frame, once it has."""
    for _ in range(LOOKS_AGAIN):
        inside = page.frames[1] if len(page.frames) > 1 else None
        told: dict[str, str] | None = inside.evaluate("window.lqContext") if inside else None
        if told:
            return told
        page.wait_for_timeout(50)
    raise AssertionError("the frame was told nothing")


def wait_for_the_keyboard(page: Page) -> None:
    """Until what is typed arrives in the first frame: browsers hand the focus to another process in their own time."""
    for _ in range(LOOKS_AGAIN):
        if page.frames[1].evaluate("document.hasFocus()"):
            return
        page.wait_for_timeout(50)
    raise AssertionError("the frame has no focus")


def until(page: Page, question: str, given: object = None) -> None:
    """Waits until a question to the page is answered yes. Playwright's own way is forbidden by strict pages."""
    for _ in range(LOOKS_AGAIN):
        if page.evaluate(question, given):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never came true: {question}")
