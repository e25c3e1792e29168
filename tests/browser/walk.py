"""Building a small diagnostic from a blank page, step by step. Each step ends with what is then seen."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import FrameLocator, Locator, Page, expect

from questionnaire.actions.toolbox import Toolbox
from tests.browser.hands import PointingHand
from tests.searches import search_drafts
from tests.web.client import ANNA, PASSWORD, PEOPLE

SLIP = "Dear {{first_nam|reader}}: begin with one source."
MENDED = "Dear {{first_name|reader}}: begin with one source."
QUALITY = ("Poor", "Fair", "Good")
SOURCES = ("CRM", "Web analytics", "Spreadsheets")


@dataclass
class Author:
    """Somebody of marketing at the builder, with one of the two hands."""

    page: Page
    hand: PointingHand
    address: str
    toolbox: Toolbox

    @property
    def title(self) -> str:
        return f"Data check by {self.hand.name}"

    @property
    def slug(self) -> str:
        return self.title.lower().replace(" ", "-")

    @property
    def preview(self) -> FrameLocator:
        return self.page.frame_locator("#device iframe:not(.next)")

    @property
    def outline(self) -> Locator:
        return self.page.locator("#outline")

    def field(self, label: str) -> Locator:
        return self.page.locator("#question").get_by_label(label, exact=True)

    def button(self, name: str, part: str = "#question") -> Locator:
        return self.page.locator(part).get_by_role("button", name=name, exact=True)

    def link(self, name: str, part: str = "body") -> Locator:
        return self.page.locator(part).get_by_role("link", name=name, exact=True)

    def saved(self, problems: int) -> None:
        expect(self.page.locator("#status")).to_have_text("Saved")
        expect(self.page.locator("#problems b")).to_have_text(str(problems))
        self.hand.stays()

    # --- the way ----------------------------------------------------------------------------------------------------

    def signs_in(self) -> None:
        self.page.goto(f"{self.address}/sign-in")
        self.hand.write(self.page.get_by_label("Email"), PEOPLE["marketing"][0])
        self.hand.write(self.page.get_by_label("Password"), PASSWORD)
        self.hand.press(self.button("Sign in", "main"))
        expect(self.link("Surveys")).to_be_visible()

    def starts_from_a_blank_page(self) -> None:
        self.hand.press(self.link("Surveys"))
        self.hand.press(self.link("New survey"))
        self.hand.write(self.page.get_by_label("Title", exact=True), self.title)
        self.hand.press(self.button("Create survey", "main"))
        expect(self.page.locator("h1")).to_have_text(self.title)
        expect(self.page.locator("#state-version")).to_have_text("Draft, not published yet")
        self.saved(problems=3)

    def writes_a_question_and_pastes_its_answers(self) -> None:
        self.hand.write(self.field("Question"), "How good is your data?")
        self.hand.press(self.page.get_by_text("Paste a list", exact=True))
        self.hand.paste(self.page.locator("#pasted"), "\n".join(QUALITY))
        self.hand.press(self.button("Add these answers"))
        for letter, text in zip("ABC", QUALITY, strict=True):
            expect(self.field(f"Answer {letter}")).to_have_value(text)
        expect(self.preview.locator("legend")).to_contain_text("How good is your data?")
        expect(self.preview.locator(".row")).to_have_count(3)
        self.saved(problems=0)

    def adds_a_page_and_changes_the_type_of_its_question(self) -> None:
        self.hand.press(self.button("Page", "#outline"))
        expect(self.outline.locator("h2 a[aria-current]")).to_have_text("Page 2")
        self.hand.write(self.field("Title"), "Your sources")
        expect(self.outline.locator("h2").nth(1)).to_contain_text("Your sources")
        self.hand.press(self.outline.get_by_role("link", name="Single choice", exact=True))
        self.hand.choose(self.field("Type"), "Several answers")
        expect(self.page.locator("#retype")).to_contain_text("Everything that is written here is kept.")
        self.hand.press(self.button("Change type"))
        expect(self.page.locator("#type option:checked")).to_have_text("Several answers")
        expect(self.page.locator("#retype")).to_have_count(0)
        self.hand.stays()

    def writes_its_answers_line_by_line(self) -> None:
        self.hand.write(self.field("Question"), "Where does your data come from?")
        self.hand.reach(self.field("Answer A"))
        for text in SOURCES[:-1]:
            self.page.keyboard.type(text)
            self.page.keyboard.press("Enter")
        expect(self.field("Answer C")).to_be_focused()
        self.page.keyboard.type(SOURCES[-1])
        self.saved(problems=0)

    def puts_the_most_frequent_answer_first(self) -> None:
        rows = self.page.locator("tr.answer")
        self.hand.move_up(rows.nth(1), rows.nth(0))
        expect(self.field("Answer A")).to_have_value(SOURCES[1])
        expect(self.page.locator("#undo")).to_have_attribute("aria-label", re.compile("answer .* moved"))

    def adds_a_question_that_only_some_are_asked(self) -> None:
        self.hand.press(self.link("Question", "#outline .add"))
        self.hand.press(self.page.locator(".picker").get_by_role("button", name="Long text", exact=True))
        self.hand.write(self.field("Question"), "What goes wrong most often?")
        self.hand.choose(self.field("Add a condition on"), "How good is your data?")
        self.hand.choose(self.field("Comparison with How good is your data?"), "is one of")
        self.hand.tick(self.field("Poor"))
        self.saved(problems=0)
        expect(self.outline.locator("li.now")).to_contain_text("Shown under a condition")

    def adds_a_dimension(self) -> None:
        self.hand.press(self.link("Dimensions", "#outline"))
        self.hand.press(self.button("Add Dimensions"))
        self.hand.write(self.field("Title"), "Data quality")
        expect(self.page.locator("#status")).to_have_text("Saved")

    def says_what_each_answer_means(self) -> None:
        self.hand.press(self.outline.get_by_role("link", name="How good is your data?", exact=True))
        self.hand.choose(self.field("Maturity of"), "Data quality")
        for letter, worth in zip("ABC", "013", strict=True):
            self.hand.write(self.field(f"Maturity of answer {letter}"), worth)
        self.hand.choose(self.field("Criterion"), "Digital maturity")
        for letter, level in zip("ABC", ("Low", "Basic", "Advanced"), strict=True):
            self.hand.choose(self.field(f"Level of answer {letter}"), level)
        expect(self.outline.locator("li.now .marks")).to_have_text("FIT 5")

    def tries_it(self) -> None:
        self.saved(problems=0)
        expect(self.page.locator("#device iframe")).to_have_count(1)
        self.hand.answer(self.preview, "Good")
        expect(self.page.locator("#why-fit")).to_contain_text("5")

    def writes_a_text_of_the_report_with_a_slip(self) -> None:
        self.hand.press(self.link("Report", ".tabs"))
        self.hand.press(self.link("Data quality", "#outline"))
        self.hand.press(self.button("Band"))
        self.hand.write(self.page.get_by_placeholder("Write what this score means"), SLIP)
        problem = self.page.locator("#question .note.danger")
        expect(problem).to_contain_text("There is no contact field or question “first nam” to insert here.")

    def cannot_publish_it_and_mends_it_with_one_press(self) -> None:
        self.hand.press(self.link("Publish"))
        expect(self.page.locator(".checks")).to_contain_text("One error")
        self.hand.press(self.button("Publish version 1", "main"))
        expect(self.page.locator("#refused")).to_contain_text("One error has to be mended first.")
        self.hand.press(self.link("Go to the first one"))
        self.hand.press(self.button("Use first name"))
        self.saved(problems=0)
        expect(self.page.get_by_placeholder("Write what this score means")).to_have_value(MENDED)
        expect(self.page.get_by_placeholder("Write what this score means")).to_be_focused()
        expect(self.preview.locator("body")).to_contain_text("Dear reader: begin with one source.")

    def publishes(self) -> None:
        self.hand.press(self.link("Publish"))
        expect(self.page.locator("h1")).to_have_text("Publish version 1?")
        search_drafts(self.toolbox)
        expect(self.page.locator(".checks")).to_contain_text("No errors")
        self.hand.write(self.page.get_by_label("Note for the history"), "First try")
        self.hand.press(self.button("Publish version 1", "main"))
        expect(self.page.locator("h1")).to_have_text("Version 1 published")

    def takes_the_code(self) -> str:
        """What is in the clipboard afterwards."""
        self.hand.press(self.link("Share the survey"))
        self.hand.press(self.button("Copy", "#embed-code"))
        expect(self.page.locator("#embed-code button")).to_have_text("Copied")
        code: str = self.page.evaluate("navigator.clipboard.readText()")
        return code

    def sees_the_answer_counted(self) -> None:
        self.page.goto(f"{self.address}/desk/surveys")
        figures = self.row.locator(".figure")
        expect(figures.nth(0)).to_have_text("1")
        expect(figures.nth(1)).to_contain_text("1")

    def downloads_it(self) -> str:
        """The YAML file."""
        self.hand.press(self.row.locator("summary"))
        with self.page.expect_download() as download:
            self.hand.press(self.row.get_by_role("link", name=f"Download {self.title} as YAML"))
        assert download.value.suggested_filename == f"{self.slug}.yaml"
        return download.value.path().read_text("utf-8")

    @property
    def row(self) -> Locator:
        return self.page.locator("tr", has=self.page.get_by_text(f"/s/{self.slug}", exact=True))


def answer_on_another_site(page: Page, hand: PointingHand) -> None:
    """As a prospect, to the report: whoever answers “Poor” is asked what goes wrong."""
    form = page.frame_locator("iframe")
    for title, answer in (("How good is your data?", "Poor"), ("Where does your data come from?", "CRM")):
        question = form.locator(".question.is-current").filter(has_text=title)
        expect(question).to_be_visible()
        hand.answer(form, answer)
        if hand.name == "keyboard" or answer == "CRM":
            hand.press(form.locator("#go"))
        expect(question).to_be_hidden()
    hand.write(form.locator(".question.is-current textarea"), "Duplicates")
    hand.press(form.locator("#go"))
    for name in ("email", "first_name", "company"):
        hand.write(form.locator(f"[name={name}]"), ANNA[name])
    hand.press(form.locator("#go"))
    expect(form.locator("h1")).to_contain_text("stand")
    expect(form.locator("main")).to_contain_text("Dear Anna: begin with one source.")
