"""Nobody is kept out: WCAG 2.2 AA in every state, small screens, zoom, motion, forced colours, keys, words read out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.features import FILES, publish_features
from tests.browser.keyboard import Keys
from tests.browser.live import KeptPages, Live, answer_all, fill_the_gate, no_barriers, no_sideways_scroll, open_house
from tests.proof.size import sized
from tests.web.client import PAGE

WIDTHS = (320, 360, 768, 1280)
# What axe judges depends on the width or on the colours, not on both together.
JUDGED = {"light": WIDTHS[0], "dark": WIDTHS[-1]}


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with open_house(tmp_path_factory.mktemp("access"), publish_features) as opened:
        yield opened


@pytest.fixture
def page(kept: KeptPages) -> Page:
    return kept.page()


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def feature(request: pytest.FixtureRequest) -> str:
    return str(request.param.stem)


def _looked_at(page: Page, schemes: Sequence[str] = tuple(JUDGED)) -> None:
    """Sideways at every width; by axe at the narrowest in light and the widest in dark."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        no_sideways_scroll(page)
        for scheme in schemes:
            if width == JUDGED[scheme]:
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]  # a literal
                no_barriers(page)


def _choose_something(page: Page) -> None:
    """The first question gets an answer, by the script, so that the page does not go on by itself."""
    question = page.locator(".question.is-current").first
    ranked = question.locator(".pick")
    if ranked.count():
        ranked.nth(1).click()
        ranked.nth(0).click()
    elif question.locator("select").count():
        question.locator("select").select_option(index=1)
    elif question.locator("[type=range]").count():
        question.locator("[type=range]").press("ArrowRight")
    elif question.locator("[type=date]").count():
        question.locator("input").fill("2027-01-04")
    elif question.locator("[type=radio],[type=checkbox]").count():
        for place in question.locator("div.line").all() or [question]:
            place.locator("[type=radio],[type=checkbox]").last.dispatch_event("click")
    elif question.locator("input,textarea").count():
        question.locator("input,textarea").fill("x")


def test_every_control_is_without_barriers_empty_wrong_and_chosen(page: Page, live: Live, feature: str) -> None:
    # Small, each control is judged in the colours of the one or the other; the other states are of every control.
    schemes = sized(("light", "dark")[sum(feature.encode()) % 2 :][:1], tuple(JUDGED))
    page.goto(f"{live.address}/s/feature-{feature}")
    _looked_at(page)
    if page.locator(".question.is-current[data-required]").count():
        page.locator("#go").click()
        expect(page.locator(".field-error").first).to_be_visible()
        _looked_at(page, schemes)
    _choose_something(page)
    _looked_at(page, schemes)


def test_the_gate_with_its_summary_and_the_result_are_without_barriers(page: Page, live: Live) -> None:
    page.goto(live.address + PAGE)
    answer_all(page)
    _looked_at(page)
    page.locator("#go").click()
    expect(page.locator("#summary")).to_be_focused()
    _looked_at(page)
    fill_the_gate(page)
    page.locator("#go").click()
    page.wait_for_url("**/r/*")
    _looked_at(page)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_language_from_right_to_left_is_without_barriers_on_the_whole_way(
    page: Page, live: Live, language: str
) -> None:
    page.goto(f"{live.address}/s/feature-right-to-left?lang={language}")
    assert page.evaluate("getComputedStyle(document.documentElement).direction") == (
        "rtl" if language == "ar" else "ltr"
    )
    for _ in range(5):
        _choose_something(page)
        _looked_at(page)
        page.locator("#go").click()
    expect(page.locator("section.contact.is-current")).to_be_visible()
    page.locator("#go").click()
    _looked_at(page)


def test_in_a_right_to_left_survey_keys_and_progress_start_at_the_right(page: Page, live: Live) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{live.address}/s/feature-right-to-left?lang=ar")
    key, said = page.locator(".key").first.bounding_box(), page.locator(".choice-text").first.bounding_box()
    first, last = page.locator(".steps li").first.bounding_box(), page.locator(".steps li").last.bounding_box()
    assert key
    assert said
    assert first
    assert last
    assert key["x"] > said["x"] + said["width"]
    assert first["x"] > last["x"]
    expect(page.get_by_role("link", name="English")).to_have_attribute("lang", "en")


TWICE: dict[str, dict[str, Any]] = {
    "a screen of twice the density": {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2},
    "zoom": {"viewport": {"width": 640, "height": 800}},
}


@pytest.mark.parametrize("how", TWICE)
def test_at_twice_the_size_everything_fits(kept: KeptPages, live: Live, how: str) -> None:
    page = kept.page(**TWICE[how])
    wide = []
    for file in FILES:
        page.goto(f"{live.address}/s/feature-{file.stem}")
        if how == "zoom":
            page.evaluate("document.documentElement.style.zoom = 2")
        no_sideways_scroll(page)
        wide += [(file.stem, outside) for outside in page.evaluate(_OUTSIDE)]
    assert wide == []


_OUTSIDE = """() => [...document.querySelectorAll(".question.is-current :is(label,legend,button,input,select)")]
  .filter((one) => { const box = one.getBoundingClientRect();
    return one.checkVisibility() && box.width > 0 && (box.left < -1 || box.right > 641); })
  .map((one) => one.outerHTML.slice(0, 80))"""


def test_with_reduced_motion_nothing_is_animated(kept: KeptPages, live: Live) -> None:
    page = kept.page(reduced_motion="reduce")
    moving = []
    for file in FILES:
        page.goto(f"{live.address}/s/feature-{file.stem}")
        moving += page.evaluate(
            "[...document.querySelectorAll('*')].filter((one) => { const style = getComputedStyle(one);"
            " return style.transitionProperty !== 'none' && parseFloat(style.transitionDuration) > 0"
            " || style.animationName !== 'none' }).map((one) => one.outerHTML.slice(0, 80))"
        )
    assert moving == []


CHOSEN = {
    "single-choice": ".row:has(:checked)",
    "multiple-choice": ".row:has(:checked)",
    "picture-choice": ".row:has(:checked)",
    "yes-no": ".row:has(:checked)",
    "scale": ".points label:has(:checked)",
    "rating": ".points label:has(:checked)",
    "nps": ".points label:has(:checked)",
    "matrix": ".cells label:has(:checked)",
    "ranking": ".place:has([aria-pressed=true])",
}


@pytest.mark.parametrize("name", CHOSEN)
def test_with_forced_colours_the_selected_choice_has_an_outline(kept: KeptPages, live: Live, name: str) -> None:
    page = kept.page(forced_colors="active")
    page.goto(f"{live.address}/s/feature-{name}")
    _choose_something(page)
    page.locator("#where").dispatch_event("click")
    chosen = page.locator(f".question.is-current {CHOSEN[name]}").last
    style = "getComputedStyle(one).outlineStyle + ' ' + getComputedStyle(one).outlineWidth"
    assert re.fullmatch(r"solid [23]px", chosen.evaluate(f"one => {style}"))
    others = page.locator(
        ".question.is-current :is(.row,.points label,.cells label):not(:has(:checked,[aria-pressed=true]))"
    )
    assert others.first.evaluate("one => getComputedStyle(one).outlineStyle") == "none"


_STOP = """() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  const ringed = [one, one.closest(".row"), one.closest(".points label")].filter(Boolean)
    .map((place) => getComputedStyle(place))
    .filter((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 3);
  const box = (one.closest("label") || one).getBoundingClientRect();
  const all = [...document.querySelectorAll("*")];
  return { what: one.outerHTML.slice(0, 90), ring: ringed.length > 0, y: box.top + scrollY, height: box.height,
           width: box.width, nth: all.indexOf(one) };
}"""


def test_tab_goes_in_reading_order_and_every_stop_has_a_ring_and_room_for_a_finger(
    page: Page, live: Live, feature: str
) -> None:
    page.goto(f"{live.address}/s/feature-{feature}")
    _choose_something(page)
    page.evaluate("document.activeElement.blur()")
    stops: list[dict[str, Any]] = []
    for _ in range(40):
        page.keyboard.press("Tab")
        stop = page.evaluate(_STOP)
        if stop is None or (stops and stop["nth"] < stops[-1]["nth"]):
            break
        # A date has several stops inside of one field.
        if not stops or stop["nth"] > stops[-1]["nth"]:
            stops.append(stop)
    assert any('id="go"' in stop["what"] for stop in stops)
    for before, after in pairwise(stops):
        assert after["y"] >= before["y"] - max(before["height"], after["height"]), (before, after)
    for stop in stops:
        assert stop["ring"], stop
        # 2.5.8: 24 by 24 pixels at least; links inside a sentence are exempt.
        assert min(stop["width"], stop["height"]) >= 24 or stop["what"].startswith("<a"), stop


def test_a_right_to_left_survey_is_answered_by_keyboard_alone(page: Page, live: Live) -> None:
    keys = Keys()
    page.goto(f"{live.address}/s/feature-right-to-left?lang=ar")
    keys.tab_to(page, ".question.is-current input")
    page.keyboard.press("Space")
    for _ in range(5):
        keys.go(page)
    expect(page.locator("section.contact.is-current")).to_be_visible()
    keys.tab_to(page, "[name=email]")
    page.keyboard.type("a@firm.example")
    keys.tab_to(page, "[name=country]")
    page.keyboard.press("ArrowDown")
    keys.go(page)
    page.wait_for_url("**/r/*")
