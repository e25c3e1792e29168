"""The diagnostic inside another site's page, in a browser that takes the two for strangers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import col, select

from questionnaire.storage.tables import ResponseRow
from tests.browser.embedding import (
    LISTEN,
    SURVEY,
    Sites,
    answer_in,
    heard,
    open_sites,
    told_to_the_frame,
    until,
    wait_for_the_keyboard,
)
from tests.browser.live import no_barriers, no_sideways_scroll

FRAMES = {"/diagnostic": 1, "/both": 2, "/fr": 1, "/trust": 1}
# On a busy machine a frame may come later than its link in its place would: that is no server that is away.
PATIENT = """const soon = window.setTimeout;
  window.setTimeout = (act, time, ...given) => soon(act, time >= 4000 ? 6e5 : time, ...given);"""
# A frame below the edge of the window is not drawn, so it says that it is there and not how high it is.
ARRIVED = """frames => {
  const said = (type) => window.heard.filter(([kind]) => kind === type).length;
  const seen = [...document.querySelectorAll("iframe")].map((frame) => frame.getBoundingClientRect())
    .filter((box) => box.top < innerHeight && box.bottom > 0);
  return said("ready") >= frames && said("height_changed") >= seen.length;
}"""
SHIFTS = """window.shifted = 0; new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  if (!entry.hadRecentInput) window.shifted += entry.value; })).observe({type: "layout-shift", buffered: true})"""


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    with open_sites(tmp_path_factory.mktemp("embed")) as opened:
        yield opened


def test_the_plain_snippet_leads_from_the_first_question_to_the_result(page: Page, sites: Sites) -> None:
    page.add_init_script(LISTEN)
    page.goto(f"{sites.site}/diagnostic?utm_source=letter&gclid=abc&colour=green")
    frame = page.frame_locator("main iframe")
    answer_in(frame)
    told = page.evaluate("window.heard")
    kinds = heard(page)
    assert kinds[:2] == ["ready", "started"]
    assert kinds.count("ready") == kinds.count("started") == kinds.count("submitted") == 1
    assert {"survey": SURVEY, "version": 4}.items() <= told[0][1].items()
    asked = [about["question"] for kind, about in told if kind == "question_changed"]
    assert asked[:2] == ["industry", "buying_role"]
    assert asked[-1] == "contact"
    with sites.live.toolbox.database.reading() as session:
        newest = session.exec(
            select(ResponseRow).order_by(col(ResponseRow.at).desc(), col(ResponseRow.id).desc())
        ).first()
    assert newest is not None
    # Who frames the diagnostic is where the visitor landed, and not where they came from.
    touch = {"utm_source": "letter", "gclid": "abc", "landing": f"{sites.site}/diagnostic"}
    assert newest.source == {"first": touch, "last": touch}


def test_the_frame_is_as_high_as_what_it_shows_and_shrinks_again(page: Page, sites: Sites) -> None:
    page.goto(f"{sites.site}/diagnostic")
    box = page.locator("main iframe")
    frame = page.frame_locator("main iframe")
    expect(frame.locator("#go")).to_be_visible()
    high = box.evaluate("frame => frame.offsetHeight")
    frame.locator(".row").nth(1).click()
    expect(frame.locator(".question.is-current")).to_have_attribute("data-name", "industry")
    until(page, "high => document.querySelector('main iframe').offsetHeight < high - 100", high)
    page.wait_for_timeout(300)
    inside = frame.locator("body").evaluate("body => [body.offsetHeight, innerHeight]")
    assert abs(inside[0] - inside[1]) <= 1


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_moves_while_the_page_loads(chromium: Browser, sites: Sites, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 740})
    page = context.new_page()
    page.add_init_script(SHIFTS + ";" + LISTEN + PATIENT)
    for path, frames in FRAMES.items():
        page.goto(sites.site + path)
        until(page, ARRIVED, frames)
        # What moved is told a frame later.
        page.wait_for_timeout(200)
        assert page.evaluate("window.shifted") <= 0.02, path
        no_sideways_scroll(page)
    context.close()


def test_two_embeds_on_one_page_do_not_mix_their_events(page: Page, sites: Sites) -> None:
    page.add_init_script(LISTEN)
    page.goto(f"{sites.site}/both")
    first, second = (page.locator("lead-questionnaire iframe").nth(nth).content_frame for nth in (0, 1))
    for frame, questions in ((first, "about 10"), (second, "about 12")):
        expect(frame.locator("#where")).to_have_text(f"Question 1 of {questions}")
    first.locator(".row").nth(1).click()
    expect(first.locator("#where")).to_have_text("Question 2 of about 10")
    expect(second.locator("#where")).to_have_text("Question 1 of about 12")
    told = page.evaluate(
        "window.heard.filter(([kind]) => kind === 'question_changed').map(([, about]) => about.survey)"
    )
    assert told == [SURVEY]


def test_the_two_lines_pasted_twice_and_a_frame_added_later_all_work(page: Page, sites: Sites) -> None:
    page.add_init_script(LISTEN)
    twice = sites.frame() + '<script async src="{form}/embed.js"></script>' + sites.frame()
    page.goto(sites.write("twice", twice))
    expect(page.frame_locator("iframe >> nth=1").locator("#go")).to_be_visible()
    page.evaluate(
        "const one = document.querySelector('iframe').cloneNode(); document.querySelector('main').append(one)"
    )
    expect(page.frame_locator("iframe >> nth=2").locator("#go")).to_be_visible()
    until(page, "window.heard.filter(([kind]) => kind === 'ready').length === 3")


def test_the_campaign_of_the_page_around_reaches_a_frame_that_began_before_the_script(page: Page, sites: Sites) -> None:
    address = f"{sites.site}/diagnostic?utm_source=letter&utm_medium=mail&gclid=abc&colour=green"
    page.goto(address, referer="https://search.example/results")
    expect(page.frame_locator("main iframe").locator("#go")).to_be_visible()
    assert told_to_the_frame(page) == {
        "utm_source": "letter",
        "utm_medium": "mail",
        "gclid": "abc",
        "lq_referrer": "https://search.example/results",
        "lq_landing": f"{sites.site}/diagnostic",
    }


def test_a_frame_the_script_makes_has_all_of_it_in_its_address(page: Page, sites: Sites) -> None:
    element = (
        '<lead-questionnaire survey="sales-marketing-alignment" theme="dark" lang="en" transitive-search-params="ref" '
        'prefill="company=Nordwind\\, Inc" data-lq-hidden="trigger_event=hiring"></lead-questionnaire>'
    )
    page.goto(sites.write("element", element) + "?utm_campaign=autumn&ref=42&other=1")
    expect(page.frame_locator("iframe").locator("#go")).to_be_visible()
    asked = page.frames[1].evaluate("Object.fromEntries(new URLSearchParams(location.search))")
    landing = f"{sites.site}/written/element"
    assert asked == {
        "embed": "",
        "ref": "42",
        "utm_campaign": "autumn",
        "lq_landing": landing,
        "trigger_event": "hiring",
        "company": "Nordwind, Inc",
        "theme": "dark",
        "lang": "en",
    }


def test_a_parameter_given_twice_means_the_same_in_a_frame(page: Page, sites: Sites) -> None:
    element = '<lead-questionnaire survey="sales-marketing-alignment" transitive-search-params></lead-questionnaire>'
    page.goto(sites.write("twice", element) + "?utm_source=first&utm_source=second&ref=1&ref=2")
    frame = page.frame_locator("iframe").locator("#go")
    frame.wait_for()
    asked = parse_qs(urlsplit(page.locator("iframe").get_attribute("src") or "").query)
    assert (asked["utm_source"], asked["ref"]) == (["first"], ["1"])


def test_the_first_touch_is_kept_only_with_consent(page: Page, sites: Sites) -> None:
    without = sites.write("without", sites.frame())
    page.goto(f"{without}?utm_source=first")
    assert "lq_first" not in told_to_the_frame(page)
    assert page.evaluate("localStorage.length") == 0
    agreed = sites.write("agreed", f"<div data-lq-consent>{sites.frame()}</div>")
    told: dict[str, str] = {}
    for source in ("first", "second"):
        page.goto(f"{agreed}?utm_source={source}")
        told = told_to_the_frame(page)
    assert told["utm_source"] == "second"
    assert told["lq_first"].startswith("utm_source=first&referrer=&landing=http")


def test_with_all_storage_of_the_frame_blocked_it_goes_to_the_end(page: Page, sites: Sites) -> None:
    blocked = "Object.defineProperty(window, '{0}', {{get() {{throw new Error('blocked')}}}});"
    page.add_init_script("".join(blocked.format(name) for name in ("localStorage", "sessionStorage")))
    page.goto(f"{sites.site}/diagnostic")
    answer_in(page.frame_locator("main iframe"))


def test_cookies_are_neither_set_nor_needed(page: Page, sites: Sites) -> None:
    page.goto(f"{sites.site}/diagnostic")
    answer_in(page.frame_locator("main iframe"))
    assert page.context.cookies() == []


def test_the_next_step_opens_beside_the_page_and_is_told(page: Page, sites: Sites) -> None:
    page.context.route("https://www.nordlicht.example/**", lambda route: route.fulfill(body="Booked"))
    page.add_init_script(LISTEN)
    page.goto(f"{sites.site}/diagnostic")
    frame = page.frame_locator("main iframe")
    answer_in(frame)
    with page.expect_popup() as beside:
        frame.get_by_role("link", name="Continue on www.nordlicht.example").press("Enter")
    expect(beside.value.locator("body")).to_have_text("Booked")
    until(page, "window.heard.some(([kind]) => kind === 'cta_clicked')")
    assert page.evaluate("window.heard.at(-1)[1].cta") == "next_step"
    expect(frame.locator("h1")).to_have_text("Where Nordwind Software stands")


def test_a_lazy_element_waits_below_and_one_with_auto_focus_takes_the_keyboard(page: Page, sites: Sites) -> None:
    element = f'<lead-questionnaire survey="{SURVEY}" {{}}></lead-questionnaire>'
    far = '<svg width="10" height="6000"></svg>'
    page.goto(sites.write("lazy", far + element.format("lazy")), wait_until="networkidle")
    frame = page.frame_locator("iframe")
    expect(frame.locator("#go")).to_have_count(0)
    page.locator("lead-questionnaire").scroll_into_view_if_needed()
    expect(frame.locator("#go")).to_be_visible()
    page.goto(sites.write("focus", element.format("auto-focus")))
    expect(frame.locator("#where")).to_have_text("Question 1 of about 10")
    until(page, "document.activeElement.localName === 'iframe'")
    wait_for_the_keyboard(page)
    page.keyboard.press("b")
    expect(frame.locator("input[value='10_49']")).to_be_checked()


def test_by_keyboard_alone_in_and_out_of_the_frame(page: Page, sites: Sites) -> None:
    page.add_init_script(LISTEN)
    page.goto(sites.write("keys", f"<a href=#before>before</a>{sites.frame()}<a href=#after id=after>after</a>"))
    frame = page.frame_locator("iframe")
    expect(frame.locator("#where")).to_have_text("Question 1 of about 10")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    wait_for_the_keyboard(page)
    page.keyboard.press("c")
    expect(frame.locator("input[value='50_199']")).to_be_checked()
    page.keyboard.press("Enter")
    expect(frame.locator("#where")).to_have_text("Question 2 of about 10")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "after":
            return
    raise AssertionError("the keyboard is caught in the frame")


def test_without_scripts_the_frame_of_the_snippet_works_by_itself(chromium: Browser, sites: Sites) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{sites.site}/diagnostic")
    frame = page.frame_locator("main iframe")
    frame.locator("#go").click()
    expect(frame.locator("#summary")).to_contain_text(re.compile(r"Check \d+ answers"))
    expect(page.locator("[data-lq-link] a")).to_have_attribute("href", f"{sites.form}/s/{SURVEY}")
    page.goto(f"{sites.site}/both")
    expect(page.locator("lead-questionnaire a").first).to_be_visible()
    context.close()


def test_every_page_of_the_marketing_site_is_without_barriers(page: Page, sites: Sites) -> None:
    from questionnaire.demo.site import PAGES

    for name in (*PAGES, "missing"):
        page.goto(f"{sites.site}/{name}")
        for width in (1280, 768, 360):
            page.set_viewport_size({"width": width, "height": 740})
            no_sideways_scroll(page)
        no_barriers(page)
