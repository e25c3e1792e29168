"""Every control, answered with a mouse, a thumb, the keyboard alone and without a script; its answer arrives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from questionnaire.settings import bundle_dir
from tests.browser.features import WALKS, Walk, newest_answers, publish_features
from tests.browser.keyboard import Keys, Mouse, NoScript, Thumb
from tests.browser.live import KeptPages, Live, open_house
from tests.proof.size import sized

HANDS: dict[str, tuple[Mouse, dict[str, Any]]] = {
    "mouse": (Mouse(), {"viewport": {"width": 1280, "height": 800}}),
    "thumb": (Thumb(), {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}),
    "keys": (Keys(), {"viewport": {"width": 768, "height": 800}}),
    "no-script": (NoScript(), {"viewport": {"width": 360, "height": 740}, "java_script_enabled": False}),
}


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with open_house(tmp_path_factory.mktemp("controls"), publish_features) as opened:
        yield opened


@pytest.fixture
def page(request: pytest.FixtureRequest, kept: KeptPages) -> Page:
    """That of somebody with something in their hands."""
    return kept.page(**HANDS[getattr(request, "param", "mouse")][1], locale="en-US")


def _open(page: Page, live: Live, address: str) -> list[str]:
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(live.address + address)
    return complaints


def _finish(page: Page, hand: Mouse) -> None:
    page.locator("[name=email]").wait_for()
    if isinstance(hand, Keys):
        for name, text in (("email", "a@firm.example"), ("country", "France")):
            if not page.locator(f"[name={name}]").evaluate("field => field === document.activeElement"):
                hand.tab_to(page, f"[name={name}]")
            page.keyboard.type(text)
        hand.go(page)
    else:
        page.locator("[name=email]").fill("a@firm.example")
        page.locator("[name=country]").select_option("FR")
        hand.press(page.locator("#go"))
    page.wait_for_url("**/r/*")


# A mouse and a thumb press the same places: small, each control meets one of them.
POINTERS = ("mouse", "thumb")
TRIED = [
    pytest.param(walk, hand, hand, id=f"{walk.feature}-{hand}")
    for number, walk in enumerate(WALKS)
    for hand in HANDS
    if hand != sized(POINTERS[number % 2], "")
]


@pytest.mark.parametrize(("walk", "hand", "page"), TRIED, indirect=["page"])
def test_an_answer_is_stored_by_touch_mouse_keyboard_and_without_script(
    page: Page, live: Live, hand: str, walk: Walk
) -> None:
    with_what = HANDS[hand][0]
    complaints = _open(page, live, walk.address)
    for given in walk.given:
        with_what.answer(page, given)
    if hand == "no-script":
        page.locator("#go").click()
    _finish(page, with_what)
    assert not complaints
    arrived = {
        name: str(value) if isinstance(value, float) else value for name, value in newest_answers(live.toolbox).items()
    }
    assert {name: arrived.get(name) for name in walk.arrives} == walk.arrives


# --- single controls ---------------------------------------------------------------------------------------------


def test_an_untouched_slider_is_unanswered_and_says_so(page: Page, live: Live) -> None:
    _open(page, live, "/s/feature-slider")
    slider = page.get_by_role("slider")
    expect(slider).to_have_attribute("aria-valuetext", "Not answered yet")
    expect(page.get_by_text("Move the slider or enter a number.")).to_be_visible()
    number = page.get_by_role("textbox", name="What share of your leads")
    expect(number).to_have_value("")
    slider.press("ArrowRight")
    expect(number).to_have_value("55")
    expect(slider).to_have_attribute("aria-valuetext", "55 %")
    number.fill("20")
    expect(slider).to_have_value("20")
    number.fill("")
    expect(slider).to_have_attribute("aria-valuetext", "Not answered yet")
    number.fill("7")
    page.locator("#go").click()
    expect(page.locator(".field-error")).to_have_text("Enter a number in steps of 5.")
    number.fill("")
    page.locator("#go").click()
    _finish(page, Mouse())
    assert "share" not in newest_answers(live.toolbox)


def test_a_ranking_says_each_new_place_and_can_be_taken_back(page: Page, live: Live) -> None:
    _open(page, live, "/s/feature-ranking")
    said = page.locator(".new-place")
    place = page.locator(".ranking select")
    page.get_by_role("button", name="Data", exact=True).click()
    expect(said).to_have_text("Data: rank 1 of 2")
    page.get_by_role("button", name="Speed", exact=True).click()
    expect(said).to_have_text("Speed: rank 2 of 2")
    page.get_by_role("button", name="Move up: Speed").click()
    expect(said).to_have_text("Speed: rank 1 of 2")
    assert [place.nth(n).input_value() for n in range(2)] == ["speed", "data"]
    page.get_by_role("button", name="Fewer meetings").click()
    expect(said).to_have_text("All 2 ranks are used. Choose one again to free it.")
    page.get_by_role("button", name="1 Speed").click()
    expect(said).to_have_text("Speed is no longer ranked")
    expect(page.get_by_role("button", name="1 Data")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Clear ranking").click()
    assert [place.nth(n).input_value() for n in range(2)] == ["", ""]
    page.locator("#go").click()
    expect(page.locator(".field-error")).to_be_visible()
    expect(page.locator(".pick").first).to_be_focused()


def test_an_exclusive_choice_unticks_the_others_and_updates_the_count(page: Page, live: Live) -> None:
    _open(page, live, "/s/feature-multiple-choice")
    page.get_by_role("checkbox", name="The site").check(force=True)
    page.get_by_role("checkbox", name="Fairs").check(force=True)
    expect(page.locator(".count")).to_have_text("Chosen: 2 of 3")
    page.get_by_role("checkbox", name="We have none").check(force=True)
    expect(page.locator(".count")).to_have_text("Chosen: 1 of 3")
    expect(page.get_by_role("checkbox", name="The site")).not_to_be_checked()
    page.get_by_role("checkbox", name="Fairs").check(force=True)
    expect(page.get_by_role("checkbox", name="We have none")).not_to_be_checked()


def test_the_choice_other_opens_a_text_field_whose_text_is_stored(page: Page, live: Live) -> None:
    _open(page, live, "/s/feature-single-choice")
    line = page.get_by_label("In your own words")
    expect(line).to_be_hidden()
    page.locator(".question.is-current .row", has_text="Something else").click()
    line.fill("A shoebox")
    page.locator("#go").click()
    _finish(page, Mouse())
    assert newest_answers(live.toolbox)["tool.other"] == "A shoebox"


def test_the_characters_left_are_announced_near_the_limit(page: Page, live: Live) -> None:
    _open(page, live, "/s/feature-text")
    page.locator("#go").click()
    story = page.locator("[name=story]")
    story.fill("x" * 800)
    expect(page.get_by_text("Characters left")).to_be_hidden()
    story.fill("x" * 990)
    expect(page.get_by_text("Characters left: 10")).to_be_visible()


def test_choices_are_shuffled_for_each_visitor_and_stay_as_long_as_the_visit(chromium: Browser, live: Live) -> None:
    orders = set()
    for _ in range(6):
        context = chromium.new_context()
        page = context.new_page()
        _open(page, live, "/s/feature-single-choice")
        order = page.locator("[data-name=tool] .choice-text").all_inner_texts()
        assert order[3:] == ["Something else", "I don’t know"]
        assert sorted(order[:3]) == ["A CRM", "A spreadsheet", "Our heads"]
        assert page.locator("[data-name=tool] .key").all_inner_texts() == list("ABCDE")
        page.reload()
        assert page.locator("[data-name=tool] .choice-text").all_inner_texts() == order
        page.keyboard.press("b")
        expect(page.get_by_role("radio", name=order[1])).to_be_checked()
        orders.add(tuple(order))
        context.close()
    assert len(orders) > 1


@pytest.mark.parametrize("page", ["no-script"], indirect=True)
def test_without_script_choices_keep_their_authored_order(page: Page, live: Live) -> None:
    _open(page, live, "/s/feature-single-choice")
    page.wait_for_url("**/form/**")
    assert page.locator("[data-name=tool] .choice-text").all_inner_texts()[:3] == [
        "A CRM",
        "A spreadsheet",
        "Our heads",
    ]


def test_the_step_bar_fills_page_by_page_and_never_shrinks(page: Page, live: Live) -> None:
    _open(page, live, "/s/feature-right-to-left?lang=en")
    steps = page.locator(".steps li")
    assert [text.strip() for text in steps.all_text_contents()] == ["Habits", "Figures", "Who is this report for?"]
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator(".question.is-current")).to_have_attribute("data-name", "share")
    expect(steps.nth(1)).to_have_attribute("aria-current", "step")
    page.go_back()
    expect(steps.nth(0)).to_have_attribute("aria-current", "step")
    expect(steps.nth(1)).to_have_class("done")


def test_pictures_cause_no_layout_shift_while_loading(page: Page, live: Live) -> None:
    _open(page, live, "/s/feature-picture-choice")
    pictures = page.locator(".pictures img")
    expect(pictures).to_have_count(3)
    expect(page.get_by_role("radio", name="A level line Flat")).to_be_attached()
    for nth in range(3):
        assert pictures.nth(nth).evaluate("one => one.decode().then(() => one.naturalWidth)") > 0
        assert pictures.nth(nth).get_attribute("height")


def test_the_names_of_rows_have_room_beside_six_choices(page: Page) -> None:
    style = (bundle_dir("static") / "css" / "survey" / "matrix.css").read_text("utf-8")
    cells = "<label><input type=radio><span>Somewhere</span></label>" * 6
    page.goto("about:blank")  # no policy of the product forbids the style
    page.set_content(f"""<style>{style}</style><div class="matrix table" style="width:648px"><div class="line">
        <span class="row-name">administrateur</span><div class="cells">{cells}</div></div></div>""")
    widths = page.locator(".row-name, label").evaluate_all("all => all.map(one => one.offsetWidth)")
    assert widths[0] >= 180
    assert len(set(widths[1:])) == 1, "the choices share what is left"


@pytest.mark.parametrize(("asked", "side"), [("dark", "rgb(21, 23, 27)"), ("light", "rgb(255, 255, 255)")])
def test_a_url_parameter_selects_light_or_dark(kept: KeptPages, live: Live, asked: str, side: str) -> None:
    page = kept.page(color_scheme="light" if asked == "dark" else "dark")
    complaints = _open(page, live, f"/s/feature-yes-no?theme={asked}")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == side
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == asked
    assert not complaints
