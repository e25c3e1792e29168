"""The film strip of a first hour: from the link in the terminal to the first lead, as one picture.

    python -m tests.pictures.first_hour [docs/pictures/first-hour.png]

It starts the product on an empty folder and does what a marketer does. Needs Debian's Chromium.
"""

from __future__ import annotations

import base64
import io
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from tests.browser.live import fill_the_gate
from tests.web.client import ANSWERS, PASSWORD

TARGET = Path(__file__).parents[2] / "docs" / "pictures" / "first-hour.png"
WAIT = 120_000
COLOURS = 160
SIZE: ViewportSize = {"width": 1280, "height": 800}
QUESTION = "pages/practice/questions/scoring"
STYLE = """
body { margin: 0; padding: 28px 32px 36px; width: 1536px; background: #fff; color: #15171a; }
body { font: 15px/1.4 system-ui, sans-serif; }
ol { display: grid; grid-template-columns: repeat(3, 1fr); gap: 30px 24px; margin: 0; padding: 0; list-style: none; }
p { margin: 0 0 8px; } b { display: inline-block; min-width: 24px; color: #1f4d3a; }
img { display: block; width: 100%; border: 1px solid #d5d7da; border-radius: 8px; }
"""


@dataclass
class Strip:
    """The frames so far, each with its caption."""

    page: Page
    frames: list[tuple[str, bytes]] = field(default_factory=list)

    def take(self, caption: str) -> None:
        self.page.mouse.move(640, 799)
        self.frames.append((caption, self.page.screenshot()))

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def as_page(self) -> str:
        shown = (
            f'<li><p><b>{number}</b>{caption}</p><img src="data:image/png;base64,{base64.b64encode(picture).decode()}">'
            for number, (caption, picture) in enumerate(self.frames, 1)
        )
        return f"<style>{STYLE}</style><ol>{''.join(shown)}</ol>"


@contextmanager
def first_run(folder: str) -> Iterator[str]:
    """The one-time link of a product that was just started."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {**os.environ, "QUESTIONNAIRE_PUBLIC_URL": f"http://127.0.0.1:{port}",
           "QUESTIONNAIRE_SECRET_KEY": "kJ8s-not-a-secret-0123456789-abcdefghijklmnop"}  # fmt: skip
    command = [str(Path(sys.executable).with_name("questionnaire")), "run", "--port", str(port), "--data", folder]
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert process.stdout
        yield next(found[0] for line in process.stdout if (found := re.search(r"http://\S+/first-admin/\S+", line)))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def set_up(strip: Strip, link: str) -> None:
    page = strip.page
    page.goto(link)
    page.get_by_label("Your name").fill("Mia Lorenz")
    page.get_by_label("Email").fill("mia@nordlicht.example")
    page.get_by_label("Password").fill(PASSWORD)
    strip.take("A link in the terminal makes the first account")
    strip.press("Create account")
    page.get_by_label("Email").fill("mia@nordlicht.example")
    page.get_by_label("Password").fill(PASSWORD)
    strip.press("Sign in")
    page.get_by_label("Company name").fill("Nordlicht Analytics")
    strip.press("Continue: Languages")
    strip.press("Continue: Email")
    page.get_by_label("Sender").fill("hello@nordlicht.example")
    strip.take("Set-up: company, languages, email, sites, people")
    for step in ("Your sites", "People", "First survey"):
        strip.press(f"Continue: {step}")
    page.locator("button[name=way][value=sample]").click()


def build(strip: Strip) -> str:
    """The link part of the survey."""
    page = strip.page
    page.locator("[name=sample][value=sales-marketing-alignment]").check()
    page.frame_locator("iframe").first.locator("h1").wait_for()
    page.wait_for_timeout(500)
    strip.take("Start from a sample, a blank page, a file or another tool")
    strip.press("Use this sample")
    slug = page.url.split("/desk/surveys/")[1].split("/")[0]
    page.goto(f"{page.url.split('?')[0]}?at={QUESTION}")
    strip.press("SQL-ready")
    expect(page.locator("#why .chip")).to_have_text("SQL-ready")
    _settled(page)
    strip.take("Write next to what prospects see")
    page.locator(".tabs").get_by_role("link", name="Scoring", exact=True).click()
    strip.take("What each answer means, with the points of the policy")
    page.locator(".tabs").get_by_role("link", name="Report", exact=True).click()
    page.locator("#outline a[href*=dimensions]").first.click()
    _settled(page)
    strip.take("The report by score, next to the result it makes")
    page.locator(".tabs").get_by_role("link", name="Theme", exact=True).click()
    _settled(page)
    strip.take("Your colours, with their contrast")
    return slug


def check_and_publish(strip: Strip, slug: str) -> None:
    page = strip.page
    page.goto(f"{page.url.split('/draft')[0]}/draft?at={QUESTION}")
    title = page.get_by_role("textbox", name="Question", exact=True)
    before = title.input_value()
    title.fill("{{first_nam|Hello}}, " + before[:1].lower() + before[1:])
    expect(page.locator("#question .note.danger").first).to_be_visible()
    _settled(page)
    strip.take("A slip is named where it is, and mended with one press")
    page.locator("#question .note.danger button").first.click()
    expect(page.locator("#question .note.danger")).to_have_count(0)
    page.get_by_role("textbox", name="Question", exact=True).fill(before)
    expect(page.frame_locator("#device iframe:not(.next)").locator(".question.is-current legend")).to_contain_text(
        before
    )
    _settled(page)
    page.get_by_role("link", name="Publish", exact=True).click()
    page.get_by_label("Note for the history").fill("First version")
    strip.take("Publish once nothing is wrong")
    page.locator(".before button.go").click()
    page.get_by_role("link", name="Share the survey").click()
    page.frame_locator("#try-out iframe").locator(".question.is-current").wait_for()
    strip.take("Two lines of code put it on your site")


def hire(strip: Strip, address: str) -> None:
    """The people of the samples get no leads: one of them stands for a rep of the company."""
    strip.page.goto(f"{address}/desk/people")
    strip.page.get_by_role("link", name="Lena Vogt").click()
    strip.press("Activate account")


def answer(strip: Strip, browser: Browser, address: str, slug: str) -> None:
    prospect = browser.new_context(viewport=SIZE).new_page()
    prospect.set_default_timeout(WAIT)
    prospect.goto(f"{address}/s/{slug}")
    for name, value in ANSWERS.items():
        question = prospect.locator(f".question.is-current[data-name={name}]")
        question.wait_for()
        if question.locator("select").count():
            question.locator("select").select_option(value)
        else:
            question.locator(f"input[value='{value}']").dispatch_event("click")
        prospect.locator("#go").click()
    fill_the_gate(prospect)
    prospect.locator("#go").click()
    prospect.locator("h1", has_text="stands").wait_for()
    strip.frames.append(("The prospect’s result, and a report to keep", prospect.screenshot()))
    prospect.context.close()


def look_at_the_lead(strip: Strip, address: str) -> None:
    page = strip.page
    lead = page.locator("#leads .name a").first
    for _ in range(60):
        page.goto(f"{address}/desk")
        if lead.count() and "SQL" in page.locator("#leads").inner_text():
            break
        page.wait_for_timeout(1000)
    lead.click()
    page.locator("h1").wait_for()
    strip.take("The lead: whom to call, by when, and why")


def _settled(page: Page) -> None:
    """The preview shows this state."""
    expect(page.locator("#status")).to_have_text("Saved")
    expect(page.locator("#device iframe")).to_have_count(1)
    page.frame_locator("#device iframe").locator("h1, legend").first.wait_for()
    page.wait_for_timeout(500)


def main() -> None:
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    expect.set_options(timeout=WAIT)
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder, first_run(folder) as link, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        page = browser.new_context(viewport=SIZE).new_page()
        page.set_default_timeout(WAIT)
        strip, address = Strip(page), link.split("/first-admin/")[0]
        set_up(strip, link)
        slug = build(strip)
        check_and_publish(strip, slug)
        hire(strip, address)
        answer(strip, browser, address, slug)
        look_at_the_lead(strip, address)
        sheet = browser.new_page(viewport={"width": 1600, "height": 900}, device_scale_factor=1.5)
        sheet.set_content(strip.as_page())
        picture = Image.open(io.BytesIO(sheet.screenshot(full_page=True)))
        picture.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
