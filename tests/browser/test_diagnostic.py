"""The diagnostic in a real browser: with and without scripts, by keyboard alone, on a phone, with bad luck."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.live import LOOKS, Live, answer_all, fill_the_gate, no_barriers, no_sideways_scroll, open_house
from tests.web.client import ANNA, ANSWERS, PAGE


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with open_house(tmp_path_factory.mktemp("live")) as opened:
        yield opened


@pytest.fixture
def complaints(page: Page) -> Iterator[list[str]]:
    """What the browser complains about; nothing may be left at the end."""
    heard: list[str] = []
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    yield heard
    assert not heard


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_diagnostic_is_accessible_at_every_width(chromium: Browser, live: Live, width: int, scheme: Any) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 740}, color_scheme=scheme)
    page = context.new_page()
    page.goto(live.address + PAGE)
    no_barriers(page)
    page.locator("#go").click()
    expect(page.locator(".field-error")).to_have_text("Choose an answer to continue.")
    no_barriers(page)
    answer_all(page)
    expect(page.locator("#teaser strong")).to_have_text("33")
    page.locator("#go").click()
    expect(page.locator("#summary")).to_be_focused()
    no_barriers(page)
    no_sideways_scroll(page)
    fill_the_gate(page)
    page.locator("#go").click()
    page.wait_for_url("**/r/*")
    expect(page.locator("h1")).to_have_text("Where Nordwind Software stands")
    no_barriers(page)
    no_sideways_scroll(page)
    context.close()


@pytest.mark.usefixtures("complaints")
def test_the_diagnostic_is_answered_by_keyboard_alone(page: Page, live: Live) -> None:
    page.goto(live.address + PAGE)
    expect(page.locator("#where")).to_have_text("Question 1 of about 10")
    page.keyboard.press("c")
    expect(page.locator("input[value='50_199']")).to_be_checked()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    for _ in range(8):
        page.keyboard.press("1")
        page.keyboard.press("Enter")
    expect(page.locator("#where")).to_have_text("Last step")
    page.keyboard.press("Tab")
    for value in (ANNA["email"], "Anna", "Keller", "Nordwind Software", "VP Sales", "Germany"):
        page.keyboard.type(value)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/r/*")


@pytest.mark.usefixtures("complaints")
def test_a_branch_opens_and_closes_as_answers_change(page: Page, live: Live) -> None:
    page.goto(live.address + PAGE)
    for _ in range(7):
        question = page.locator(".question.is-current")
        if question.locator("select").count():
            question.locator("select").select_option(index=1)
        else:
            question.locator(".row input").first.dispatch_event("click")
        page.locator("#go").click()
    page.locator("[name=timeline][value=lt_3m]").check(force=True)
    page.locator("#go").click()
    expect(page.locator(".question.is-current")).to_have_attribute("data-name", "budget")
    expect(page.locator("#where")).to_have_text("Question 9 of 10")
    page.go_back()
    expect(page.locator(".question.is-current")).to_have_attribute("data-name", "timeline")
    page.locator("[name=timeline][value=none]").check(force=True)
    page.locator("#go").click()
    expect(page.locator(".question.is-current")).to_have_attribute("data-name", "next_step")
    expect(page.locator("#where")).to_have_text("Question 9 of 9")


def test_nothing_is_lost_while_the_server_is_unreachable(page: Page, live: Live) -> None:
    page.goto(live.address + PAGE)
    answer_all(page)
    fill_the_gate(page)
    page.route("**/s/*", lambda route: route.abort())
    page.locator("#go").click()
    expect(page.locator("#status")).to_contain_text("Your answers are still here")
    expect(page.locator("[name=company]")).to_have_value("Nordwind Software")
    page.unroute("**/s/*")
    page.locator("#go").click()
    page.wait_for_url("**/r/*")


def test_a_retry_after_a_lost_reply_sends_the_same_key(page: Page, live: Live) -> None:
    keys: list[str] = []

    def listen(route: Route) -> None:
        keys.append((route.request.post_data or "").split("key=")[1].split("&")[0])
        route.abort()

    page.goto(live.address + PAGE)
    answer_all(page)
    fill_the_gate(page)
    page.route("**/s/*", listen)
    for _ in range(2):
        page.locator("#go").click()
        expect(page.locator("#go")).to_be_enabled()
    page.locator("[name=company]").fill("Another")
    page.locator("#go").click()
    expect(page.locator("#go")).to_be_enabled()
    assert len(keys[0]) == 32
    assert keys[0] == keys[1] != keys[2]


def test_what_the_server_refuses_is_shown_at_its_question(page: Page, live: Live) -> None:
    page.goto(live.address + PAGE)
    answer_all(page)
    fill_the_gate(page)
    page.locator("[name=phone]").fill("ring me")
    page.locator("#go").click()
    expect(page.locator(".field-error")).to_contain_text("Enter a phone number")
    expect(page.locator("[name=phone]")).to_be_focused()


@pytest.mark.usefixtures("complaints")
def test_a_reload_keeps_answers_and_blocked_storage_breaks_nothing(page: Page, live: Live) -> None:
    where = page.locator("#where")
    page.goto(live.address + PAGE)
    page.locator(".row").nth(2).click()
    # A touch goes on by itself, a moment later.
    expect(where).to_have_text("Question 2 of about 10")
    page.reload()
    expect(where).to_have_text("Question 2 of about 10")
    expect(page.locator("input[value='50_199']")).to_be_checked()
    for name in ("sessionStorage", "localStorage"):
        page.add_init_script(f"Object.defineProperty(window, '{name}', {{get() {{throw new Error('blocked')}}}})")
    page.reload()
    expect(where).to_have_text("Question 1 of about 10")
    page.locator(".row").nth(1).click()
    expect(where).to_have_text("Question 2 of about 10")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_diagnostic_is_answered_without_script(chromium: Browser, live: Live, width: int) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": width, "height": 740})
    page = context.new_page()
    page.goto(live.address + PAGE)
    page.locator("#go").click()
    expect(page.locator("#summary")).to_contain_text("Check 3 answers")
    for _ in range(6):
        asked = [name for name in ANSWERS if page.locator(f"[name={name}]").count()]
        for name in asked:
            place = page.locator(f"select[name={name}]")
            if place.count():
                place.select_option(ANSWERS[name])
            else:
                page.locator(f"[name={name}][value='{ANSWERS[name]}']").check(force=True)
        if page.locator("[name=email]").count():
            break
        page.locator("#go").click()
    expect(page.locator(".teaser")).to_contain_text("33")
    fill_the_gate(page)
    page.locator("#go").click()
    expect(page.locator("h1")).to_have_text("Where Nordwind Software stands")
    context.close()


def test_the_survey_page_is_one_request_and_obeys_its_csp(page: Page, live: Live) -> None:
    asked: list[str] = []
    # What a slow machine has time to save is no file.
    page.on("request", lambda request: asked.append(request.url) if request.method == "GET" else None)
    page.goto(live.address + PAGE, wait_until="networkidle")
    assert [url for url in asked if not url.startswith("data:")] == [live.address + PAGE]
