"""Two ways to work at the desk: pointing, and the keyboard alone. Both reach a place before they write or choose.

Whoever has only keys sees at every moment where they are: each stop of Tab has a ring that is seen, on the screen.
"""

from __future__ import annotations

import re

from playwright.sync_api import FrameLocator, Locator, Page, expect

MOST_STOPS = 220
"""So often Tab is pressed before a place counts as out of reach."""
_WHERE = """(wanted) => {
  const own = wanted.ownerDocument, place = own.activeElement;
  const seen = () => {
    if (!place || place === own.body || place.tagName === "IFRAME") return "";
    const ring = (one) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      return outlineStyle !== "none" && parseFloat(outlineWidth) > 1;
    };
    let shows = false;
    for (let one = place; one && one !== own.body; one = one.parentElement) shows = shows || ring(one);
    const box = place.getBoundingClientRect();
    const inside = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
    return (shows ? "" : "no ring around ") || (inside ? "" : "out of sight: ");
  };
  const wrong = own.hasFocus() ? seen() : "";
  if (wrong) return wrong + place.outerHTML.slice(0, 160);
  if (place === wanted) return own.hasFocus() ? "here" : "before";
  if (window !== top || place === own.body) return "before";
  return wanted.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING ? "behind" : "before";
}"""
"""Where the focus is, seen from a place; what is wrong with it where nobody can see it."""
KEYS = {"before": "Tab", "behind": "Shift+Tab"}


class PointingHand:
    """A mouse, and the keyboard only where something is written."""

    name = "mouse"

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, place: Locator) -> None:
        place.click()

    def press(self, place: Locator) -> None:
        place.click()

    def write(self, place: Locator, text: str) -> None:
        """Instead of what stands there."""
        self.reach(place)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def paste(self, place: Locator, text: str) -> None:
        self.reach(place)
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.page.keyboard.press("Control+v")

    def choose(self, place: Locator, option: str) -> None:
        """By the beginning of its words. The list itself is drawn by the browser, out of the page's reach."""
        found = place.locator("option").filter(has_text=re.compile(f"^\\s*{re.escape(option)}")).first
        place.select_option(value=found.get_attribute("value"))

    def tick(self, place: Locator) -> None:
        place.click()
        expect(place).to_be_checked()

    def answer(self, form: FrameLocator, text: str) -> None:
        """Chooses an answer of the page of a survey."""
        form.locator(".question.is-current .row").filter(has_text=text).click()

    def stays(self) -> None:
        """A pointer needs no place to go on from."""

    def move_up(self, row: Locator, onto: Locator) -> None:
        """Drags a row by its handle onto the upper half of another one."""
        start, end = row.locator(".grip").bounding_box(), onto.bounding_box()
        assert start
        assert end
        self.page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
        self.page.mouse.down()
        self.page.mouse.move(end["x"] + 40, end["y"] + end["height"] - 4, steps=4)
        self.page.mouse.move(end["x"] + 40, end["y"] + 4, steps=4)
        self.page.mouse.up()


class KeyboardHand(PointingHand):
    """Tab, Enter, Space, arrows and shortcuts; nothing is clicked, and no script moves the focus."""

    name = "keyboard"

    def reach(self, place: Locator) -> None:
        expect(place).to_be_visible()
        for stop in range(MOST_STOPS):
            where = place.evaluate(_WHERE)
            if where == "here":
                return
            # Where one begins, by a press of a pointer or on a new page, no ring is due.
            assert where in KEYS or not stop, where
            self.page.keyboard.press(KEYS.get(where, "Tab"))
        raise AssertionError(f"Tab never reaches {place}")

    def press(self, place: Locator) -> None:
        self.reach(place)
        self.page.keyboard.press("Enter")

    def choose(self, place: Locator, option: str) -> None:
        """By its first letters, as in any list; it is chosen when one goes on."""
        self.reach(place)
        self.page.keyboard.type(option)
        self.page.keyboard.press("Tab")

    def tick(self, place: Locator) -> None:
        self.reach(place)
        self.page.keyboard.press("Space")
        expect(place).to_be_checked()

    def answer(self, form: FrameLocator, text: str) -> None:
        inputs = form.locator(".question.is-current .row input")
        texts = [one.strip() for one in form.locator(".question.is-current .choice-text").all_inner_texts()]
        if inputs.first.get_attribute("type") == "checkbox":
            self.reach(inputs.nth(texts.index(text)))
            self.page.keyboard.press("Space")
            return
        self.reach(inputs.first)
        self.page.keyboard.press("Space")
        for _ in range(texts.index(text)):
            self.page.keyboard.press("ArrowDown")

    def move_up(self, row: Locator, onto: Locator) -> None:
        self.reach(row.locator("a, textarea").first)
        self.page.keyboard.press("Alt+ArrowUp")

    def stays(self) -> None:
        """After the page was written anew the focus stands on it, not at its very beginning."""
        assert self.page.evaluate("document.activeElement !== document.body"), f"the focus is lost: {self.page.url}"
