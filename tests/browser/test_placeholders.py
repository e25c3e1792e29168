"""Placeholders change as soon as the answer does, in the words that the server would say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from questionnaire.core.survey.answers import read_answers
from questionnaire.core.survey.placeholders import placeholder_values
from tests.authored import authored
from tests.browser.live import Live, open_house
from tests.web.client import publish

EVERY = """
schema: survey/1
id: every
version: 1
policy: default
languages: [en, fr]
title: "For {{company|your company}}"
display: {mode: single_page, gate: none}
pages:
  - name: only
    questions:
      - {name: company, type: text, title: Company}
      - {name: progress, type: single_choice, title: "How far is {{company|your company}}?", choices: [
          {value: start, text: "{{company}} just starts", help: Small words}, {value: far, text: Far, other_text: true}]}
      - {name: tools, type: multiple_choice, title: Tools, choices: [{value: crm, text: CRM}, {value: mail, text: "**Mail**"}]}
      - {name: team, type: dropdown, title: Team, choices: [{value: a, text: "A of {{company|us}}"}, {value: b, text: B}]}
      - {name: order, type: ranking, title: Order, choices: [{value: x, text: X}, {value: y, text: Y}]}
      - {name: people, type: number, title: People, unit: people}
      - {name: year, type: number, title: Year}
      - {name: agree, type: scale, from: 1, to: 3, title: Agree, labels: {1: "No", 3: "Yes, {{company|we}} do"}}
      - {name: day, type: date, title: Day}
      - {name: notes, type: long_text, title: Notes, placeholder: "About {{company|you}}"}
      - {name: late, type: text, title: Late, show_if: {progress: far}}
      - {name: place, type: country, title: Country}
      - {name: everything, type: statement, title: "[{{company}}] [{{progress}}] [{{tools}}] [{{team}}] [{{order}}] [{{people}}] [{{year}}] [{{agree}}] [{{day}}] [{{late|-}}] [{{place}}]"}
"""  # noqa: E501 (a table)
CHOOSE = "(list, value) => { list.value = value; list.dispatchEvent(new Event('input', {bubbles: true})); }"
COMPANY = "<b>{{year}} & Co</b>"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with open_house(tmp_path_factory.mktemp("live")) as opened:
        publish(opened.toolbox, EVERY)
        yield opened


def answer(page: Page) -> dict[str, object]:
    """Answers every question, and says with what."""
    page.locator("[name=company]").fill(COMPANY)
    for name, value in (("progress", "far"), ("tools", "crm"), ("tools", "mail"), ("agree", "3")):
        page.locator(f"[name={name}][value='{value}']").check(force=True)
    page.locator("[name=team]").select_option("a")
    page.locator("[name=place]").select_option("DE")
    for nth, value in enumerate(("y", "x")):
        page.locator("[name=order]").nth(nth).evaluate(
            "(field, value) => { field.value = value; field.dispatchEvent(new Event('input', {bubbles: true})); }",
            value,
        )
    texts = {"people": "12480", "year": "2026", "day": "2026-10-01", "late": "  a   b ", "progress.other": "own words"}
    for name, text in texts.items():
        page.locator(f"[name='{name}']").fill(text)
    chosen = {
        "progress": "far",
        "tools": ["crm", "mail"],
        "agree": "3",
        "team": "a",
        "place": "DE",
        "order": ["y", "x"],
    }
    return {"company": COMPANY, **chosen, **texts}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_browser_says_what_the_server_says(page: Page, live: Live, language: str) -> None:
    from questionnaire.core.survey.survey import read

    survey, problems = read(authored(EVERY))
    assert survey is not None, problems
    page.goto(f"{live.address}/s/every?lang={language}")
    expect(page.locator("h1")).to_have_text("For your company")
    values = placeholder_values(survey, read_answers(survey, answer(page))[0], {}, language)
    names = ("company", "progress", "tools", "team", "order", "people", "year", "agree", "day", "late", "place")
    said = " ".join(f"[{values[name]}]" for name in names)
    assert page.locator("[data-name=everything]").evaluate("element => element.textContent.trim()") == said
    expect(page.locator("h1")).to_have_text(f"For {COMPANY}")
    expect(page.locator("[name=notes]")).to_have_attribute("placeholder", f"About {COMPANY}")
    # A question that is hidden again has no answer.
    page.locator("[name=progress][value=start]").check(force=True)
    assert "[-]" in page.locator("[data-name=everything]").inner_text()
    page.locator("[name=company]").fill("")
    expect(page.locator("h1")).to_have_text("For your company")
