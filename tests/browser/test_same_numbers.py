"""The browser calculates what the server calculates, to the last digit: the same formulas, the same answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from questionnaire.core.base.arithmetic import (
    Call,
    Constant,
    Expression,
    Negation,
    Operation,
    Reference,
    as_data,
    evaluate,
    limited,
    rounded,
)
from questionnaire.core.base.quantities import Exact
from questionnaire.core.brand.theme import DEFAULT_THEME
from questionnaire.core.survey.answers import read_answers
from questionnaire.core.survey.calculated_facts import calculate
from questionnaire.core.survey.journey import derive_journey
from questionnaire.core.survey.survey import Survey
from questionnaire.settings import bundle_dir
from questionnaire.web.survey_page.framing import FrameContext
from questionnaire.web.survey_page.full_page import render_full_page
from tests.core.authoring import survey as written
from tests.proof.size import sized

FORMULAS = sized(2000, 20_000)
SITE = "http://form.example"
NAMES = ("a", "b", "c")
CALCULATE = """async (cases) => {
  const { evaluate, fraction, limit, round } = await import("/fractions.js");
  const told = (value) => value && value.join("/");
  return cases.map(([formula, values, digits]) => {
    const found = limit(evaluate(formula, (name) => (name in values ? fraction(values[name]) : null)));
    return [told(found), found && told(round(found, digits))];
  });
}"""


def formula(chance: Random, depth: int) -> Expression:
    kind = chance.random()
    if depth == 0 or kind < 0.2:
        whole, part = str(chance.randint(0, 10 ** chance.randint(1, 12))), str(chance.randint(0, 99))
        return (
            Reference(chance.choice(NAMES))
            if chance.random() < 0.6
            else Constant(chance.choice((whole, f"{whole}.{part}")))
        )
    parts = [formula(chance, depth - 1) for _ in range(2)]
    if kind < 0.8:
        return Operation(chance.choice(("+", "-", "*", "/")), *parts)
    if kind < 0.85:
        return Negation(parts[0])
    return (
        Call("round", (parts[0],), chance.randint(0, 6))
        if kind < 0.9
        else Call(chance.choice(("min", "max")), tuple(parts))
    )


def number(chance: Random) -> str:
    digits = chance.choice((1, 3, 15))
    whole = f"{chance.choice(('', '-'))}{chance.randint(0, 10**digits - 1)}"
    return whole if chance.random() < 0.5 else f"{whole}.{chance.randint(0, 10 ** chance.choice((1, 6, 30)) - 1)}"


def told(value: Exact | None) -> str | None:
    return None if value is None else f"{Fraction(value).numerator}/{Fraction(value).denominator}"


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    with browser.new_context() as context:
        yield context.new_page()


def test_formulas_drawn_by_chance_have_the_same_value_in_both(tab: Page) -> None:
    script = (bundle_dir("static") / "js" / "calculated" / "fractions.js").read_text("utf-8")

    def serve(route: Route) -> None:
        found = urlsplit(route.request.url).path == "/fractions.js"
        kind = "text/javascript" if found else "text/html"
        route.fulfill(body=script if found else "<title>Numbers</title>", content_type=kind)

    tab.route(f"{SITE}/**", serve)
    tab.goto(SITE)
    chance = Random(19)
    cases: list[Any] = []
    expected: list[list[str | None]] = []
    for _ in range(FORMULAS):
        asked, digits = formula(chance, chance.randint(1, 4)), chance.randint(0, 6)
        values = {name: number(chance) for name in NAMES if chance.random() < 0.9}
        exact: dict[str, Exact] = {name: Fraction(text) for name, text in values.items()}
        found = limited(evaluate(asked, exact.get))
        cases.append([as_data(asked), values, digits])
        expected.append([told(found), None if found is None else told(rounded(found, digits))])
    result = tab.evaluate(CALCULATE, cases)
    wrong = [case for case, there, here in zip(cases, result, expected, strict=True) if there != here]
    assert not wrong, json.dumps(wrong[:3])
    known = sum(found is not None for found, _ in expected)
    assert FORMULAS / 3 < known < FORMULAS


ASKED = """
- {name: hours, type: number, min: 0, step: 0.25, title: Hours, unit: h}
- {name: rate, type: slider, min: 10, max: 90, title: Rate}
- {name: plan, type: single_choice, title: Plan, choices: [{value: constructor, text: B, number: 7.5},
    {value: pro, text: P, number: 20}, {value: unsure, text: U, unknown: true}]}
- {name: tools, type: multiple_choice, title: Tools, choices: [{value: crm, text: C, number: 100.1}, {value: mail, text: M, number: 0.2}]}
- {name: mood, type: scale, title: Mood}
- {name: dear, type: text, title: Dear, show_if: {calculated.cost: {gte: 100.3}}}
- {name: cheap, type: text, title: Cheap, show_if: {any: [{calculated.cost: {lt: 100.3}}, {calculated.rough: [1, 2]}]}}
- {name: unknown, type: text, title: Unknown, show_if: {calculated.cost: {known: false}}}
- {name: odd, type: text, title: Odd, show_if: {not: {calculated.third: 0.333333333333333333}}}
- {name: last, type: statement, title: "[{{cost|none}}] [{{third|none}}] [{{rough|none}}]"}
"""  # noqa: E501 (a table)
VALUES = """
languages: [en, fr, de]
display: {mode: single_page, gate: none}
hidden_fields: [{name: source}]
calculated:
  - {name: constructor, formula: tools + 0}
  - {name: cost, formula: constructor * hours, unit: {en: EUR, fr: euros, de: Euro}, decimals: 2}
  - {name: third, formula: (mood - 2) / 3, decimals: 3}
  - {name: rough, cases: [{when: {source: fair}, formula: 1}, {when: {plan: pro}, formula: plan - 18},
      {when: {calculated.cost: {gt: 50}}, formula: rate * 1000}, {formula: -hours}]}
"""


def typed(chance: Random) -> dict[str, list[str]]:
    found = {
        "hours": [chance.choice(("1", "1.0", "0.5", "2", "12345.75", ""))],
        "rate": [chance.choice(("10", "44", ""))],
        "plan": [chance.choice(("constructor", "pro", "unsure"))],
        "tools": chance.choice((["crm"], ["crm", "mail"], ["mail"], [])),
        "mood": [chance.choice(("1", "3", "5"))],
    }
    return {name: values for name, values in found.items() if chance.random() < 0.8 and any(values)}


FILL = """(typed) => {
  const form = document.forms[0];
  form.reset();
  for (const field of form.querySelectorAll("[data-was]")) field.dataset.untouched = "";
  for (const [name, values] of Object.entries(typed)) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
      else field.value = values[0];
      if (field.dataset.untouched !== undefined) { field.dataset.was = ""; delete field.dataset.untouched; }
    }
  }
  form.querySelector("[name=hours]").dispatchEvent(new Event("input", { bubbles: true }));
  const words = document.querySelector("[data-name=last]").textContent.trim();
  return [[...form.visible].map((question) => question.dataset.name), words];
}"""


@pytest.mark.parametrize("language", ["en", "fr", "de"])
def test_a_page_shows_the_questions_and_words_that_the_server_would(tab: Page, language: str) -> None:
    asked = written(ASKED, VALUES)
    source = "fair" if language == "fr" else ""
    body = render_full_page("numbers@1", asked, language, DEFAULT_THEME, FrameContext()).content.identity
    tab.add_init_script("localStorage.clear(); sessionStorage.clear()")
    tab.route(f"{SITE}/**", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    complaints: list[str] = []
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.goto(f"{SITE}/s/numbers" + (f"?source={source}" if source else ""))
    expect(tab.locator("[data-name=last]")).to_contain_text("[none]")
    chance = Random(language)
    wrong: list[Any] = []
    for _ in range(sized(60, 600)):
        given = typed(chance)
        # A decimal point is what every language's page reads alike.
        there, words = tab.evaluate(FILL, given)
        here, said = _on_the_server(asked, given, source, language)
        if (there, words) != (here, said):
            wrong.append((given, there, here, words, said))
    assert not wrong, wrong[:2]
    assert not complaints


def _on_the_server(asked: Survey, given: dict[str, list[str]], source: str, language: str) -> tuple[list[str], str]:
    answers, _ = read_answers(asked, {name: values if name == "tools" else values[0] for name, values in given.items()})
    journey = derive_journey(asked, answers, {"source": source} if source else {})
    values = calculate(asked, journey)

    def said(name: str) -> str:
        value = values[name]
        return "none" if value is None else asked.calculated_by_name[name].say(value, language)

    return [question.name for question in journey.visible], " ".join(
        f"[{said(name)}]" for name in ("cost", "third", "rough")
    )
