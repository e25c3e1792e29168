"""What a screen reader says of each control: its kind, its name, its answers, and the limits of what is typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.features import publish_features
from tests.browser.live import KeptPages, Live, open_house


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with open_house(tmp_path_factory.mktemp("aloud"), publish_features) as opened:
        yield opened


@pytest.fixture
def page(kept: KeptPages) -> Page:
    return kept.page()


SNAPSHOTS = {
    "single-choice": """
      - group "Where do you keep your customer data?":
        - radio "A CRM"
    """,
    "multiple-choice": """
      - group "Where do your leads come from?":
        - paragraph: Choose 1 to 3.
        - checkbox "The site"
    """,
    "picture-choice": """
      - group "Which line looks most like your last year?":
        - radio "A line that rises to the right Rising"
    """,
    "yes-no": """
      - group "Do you measure how fast you call back?":
        - radio "Yes"
        - radio "No"
    """,
    "dropdown": """
      - combobox "Where is your main office? optional":
        - option "Choose…" [selected]
    """,
    "scale": """
      - group "Marketing and sales agree on what a good lead is.":
        - radio "1, Not at all"
        - radio "2"
        - radio "3"
        - radio "4"
        - radio "5, Entirely"
    """,
    "rating": """
      - group "How good is the handoff between your teams?":
        - radio "1, Poor"
        - radio "2"
        - radio "3"
        - radio "4"
        - radio "5, Excellent"
    """,
    "nps": """
      - group "How likely are you to recommend your own sales team to a friend?":
        - radio "0, Not at all likely"
    """,
    "slider": """
      - slider "What share of your leads is called back within a day? optional"
      - textbox "What share of your leads is called back within a day? optional"
    """,
    "number": """
      - textbox "How many leads did you get last month?"
    """,
    "date": """
      - textbox "When does your next quarter begin?"
    """,
    "text": """
      - textbox "What do you call a good lead? optional":
        - /placeholder: hot lead
    """,
    "country": """
      - combobox "Which country is your largest market?"
    """,
    "consent": """
      - checkbox "I agree that my answers may be used in an anonymous study."
    """,
    "matrix": """
      - group "How often do these teams look at the same numbers?":
        - radiogroup "Marketing":
          - radio "Every week"
          - radio "Every month"
          - radio "Never"
        - radiogroup "Sales":
          - radio "Every week"
          - radio "Every month"
          - radio "Never"
    """,
    "ranking": """
      - group "What would you improve first?":
        - paragraph: "Choose in order, first to last."
        - button "Speed"
    """,
}


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_what_a_screen_reader_says_of_each_control(page: Page, live: Live, name: str) -> None:
    page.goto(f"{live.address}/s/feature-{name}")
    # The rows of a shuffled question stand in any order.
    expect(page.locator("main")).to_match_aria_snapshot(SNAPSHOTS[name])


@pytest.mark.parametrize(
    ("name", "place", "said"),
    [
        ("number", "textbox", "From 0 to 100,000. Whole numbers."),
        ("date", "textbox", "Between 1 January 2026 and 31 December 2030."),
        ("slider", "textbox", "From 0 to 100. In steps of 5."),
        ("multiple-choice", "group", "Choose 1 to 3."),
    ],
)
def test_limits_are_read_out_with_the_field(page: Page, live: Live, name: str, place: Any, said: str) -> None:
    page.goto(f"{live.address}/s/feature-{name}")
    field = (
        page.locator("#q-channels")
        if place == "group"
        else page.locator(".question.is-current input:not([type=range])")
    )
    expect(field).to_have_accessible_description(said)
