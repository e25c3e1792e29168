"""The browser reads a typed number as the server does, to the letter: the same value, or the same sentence.

One table of texts, languages and settings goes through both in one page load; texts by chance follow.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from questionnaire.core.survey.questions import Mistake, Question
from questionnaire.settings import bundle_dir
from questionnaire.templating import words_for
from questionnaire.web.survey_page.input_attributes import input_attributes
from tests.core.authoring import question
from tests.core.number_texts import LANGUAGES, SETTINGS, SIGNS, TEXTS
from tests.proof.size import sized

SITE = "http://form.example"
BY_CHANCE = sized(2_000, 40_000)

READ = """async (cases) => {
  const { read } = await import("/number/notation.js");
  return cases.map(([text, data]) => read(text, data).slice(0, 2));
}"""


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    """A browser whose one site serves the scripts as modules."""
    context = chromium.new_context()
    page = context.new_page()

    def serve(route: Route) -> None:
        path = urlsplit(route.request.url).path
        script = (bundle_dir("static") / "js" / path[1:]).read_text("utf-8") if path.endswith(".js") else ""
        kind = "text/javascript" if script else "text/html"
        route.fulfill(body=script or "<title>Numbers</title>", content_type=f"{kind}; charset=utf-8")

    page.route(f"{SITE}/**", serve)
    page.goto(SITE)
    yield page
    context.close()


def on_the_server(asked: Question, text: str, language: str) -> list[Any]:
    read = asked.read(text, language)
    if isinstance(read, Mistake):
        return [None, words_for(language)(read.text, **read.values)]
    assert not isinstance(read, str | tuple)
    return [None if read is None else float(read), ""]


def attributes(asked: Question, language: str) -> dict[str, str]:
    found = input_attributes(asked, language, words_for(language))
    return {name: str(value) for name, value in found.items()}


def differences(tab: Page, cases: list[tuple[str, str, str]]) -> list[str]:
    """Texts that browser and server read differently; a case is a text, a language and the keys of a question."""
    sent, expected = [], []
    for text, language, keys in cases:
        asked = question(f"type: number, {keys}")
        sent.append([text, attributes(asked, language)])
        expected.append(on_the_server(asked, text, language))
    found = tab.evaluate(READ, sent)
    return [
        f"{case!a}: the browser reads {there}, the server {here}"
        for case, there, here in zip(cases, found, expected, strict=True)
        if there != here
    ]


def test_every_text_of_the_table_is_read_alike_in_every_language_and_setting(tab: Page) -> None:
    wrong = differences(tab, list(product(TEXTS, LANGUAGES[:6], SETTINGS)))
    assert not wrong, "\n".join(wrong[:20])


@pytest.mark.proof
def test_texts_by_chance_are_read_alike(tab: Page) -> None:
    draw = random.Random(20261126)
    cases = []
    for _ in range(BY_CHANCE):
        text = "".join(draw.choice(SIGNS) for _ in range(draw.randint(0, 12)))
        cases.append((text, draw.choice(LANGUAGES), draw.choice(SETTINGS)))
    wrong = differences(tab, cases)
    assert not wrong, "\n".join(wrong[:20])
