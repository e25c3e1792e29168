"""Four ways to answer: with a mouse, with a thumb, with the keyboard alone, and without a script."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page

from tests.browser.features import Given

# What is chosen with one press, after which a page with one question goes on by itself.
ONE_PRESS = ("row", "point")


class Mouse:
    """Points at things."""

    def press(self, place: Locator) -> None:
        place.click()

    def answer(self, page: Page, given: Given) -> None:
        question = page.locator(f".question.is-current[data-name={given.question}]")
        question.wait_for()
        alone = page.locator(".question.is-current").count() == 1
        getattr(self, given.act)(page, question, given.what)
        if alone and given.act in ONE_PRESS:
            question.wait_for(state="hidden")
        else:
            self.press(page.locator("#go"))

    def row(self, page: Page, question: Locator, text: str) -> None:
        self.press(question.locator(".row").filter(has_text=re.compile(rf"{text}$")))

    def rows(self, page: Page, question: Locator, texts: list[str]) -> None:
        for text in texts:
            self.row(page, question, text)

    def point(self, page: Page, question: Locator, value: int) -> None:
        self.press(question.locator(f"label:has([value='{value}'])"))

    def cells(self, page: Page, question: Locator, chosen: dict[str, str]) -> None:
        for name, text in chosen.items():
            self.press(question.get_by_role("radiogroup", name=name).locator("label").filter(has_text=text))

    def rank(self, page: Page, question: Locator, texts: list[str]) -> None:
        for text in texts:
            self.press(question.get_by_role("button", name=text, exact=True))

    def tick(self, page: Page, question: Locator, _: None) -> None:
        self.press(question.locator("label"))

    def select(self, page: Page, question: Locator, text: str) -> None:
        question.locator("select").select_option(label=text)

    def type(self, page: Page, question: Locator, text: str) -> None:
        self.press(question.locator("input,textarea").first)
        page.keyboard.type(text)

    def date(self, page: Page, question: Locator, day: str) -> None:
        question.locator("input").fill(day)

    def slide(self, page: Page, question: Locator, value: int) -> None:
        x, y = _point_of(question.locator("[type=range]"), value)
        page.mouse.click(x, y)


class Thumb(Mouse):
    def press(self, place: Locator) -> None:
        place.tap()

    def slide(self, page: Page, question: Locator, value: int) -> None:
        place = question.locator("[type=range]")
        place.scroll_into_view_if_needed()
        page.touchscreen.tap(*_point_of(place, value))


def _point_of(slider: Locator, value: int) -> tuple[float, float]:
    """Where a value of 0 to 100 lies on a slider whose thumb is 28 pixels wide."""
    box = slider.bounding_box()
    assert box
    return box["x"] + 14 + (box["width"] - 28) * value / 100, box["y"] + box["height"] / 2


class Keys(Mouse):
    """Tab, arrows, Space and Enter, and letters where something is written."""

    def answer(self, page: Page, given: Given) -> None:
        question = page.locator(f".question.is-current[data-name={given.question}]")
        question.wait_for()
        getattr(self, given.act)(page, question, given.what)
        self.go(page)

    def go(self, page: Page) -> None:
        self.tab_to(page, "#go")
        page.keyboard.press("Enter")

    def tab_to(self, page: Page, selector: str) -> None:
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"Tab never reaches {selector}")

    def _nth(self, question: Locator, text: str) -> int:
        said = [one.strip() for one in question.locator(".choice-text").all_inner_texts()]
        return said.index(text)

    def row(self, page: Page, question: Locator, text: str) -> None:
        self.tab_to(page, ".question.is-current input")
        page.keyboard.press("Space")
        for _ in range(self._nth(question, text)):
            page.keyboard.press("ArrowDown")

    def rows(self, page: Page, question: Locator, texts: list[str]) -> None:
        values = {text: question.locator("input").nth(self._nth(question, text)) for text in texts}
        for place in values.values():
            self.tab_to(page, f".question.is-current [value='{place.get_attribute('value')}']")
            page.keyboard.press("Space")

    def point(self, page: Page, question: Locator, value: int) -> None:
        self.tab_to(page, ".question.is-current input")
        page.keyboard.press("Space")
        low = int(question.locator("input").first.get_attribute("value") or 0)
        for _ in range(value - low):
            page.keyboard.press("ArrowRight")

    def cells(self, page: Page, question: Locator, chosen: dict[str, str]) -> None:
        for text in chosen.values():
            self.tab_to(page, ".line input")
            page.keyboard.press("Space")
            for _ in range(("Every week", "Every month", "Never").index(text)):
                page.keyboard.press("ArrowRight")

    def rank(self, page: Page, question: Locator, texts: list[str]) -> None:
        """In the wrong order at first, then set right by an arrow."""
        for text in reversed(texts):
            question.get_by_role("button", name=text, exact=True).focus()
            page.keyboard.press("Enter")
        page.keyboard.press("ArrowUp")

    def tick(self, page: Page, question: Locator, _: None) -> None:
        self.tab_to(page, ".question.is-current [type=checkbox]")
        page.keyboard.press("Space")

    def select(self, page: Page, question: Locator, text: str) -> None:
        self.tab_to(page, ".question.is-current select")
        page.keyboard.type(text)

    def type(self, page: Page, question: Locator, text: str) -> None:
        if not question.locator("input,textarea").first.evaluate("field => field === document.activeElement"):
            self.tab_to(page, ".question.is-current :is(input,textarea)")
        page.keyboard.type(text)

    def date(self, page: Page, question: Locator, day: str) -> None:
        self.tab_to(page, ".question.is-current input")
        year, month, date = day.split("-")
        page.keyboard.type(month + date + year)

    def slide(self, page: Page, question: Locator, value: int) -> None:
        """Untouched it stands in the middle, for no value; each arrow is a step of five."""
        self.tab_to(page, ".question.is-current [type=range]")
        for _ in range((value - 50) // 5):
            page.keyboard.press("ArrowRight")


class NoScript(Mouse):
    """The page as the server wrote it: several questions stand on it, and one button."""

    def answer(self, page: Page, given: Given) -> None:
        question = page.locator(f".question[data-name={given.question}]")
        getattr(self, given.act)(page, question, given.what)

    def rank(self, page: Page, question: Locator, texts: list[str]) -> None:
        for nth, text in enumerate(texts):
            question.locator("select").nth(nth).select_option(label=text)

    def slide(self, page: Page, question: Locator, value: int) -> None:
        question.locator("input").fill(str(value))
