"""Popup and slider: one modal dialog over another site's page, which stays as it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.embedding import (
    LISTEN,
    LOOKS_AGAIN,
    SURVEY,
    Sites,
    answer_in,
    heard,
    open_sites,
    until,
    wait_for_the_keyboard,
)
from tests.browser.live import no_barriers

WHERE_THE_FOCUS_IS = """() => { let one = document.activeElement;
  while (one.shadowRoot && one.shadowRoot.activeElement) one = one.shadowRoot.activeElement;
  return one.localName; }"""


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    with open_sites(tmp_path_factory.mktemp("embed")) as opened:
        yield opened


def _shown(page: Page) -> Locator:
    return page.locator("dialog[open]")


def test_a_button_opens_a_popup_that_leads_to_the_result_and_gives_the_focus_back(page: Page, sites: Sites) -> None:
    page.add_init_script(LISTEN)
    page.goto(sites.site)
    button = page.get_by_role("button", name="Find out where you stand")
    button.click()
    dialog = page.get_by_role("dialog", name="Sales–marketing alignment diagnostic")
    expect(dialog).to_be_visible()
    answer_in(dialog.locator("iframe").content_frame)
    no_barriers(page)
    page.keyboard.press("Escape")
    expect(_shown(page)).to_have_count(0)
    expect(button).to_be_focused()
    assert heard(page)[-1] == "closed"


def test_escape_inside_the_frame_closes_and_the_answers_are_kept(page: Page, sites: Sites) -> None:
    page.add_init_script(LISTEN)
    page.goto(sites.site)
    button = page.get_by_role("button", name="Find out where you stand")
    button.focus()
    page.keyboard.press("Enter")
    frame = _shown(page).locator("iframe").content_frame
    expect(frame.locator("#where")).to_have_text("Question 1 of about 10")
    wait_for_the_keyboard(page)
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    expect(frame.locator("#where")).to_have_text("Question 2 of about 10")
    page.keyboard.press("Escape")
    expect(_shown(page)).to_have_count(0)
    expect(button).to_be_focused()
    until(page, "window.heard.some(([kind]) => kind === 'closed')")
    page.keyboard.press("Enter")
    expect(frame.locator("#where")).to_have_text("Question 2 of about 10")


def test_the_focus_stays_inside_while_it_is_open(page: Page, sites: Sites) -> None:
    page.goto(sites.site)
    page.get_by_role("button", name="Find out where you stand").click()
    expect(_shown(page).locator("iframe").content_frame.locator("#go")).to_be_visible()
    been = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        been.add(page.evaluate(WHERE_THE_FOCUS_IS))
    assert been <= {"iframe", "button", "body"}
    inside = "document.querySelector('body > div:last-child').shadowRoot.activeElement"
    assert page.evaluate(f"document.activeElement === document.body || !!{inside}")


def test_the_close_button_is_large_and_named(page: Page, sites: Sites) -> None:
    page.goto(sites.site)
    page.get_by_role("button", name="Find out where you stand").click()
    close = _shown(page).get_by_role("button", name="Close")
    box = close.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 44
    close.click()
    expect(_shown(page)).to_have_count(0)


def test_the_page_beneath_neither_scrolls_nor_moves(chromium: Browser, sites: Sites) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 740})
    page = context.new_page()
    page.goto(sites.site)
    page.mouse.wheel(0, 200)
    until(page, "scrollY > 100")
    before = page.evaluate("[scrollY, document.querySelector('.hero').getBoundingClientRect().right]")
    page.get_by_role("button", name="Find out where you stand").click()
    expect(_shown(page).locator("iframe").content_frame.locator("#go")).to_be_visible()
    page.mouse.move(20, 400)
    page.mouse.wheel(0, 600)
    page.wait_for_timeout(200)
    assert page.evaluate("[scrollY, document.querySelector('.hero').getBoundingClientRect().right]") == before
    page.keyboard.press("Escape")
    expect(_shown(page)).to_have_count(0)
    _wheel_until(page, before[0])
    context.close()


def _wheel_until(page: Page, before: int) -> None:
    """Turns the wheel until the page has moved: a browser may drop what comes while it still takes the dialog away."""
    for _ in range(LOOKS_AGAIN):
        page.mouse.wheel(0, 100)
        page.wait_for_timeout(50)
        if page.evaluate("scrollY") > before:
            return
    raise AssertionError("the page beneath does not scroll again")


def test_on_a_phone_it_fills_the_screen(chromium: Browser, sites: Sites) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(sites.site)
    page.get_by_role("button", name="Find out where you stand").tap()
    expect(_shown(page)).to_be_visible()
    page.wait_for_timeout(300)
    box = _shown(page).bounding_box()
    assert box == {"x": 0, "y": 0, "width": 360, "height": 640}
    answer_in(_shown(page).locator("iframe").content_frame)
    context.close()


@pytest.mark.parametrize(("name", "edge"), [("Check our teams", 1280), ("Check our data", 0)])
def test_the_slider_stands_at_its_side_from_top_to_bottom(
    chromium: Browser, sites: Sites, name: str, edge: int
) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 740})
    page = context.new_page()
    page.goto(f"{sites.site}/services")
    page.get_by_role("button", name=name).click()
    expect(_shown(page).locator("iframe").content_frame.locator("#go")).to_be_visible()
    box = _shown(page).bounding_box()
    assert box
    assert (box["x"] + box["width"] if edge else box["x"]) == edge
    assert (box["y"], box["height"]) == (0, 740)
    no_barriers(page)
    context.close()


def test_after_half_of_the_page_the_slider_comes_once_and_not_again_when_closed(page: Page, sites: Sites) -> None:
    page.goto(f"{sites.site}/guide")
    expect(_shown(page)).to_have_count(0)
    page.mouse.wheel(0, 3000)
    expect(_shown(page).locator("iframe").content_frame.locator("#go")).to_be_visible()
    page.keyboard.press("Escape")
    expect(_shown(page)).to_have_count(0)
    # The browser tells of the closing a moment after it; nobody reloads before.
    page.wait_for_function("sessionStorage.length > 0")
    page.reload()
    page.mouse.wheel(0, -100)
    page.mouse.wheel(0, 3000)
    page.wait_for_timeout(300)
    expect(_shown(page)).to_have_count(0)


def test_when_the_pointer_leaves_at_the_top_the_popup_comes(page: Page, sites: Sites) -> None:
    page.goto(f"{sites.site}/pricing", wait_until="networkidle")
    leave = "y => document.documentElement.dispatchEvent(new MouseEvent('mouseleave', {clientY: y}))"
    page.evaluate(leave, 300)
    expect(_shown(page)).to_have_count(0)
    page.evaluate(leave, -1)
    expect(page.get_by_role("dialog", name="Before you go: where do you stand?")).to_be_visible()
    answer_in(_shown(page).locator("iframe").content_frame)


def test_after_its_time_the_popup_comes_and_two_never_stand_at_once(page: Page, sites: Sites) -> None:
    one = '<i data-lq-survey="%s" data-lq-mode="{mode}" data-lq-open="{open}" data-lq-delay="600"></i>'
    one = one.replace("%s", SURVEY)
    page.goto(sites.write("both", one.format(mode="popup", open="load") + one.format(mode="slider", open="time")))
    expect(_shown(page)).to_have_count(1)
    page.wait_for_timeout(900)
    expect(page.locator("dialog")).to_have_count(1)
    # On a busy machine 600 ms may be over before the first look.
    page.goto(sites.write("later", one.format(mode="popup", open="time").replace("600", "3000")))
    assert page.locator("dialog").count() == 0
    expect(_shown(page)).to_have_count(1)


def test_a_link_to_the_page_of_its_own_takes_the_campaign_along(page: Page, sites: Sites) -> None:
    page.goto(f"{sites.site}/contact?utm_campaign=autumn")
    page.get_by_role("link", name="Open the diagnostic").click()
    page.wait_for_url(f"{sites.form}/s/{SURVEY}?utm_campaign=autumn*")
    expect(page.locator("#where")).to_have_text("Question 1 of about 10")


def test_a_popup_link_is_a_link_without_scripts(chromium: Browser, sites: Sites) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(sites.site)
    page.locator(".call a").click()
    page.wait_for_url(f"{sites.form}/s/{SURVEY}")
    context.close()


def test_under_reduced_motion_nothing_is_animated(chromium: Browser, sites: Sites) -> None:
    context = chromium.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(sites.site)
    page.get_by_role("button", name="Find out where you stand").click()
    assert page.evaluate("document.getAnimations().length") == 0
    context.close()
