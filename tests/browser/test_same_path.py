"""The browser and the server walk the same path: the same condition data, the same answers, the same questions.

Two sizes of the same law. A thousand surveys go through the bare condition language in a browser; some are whole pages,
filled in as a person would, with the questions that are seen compared with those the server counts as asked. `make
proof` takes ten times as many.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from questionnaire.actions.assessing.history import write_answers
from questionnaire.core.base import conditions
from questionnaire.core.brand.theme import DEFAULT_THEME
from questionnaire.core.survey import survey as surveys
from questionnaire.core.survey.answers import read_answers
from questionnaire.core.survey.contact import CONSENT
from questionnaire.core.survey.gate import derive_path
from questionnaire.core.survey.survey import Survey
from questionnaire.settings import bundle_dir
from questionnaire.web.survey_page.framing import FrameContext
from questionnaire.web.survey_page.full_page import render_full_page
from tests.browser.random_surveys import random_answers, random_survey
from tests.proof.size import sized

SURVEYS, SETS = sized(500, 10_000), 3
PAGES, FILLED = sized(25, 500), 8
SITE = "http://form.example"
SOURCES = ("", "a", "10", "soon")

# Replays the path as static/js/survey/path.js does, over facts that are given instead of typed.
REPLAY = """async (cases) => {
  const { holds } = await import("/conditions.js");
  return cases.map(([asked, given]) => {
    const facts = { ...given.fields };
    return asked.filter(([name, items, showIf]) => {
      if (showIf && holds(showIf, facts) !== true) return false;
      items.forEach((item) => { facts[item] = item in given.answers ? given.answers[item] : null; });
      return true;
    }).map(([name]) => name);
  });
}"""

FILL = """(typed) => {
  const form = document.forms[0];
  form.reset();
  for (const field of form.querySelectorAll("[data-kept]")) delete field.dataset.kept;
  for (const field of form.querySelectorAll("[data-was]")) field.dataset.untouched = "";
  for (const [name, values] of Object.entries(typed)) {
    const fields = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
    fields.forEach((field, nth) => {
      if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
      else field.value = values[fields.length > 1 ? nth : 0] ?? "";
      if (field.dataset.untouched !== undefined) { field.dataset.was = ""; delete field.dataset.untouched; }
    });
  }
  const any = form.querySelector(".page [name]");
  if (any) any.dispatchEvent(new Event("input", { bubbles: true }));
  // What is saved when the page is left is what is asked.
  dispatchEvent(new Event("pagehide"));
  return [...form.querySelectorAll(".question")].filter((one) => form.visible.has(one)).map((one) => one.dataset.name);
}"""


def read(raw: dict[str, Any]) -> Survey:
    survey, problems = surveys.read(raw)
    assert survey is not None, problems
    return survey


def path_of(survey: Survey, typed: dict[str, list[str]], source: str) -> list[str]:
    """The questions, contact fields and consents that the server counts as asked."""
    several = {one.name for one in survey.questions if one.control in ("multiple_choice", "ranking")}
    form = {name: values if name in several else values[0] for name, values in typed.items()}
    answers, _ = read_answers(survey, form, "en")
    contact = {one.name: typed[one.name][0] for one in survey.contact_fields if one.name in typed}
    path = derive_path(survey, answers, {"utm_source": source} if source else {}, contact)
    fields = [one.name for one in path.gate.fields] + [f"{CONSENT}{one.name}" for one in path.gate.consents]
    return [one.name for one in path.journey.visible] + fields


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    """A browser whose one site serves what the test puts there."""
    context = chromium.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.proof
def test_surveys_drawn_by_chance_branch_alike_in_the_browser_and_on_the_server(tab: Page) -> None:
    script = (bundle_dir("static") / "js" / "survey" / "conditions.js").read_text("utf-8")

    def serve(route: Route) -> None:
        found = urlsplit(route.request.url).path == "/conditions.js"
        kind = "text/javascript" if found else "text/html"
        route.fulfill(body=script if found else "<title>Branches</title>", content_type=kind)

    tab.route(f"{SITE}/**", serve)
    tab.goto(SITE)
    cases, expected = [], []
    for number in range(SURVEYS):
        raw = random_survey(number)
        survey = read(raw)
        asked = [
            [
                one.name,
                [item.name for item in one.items],
                None if one.show_if is None else conditions.write(one.show_if),
            ]
            for one in survey.questions
        ]
        for nth in range(SETS):
            typed, source = random_answers(number * SETS + nth, raw), SOURCES[(number + nth) % 4]
            several = {one.name for one in survey.questions if one.control in ("multiple_choice", "ranking")}
            form = {name: values if name in several else values[0] for name, values in typed.items()}
            answers, _ = read_answers(survey, form)
            given = {name: _plain(value) for name, value in write_answers(answers).items()}
            cases.append([asked, {"answers": given, "fields": {"utm_source": source} if source else {}}])
            expected.append(path_of(survey, typed, source))
    found = tab.evaluate(REPLAY, json.loads(json.dumps(cases, default=str)))
    wrong = [number // SETS for number, both in enumerate(zip(found, expected, strict=True)) if both[0] != both[1]]
    assert not wrong, f"these surveys branch differently: {wrong[:10]}"
    # The comparison would be empty if nothing ever branched.
    hidden = sum(len(shown) < len(case[0]) for shown, case in zip(expected, cases, strict=True))
    assert hidden > len(cases) / 2


def _plain(value: Any) -> Any:
    """Decimals are written as text; the browser has a number there."""
    try:
        return float(value) if isinstance(value, str) and "." in value else value
    except ValueError:
        return value


@pytest.mark.proof
def test_whole_pages_drawn_by_chance_show_what_the_server_asks(tab: Page) -> None:
    pages: dict[str, bytes] = {}
    tab.route(f"{SITE}/**", lambda route: _page(route, pages))
    # Each survey is somebody's first visit: answers and campaigns on the device would go on.
    tab.add_init_script("localStorage.clear(); sessionStorage.clear()")
    complaints: list[str] = []
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    for number in range(PAGES):
        raw = random_survey(number, parts=number % 3 > 0)
        survey = read(raw)
        source = SOURCES[number % 4]
        pages["body"] = render_full_page("by-chance@1", survey, "en", DEFAULT_THEME, FrameContext()).content.identity
        tab.goto(f"{SITE}/s/by-chance" + (f"?utm_source={source}" if source else ""))
        for nth in range(FILLED):
            typed = random_answers(number * FILLED + nth, raw)
            seen = tab.evaluate(FILL, typed)
            assert seen == path_of(survey, typed, source), f"survey {number}, answers {nth}: {typed}"
    assert not complaints


def _page(route: Route, pages: dict[str, bytes]) -> None:
    if route.request.method == "GET":
        route.fulfill(body=pages["body"], content_type="text/html; charset=utf-8")
    else:
        route.fulfill(status=204)
