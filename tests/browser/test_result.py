"""The result in a browser: read by everybody, passed on by touch or keyboard, waiting honestly."""

from __future__ import annotations

import html
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from questionnaire.actions.assessing.links import sign
from questionnaire.actions.respond import acceptance, confirmation, judgement
from questionnaire.actions.respond.acceptance import SubmissionContext
from questionnaire.storage.tables import ResponseRow
from tests.actions.installation import send_form
from tests.browser.live import LOOKS, Live, no_barriers, no_sideways_scroll, open_house
from tests.web.client import ANNA, ANSWERS, SLUG, Clock, publish
from tests.web.stored import keep_document

FRAMED = """
schema: survey/1
id: framed
version: 1
policy: default
languages: [en]
title: In a frame
embed: {allowed_origins: ["FRIEND"]}
dimensions: [{name: speed, title: Speed}]
pages:
  - name: one
    questions: [{name: speed, type: scale, from: 0, to: 4, dimension: speed, title: How fast?}]
contact: {fields: [{name: email, type: email, required: true}], consents: []}
"""


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with open_house(tmp_path_factory.mktemp("result")) as house:
        yield house


def answer(live: Live, key: str, **more: str) -> acceptance.AcceptedResponse:
    publication = acceptance.get_publication(live.toolbox, SLUG)
    assert publication is not None
    typed = {**ANSWERS, **ANNA, "email": f"{key}@firm-{key}.example", **more}
    done = send_form(live.toolbox, SubmissionContext(publication, key), typed, live.toolbox.now())
    assert isinstance(done, acceptance.AcceptedResponse)
    judgement.judge_response(live.toolbox, done.response_id)
    return done


@pytest.fixture(scope="module")
def full(live: Live) -> str:
    """A result with everything on it: others beside, the change since last time, the report ready."""
    for number in range(31):
        answer(live, f"p{number}", scoring="automated")
    first = answer(live, "anna")
    clock = live.toolbox.now
    assert isinstance(clock, Clock)
    confirm(live, first, clock)
    clock.pass_(days=4)
    done = answer(live, "again", email="anna@firm-anna.example", definitions="shared")
    confirm(live, done, clock)
    return f"{live.address}/r/{done.token}"


def confirm(live: Live, done: acceptance.AcceptedResponse, clock: Clock) -> None:
    """The button on the page the mail led to."""
    with live.toolbox.database.reading() as session:
        row = session.get_one(ResponseRow, done.response_id)
    mailed = sign(live.toolbox.settings.secret_keys, "mailed", row.id, row.at)
    assert confirmation.confirm_address(live.toolbox, mailed, clock())
    judgement.judge_response(live.toolbox, done.response_id)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_every_state_of_the_result_is_free_of_barriers(
    chromium: Browser, live: Live, full: str, width: int, scheme: str
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    for address in (full, f"{full}?embed", f"{full}/report.pdf", f"{full}/report.pdf?looked=30"):
        page.goto(address)
        no_barriers(page)
        no_sideways_scroll(page)
    page.goto(full)
    expect(page.locator(".change")).to_have_text("+10 points since 2 October 2026")
    expect(page.locator(".peers")).to_contain_text(re.compile(r"\b\d\d people who also answered"))
    page.goto(page.locator("#pass-on").evaluate("link => link.href"))
    expect(page.locator("h1")).to_have_text("Sales–marketing alignment diagnostic")
    no_barriers(page)
    no_sideways_scroll(page)
    context.close()


def test_without_scripts_the_result_is_complete_and_leads_to_the_page_to_share(
    chromium: Browser, live: Live, full: str
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(full)
    expect(page.locator(".share button")).to_have_count(0)
    page.get_by_role("link", name="Preparing your report…").click()
    expect(page.locator("h1")).to_have_text("Preparing your document")
    page.get_by_role("link", name="Go back").click()
    page.get_by_role("link", name="Open the page to share").click()
    page.get_by_role("link", name="Take the diagnostic").click()
    expect(page).to_have_url(re.compile(f"/s/{SLUG}"))
    context.close()


def test_the_link_is_copied_with_the_keyboard_and_that_is_said(chromium: Browser, full: str) -> None:
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(full)
    page.get_by_role("button", name="Copy the link").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#passed-on")).to_have_text("Link copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "/shared/" in copied
    assert copied == page.locator("#pass-on").evaluate("link => link.href")
    no_barriers(page)
    context.close()


def test_where_copying_is_not_allowed_the_page_says_what_to_do(page: Page, full: str) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: {writeText: () => Promise.reject()}})")
    page.goto(full)
    page.get_by_role("button", name="Copy the link").click()
    expect(page.locator("#passed-on")).to_contain_text("Your browser blocked copying.")


@pytest.mark.parametrize(("why", "words"), [("AbortError", ""), ("NotAllowedError", "Your browser blocked copying.")])
def test_where_the_device_can_share_it_is_asked_to(page: Page, full: str, why: str, words: str) -> None:
    page.add_init_script(
        f"navigator.share = (what) => {{ window.shared = what; return Promise.reject(new DOMException('', '{why}')); }}"
    )
    page.goto(full)
    page.get_by_role("button", name="Share…").click()
    shared = page.evaluate("window.shared")
    assert shared["title"] == "Sales–marketing alignment diagnostic"
    assert "/shared/" in shared["url"]
    expect(page.locator("#passed-on")).to_contain_text(words)


def test_a_report_that_becomes_ready_is_offered_without_a_reload(page: Page, live: Live) -> None:
    done = answer(live, "ready")
    page.clock.install()
    page.goto(f"{live.address}/r/{done.token}")
    expect(page.locator("#pending a")).to_have_text("Preparing your report…")
    keep_document(live.toolbox, done.response_id, "report", b"%PDF-1.7")
    page.clock.run_for(5000)
    expect(page.locator("#pending a")).to_have_text("Open the report (PDF)")


def test_a_report_that_does_not_come_is_asked_for_two_minutes_and_then_promised_by_mail(page: Page, live: Live) -> None:
    done = answer(live, "late")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method) if request.method == "HEAD" else None)
    page.clock.install()
    page.goto(f"{live.address}/r/{done.token}")
    for _ in range(30):
        page.clock.run_for(5000)
        page.wait_for_timeout(20)
    expect(page.locator("#pending")).to_contain_text("The link in our email will work once it’s ready.")
    expect(page.locator("#pending a")).to_have_text("Open the report (PDF)")
    looked = len(asked)
    assert 8 <= looked <= 20
    page.clock.run_for(600_000)
    page.wait_for_timeout(50)
    assert len(asked) == looked
    no_barriers(page)


class _Host(BaseHTTPRequestHandler):
    """A site of somebody else that shows whatever address it is asked for in a frame."""

    def do_GET(self) -> None:
        shown = html.escape(unquote(urlsplit(self.path).query))
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(f'<title>Host</title><iframe width="700" height="800" src="{shown}"></iframe>'.encode())

    def log_message(self, *_: object) -> None:
        """Requests are no news in a test."""


@contextmanager
def host() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Host)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_in_a_frame_of_a_site_that_may_the_result_shows_and_in_another_it_does_not(page: Page, live: Live) -> None:
    with host() as friend, host() as stranger:
        publish(live.toolbox, FRAMED.replace("FRIEND", friend))
        publication = acceptance.get_publication(live.toolbox, "framed")
        assert publication is not None
        typed = {"speed": "2", "email": "a@firm.example"}
        done = send_form(live.toolbox, SubmissionContext(publication, "framed"), typed, live.toolbox.now())
        assert isinstance(done, acceptance.AcceptedResponse)
        address = f"{live.address}/r/{done.token}?embed"
        for site, shown in ((friend, 1), (stranger, 0)):
            page.goto(f"{site}/?{address}", wait_until="networkidle")
            expect(page.frame_locator("iframe").locator(".figure strong")).to_have_count(shown)
        page.goto(f"{friend}/?{address.removesuffix('?embed')}", wait_until="networkidle")
        expect(page.frame_locator("iframe").locator(".figure strong")).to_have_count(0)
