"""A survey in the builder: a question is built, broken, mended, previewed and published; no page has a barrier."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from questionnaire.actions.editing import cases, drafts
from tests.browser.embedding import SURVEY
from tests.browser.live import LOOKS, Live, no_barriers, no_sideways_scroll, open_house, pages_in
from tests.searches import search_drafts

SCORING = "pages/practice/questions/scoring"
MO = "mo@nordlicht.example"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with open_house(tmp_path_factory.mktemp("builder"), DEMO="1") as opened:
        box = opened.toolbox
        draft = drafts.open_from_version(box, "survey", SURVEY, MO, box.now()).draft
        assert draft is not None
        level = {"edit": "set", "path": f"{SCORING}/choices/automated_reviewed/level", "value": "advancd"}
        condition = {"edit": "set", "path": f"{SCORING}/show_if", "value": {"industry": ["saas", "other"]}}
        assert drafts.edit(box, draft.id, 0, [level, condition], MO, box.now()).problems == ()
        case = {"name": "A lead", "at": "2026-10-02T10:00:00+02:00", "answers": {"employees": "50_199"},
                "expect": {"stage": "sql_ready", "fit": {"score": 15}}}  # fmt: skip
        assert cases.add_case(box, SURVEY, case, MO, box.now()).problems == ()
        yield opened


def _come_in(page: Page, live: Live, path: str = "/desk/surveys") -> None:
    page.goto(f"{live.address}/desk")
    page.get_by_role("button", name="Mo Marketing").click()
    page.goto(live.address + path)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_pages_of_the_builder_are_without_barriers(chromium: Browser, live: Live, width: int, scheme: Any) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    _come_in(page, live)
    draft = f"/desk/surveys/{SURVEY}/draft"
    pages = ("/desk/surveys", "/desk/surveys/new?way=sample", "/desk/surveys/new?way=yaml",
             f"{draft}?at={SCORING}&row=manual&type=slider", f"{draft}?at=pages/practice&add=1",
             f"{draft}?at=contact", f"{draft}?at={SCORING}#outline", f"{draft}?at={SCORING}#preview",
             f"{draft}/publish", f"{draft}/history", f"{draft}/cases", f"{draft}/scoring", f"{draft}/languages",
             f"{draft}/logic", f"{draft}/report", f"{draft}/report?at=report/dimensions/definitions",
             f"{draft}/report?at=report/next_step", f"{draft}/report#preview", f"{draft}/theme",
             f"/desk/surveys/{SURVEY}/versions", f"/desk/surveys/{SURVEY}/versions/compare?old=0",
             f"/desk/surveys/{SURVEY}/tests", "/desk/surveys/new?way=import")  # fmt: skip
    for path in pages_in(pages, width):
        page.goto(live.address + path)
        no_barriers(page)
        no_sideways_scroll(page)
    context.close()


def test_a_survey_is_paused_from_the_list_by_keyboard_and_the_pause_is_undone(page: Page, live: Live) -> None:
    _come_in(page, live)
    page.locator("tr", has=page.get_by_text(f"/s/{SURVEY}", exact=True)).locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Versions")).to_be_focused()
    page.get_by_role("button", name="Pause:").click()
    expect(page.get_by_role("status")).to_contain_text("is paused.")
    no_barriers(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("is live again.")


def test_a_question_is_built_broken_mended_previewed_and_published(page: Page, live: Live) -> None:
    _come_in(page, live)
    page.get_by_role("link", name="New survey").click()
    page.get_by_label("Title").fill("Data check")
    page.get_by_role("button", name="Create survey").click()
    preview = page.frame_locator("#device iframe:not(.next)")
    page.get_by_role("textbox", name="Question", exact=True).focus()
    page.keyboard.type("How good is your data?")
    expect(preview.locator("legend")).to_contain_text("How good is your data?")
    _write_answers(page)
    _break_and_mend(page)
    _move_and_undo(page)
    # The preview is answered like the real page; nothing is stored.
    preview.get_by_role("radio").first.check()
    expect(preview.locator("#go")).to_be_visible()
    page.get_by_role("link", name="Publish").click()
    expect(page.locator("h1")).to_have_text("Publish version 1?")
    # What is typed stays while the word of the search comes.
    page.get_by_label("Note for the history").fill("First try")
    expect(page.locator("#checks")).to_contain_text("Checking every path…")
    search_drafts(live.toolbox)
    expect(page.locator("#checks")).to_contain_text("No errors")
    expect(page.get_by_label("Note for the history")).to_have_value("First try")
    page.get_by_role("button", name="Publish version 1").click()
    expect(page.locator("h1")).to_have_text("Version 1 published")
    page.goto(f"{live.address}/s/data-check")
    expect(page.locator("legend").first).to_contain_text("How good is your data?")


def _write_answers(page: Page) -> None:
    """By keyboard: Enter goes on to the next answer, and adds one behind the last."""
    page.get_by_label("Answer A", exact=True).focus()
    for text in ("Bad", "Fair"):
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    expect(page.get_by_label("Answer C", exact=True)).to_be_focused()
    page.keyboard.type("Good")
    expect(page.locator("#status")).to_have_text("Saved")
    expect(page.locator("#problems")).to_contain_text("0")


def _break_and_mend(page: Page) -> None:
    """A criterion without levels, until each answer has one."""
    page.get_by_label("Criterion").select_option("digital_maturity")
    problem = page.locator("#question .note.danger").first
    expect(problem).to_contain_text("No answer has a level of Digital maturity yet.")
    for letter, level in zip("ABC", ("low", "basic", "advanced"), strict=True):
        page.get_by_label(f"Level of answer {letter}").select_option(level)
    expect(page.locator("#problems")).to_contain_text("0")
    expect(page.locator("#outline li.now .marks")).to_have_text("FIT 5")


def _move_and_undo(page: Page) -> None:
    page.get_by_label("Answer C", exact=True).focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.get_by_label("Answer B", exact=True)).to_have_value("Good")
    expect(page.locator("#undo")).to_have_attribute(
        "aria-label", "Undo: Question 1, How good is your data?, answer B moved"
    )
    page.locator("#undo").click()
    expect(page.get_by_label("Answer B", exact=True)).to_have_value("Fair")


def test_what_is_typed_before_the_scripts_are_there_is_saved_too(page: Page, live: Live) -> None:
    _come_in(page, live)
    waiting: list[Route] = []
    page.route("**/built/builder*.js*", lambda route: waiting.append(route))
    page.goto(f"{live.address}/desk/surveys/{SURVEY}/draft?at=pages/project/questions/budget", wait_until="commit")
    question = page.get_by_role("textbox", name="Question", exact=True)
    question.fill("What can you spend?")
    assert waiting
    for one in waiting:
        one.continue_()
    expect(page.frame_locator("#device iframe:not(.next)").get_by_text("What can you spend?").first).to_be_visible()


def test_what_is_typed_without_a_connection_is_sent_later(chromium: Browser, live: Live) -> None:
    context = chromium.new_context()
    page = context.new_page()
    _come_in(page, live, f"/desk/surveys/{SURVEY}/draft?at=pages/practice/questions/feedback")
    context.set_offline(True)
    page.get_by_role("textbox", name="Question", exact=True).fill("What do you hear back?")
    expect(page.locator("#status")).to_have_text("Saved in this browser. We’ll send it when you’re online.")
    context.set_offline(False)
    expect(page.locator("#status")).to_have_text("Saved")
    page.reload()
    expect(page.get_by_role("textbox", name="Question", exact=True)).to_have_value("What do you hear back?")
    context.close()


def test_a_change_on_its_way_is_kept_and_the_page_one_goes_on_to_is_shown(chromium: Browser, live: Live) -> None:
    context = chromium.new_context()
    page = context.new_page()
    draft = f"{live.address}/desk/surveys/{SURVEY}/draft"
    _come_in(page, live, f"/desk/surveys/{SURVEY}/draft?at=pages/practice/questions/definitions")
    page.route("**/draft?at=**", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.get_by_role("textbox", name="Question", exact=True).fill("Which definitions do you share?")
    expect(page.locator("#status")).to_have_text("Not saved. Try again")
    page.unroute_all()
    with page.expect_response(lambda reply: reply.request.method == "POST"):
        page.goto(f"{draft}?at=pages/project/questions/budget")
    expect(page.locator("#undo")).to_have_attribute("aria-label", re.compile("Undo: "))
    expect(page.locator("#form")).to_have_attribute("data-at", "pages/project/questions/budget")
    page.goto(f"{draft}?at=pages/practice/questions/definitions")
    question = page.get_by_role("textbox", name="Question", exact=True)
    expect(question).to_have_value("Which definitions do you share?")
    context.close()


def test_whoever_goes_on_while_a_save_is_on_its_way_loses_nothing_and_arrives(chromium: Browser, live: Live) -> None:
    context = chromium.new_context()
    page = context.new_page()
    _come_in(page, live, f"/desk/surveys/{SURVEY}/draft?at=pages/practice/questions/definitions")
    held: list[Route] = []
    page.route("**/draft?at=**", lambda route: held.append(route), times=1)
    question = page.get_by_role("textbox", name="Question", exact=True)
    question.fill("Which words do you share?")
    page.wait_for_timeout(600)
    question.fill("Which words do you both use?")
    page.locator("#outline").get_by_role("link", name="Budget", exact=True).click()
    held[0].continue_()
    expect(page.locator("#form")).to_have_attribute("data-at", "pages/project/questions/budget")
    page.locator("#outline").get_by_role("link", name="Definitions", exact=True).click()
    expect(page.get_by_role("textbox", name="Question", exact=True)).to_have_value("Which words do you both use?")
    context.close()


def test_a_choice_between_two_versions_waits_in_the_browser_of_whoever_leaves_it(chromium: Browser, live: Live) -> None:
    context = chromium.new_context()
    page = context.new_page()
    timeline = f"/desk/surveys/{SURVEY}/draft?at=pages/project/questions/timeline"
    _come_in(page, live, timeline)
    box = live.toolbox
    draft = drafts.find_draft_of(box, "survey", SURVEY)
    assert draft is not None
    theirs = {"edit": "set", "path": "pages/project/questions/timeline/title", "value": "Theirs"}
    drafts.edit(box, draft.id, draft.revision, [theirs], "ada@nordlicht.example", box.now())
    page.get_by_role("textbox", name="Question", exact=True).fill("Mine")
    expect(page.locator("#conflict")).to_contain_text("Theirs")
    page.goto(f"{live.address}/desk/surveys/{SURVEY}/draft/scoring")
    expect(page.locator("#kept")).to_contain_text("Your version is kept in this browser")
    page.locator("#kept-show").click()
    page.locator("#conflict").get_by_role("radio").nth(1).check()
    page.get_by_role("button", name="Keep this choice").click()
    expect(page.get_by_role("textbox", name="Question", exact=True)).to_have_value("Mine")
    expect(page.locator("#kept")).to_have_count(0)
    context.close()


def test_the_scoring_grid_is_edited_by_keyboard_alone(chromium: Browser, live: Live) -> None:
    context = chromium.new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    _come_in(page, live, f"/desk/surveys/{SURVEY}/draft/scoring")
    level = page.locator("td[data-name$='employees/choices/1_9/level']")
    level.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("td[data-name$='employees/choices/10_49/level']")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.evaluate("navigator.clipboard.writeText('Core\\nstretch')")
    page.keyboard.press("Control+v")
    expect(level).to_have_attribute("aria-label", "Level, answer A of Employees: Core, 15")
    expect(page.locator("td[data-name$='employees/choices/10_49/level']")).to_contain_text("Stretch")
    page.keyboard.press("Delete")
    expect(page.locator("tbody[data-path$=employees] .note")).to_contain_text("This answer has no level")
    page.keyboard.press("Enter")
    page.locator("#grid select").select_option("large")
    expect(level).to_contain_text("3")
    expect(level).to_be_focused()
    expect(page.locator("#totals")).to_contain_text("At most these points")
    context.close()


def test_answers_in_the_preview_are_judged_beside_it_and_stay_when_the_draft_changes(page: Page, live: Live) -> None:
    _come_in(page, live)
    page.goto(f"{live.address}/desk/surveys/new?way=sample")
    page.locator("[name=sample][value=sales-marketing-alignment]").check()
    page.get_by_role("button", name="Use this sample").click()
    why, preview = page.locator("#why"), page.frame_locator("#device iframe:not(.next)")
    preview.locator("input[name=employees]").nth(2).evaluate("field => field.click()")
    expect(why.locator(".chip")).to_have_text("Lead")
    expect(why.locator("#why-fit")).to_contain_text("15/70")
    page.get_by_role("button", name="SQL-ready").click()
    expect(why.locator(".chip")).to_have_text("SQL-ready")
    expect(preview.locator("input[name=timeline][value=lt_3m]")).to_be_checked()
    no_barriers(page)
    page.get_by_role("textbox", name="Question", exact=True).fill("How many are you?")
    expect(preview.locator("legend").first).to_contain_text("How many are you?")
    expect(preview.locator("input[name=timeline][value=lt_3m]")).to_be_checked()
    page.get_by_role("button", name="Result", exact=True).click()
    expect(preview.locator("h1")).to_contain_text("stands")
    page.get_by_role("button", name="Save as a case").click()
    expect(page.locator("details.case").last).to_contain_text("passes")
    no_barriers(page)


def test_a_formula_is_completed_by_keyboard_and_shows_its_result(chromium: Browser, live: Live) -> None:
    box = live.toolbox
    draft = drafts.find_draft_of(box, "survey", SURVEY)
    assert draft is not None
    asked = {"name": "team_size", "type": "number", "title": "How large is your team?", "label": "Team", "min": 4}
    edits: list[dict[str, Any]] = [{"edit": "add", "path": "pages/company/questions", "value": asked},
             {"edit": "set", "path": "calculated", "value": [{"name": "yearly", "formula": "52"}]}]  # fmt: skip
    assert drafts.edit(box, draft.id, draft.revision, edits, MO, box.now()).problems == ()
    context = chromium.new_context()
    page = context.new_page()
    _come_in(page, live, f"/desk/surveys/{SURVEY}/draft?at=calculated")
    formula, options = page.locator("input[data-formula]").first, page.locator("#formula-list [role=option]")
    formula.focus()
    page.keyboard.press("End")
    page.keyboard.type(" * tea")
    expect(options).to_have_text(["team_size Team"])
    # What is typed is saved meanwhile; the list stays.
    expect(page.locator("#question .note.danger").first).to_contain_text("tea")
    expect(options).to_have_text(["team_size Team"])
    page.keyboard.press("ArrowDown")
    expect(options).to_have_attribute("aria-selected", "true")
    no_barriers(page)
    page.keyboard.press("Enter")
    expect(formula).to_have_value("52 * team_size")
    expect(formula).to_be_focused()
    # The answers are those of the case of this survey, which say nothing of the team.
    expect(page.get_by_text("No result: these answers don’t say team_size.")).to_be_visible()
    context.close()
