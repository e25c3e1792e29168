"""Whatever is pasted into a field, browser and server agree on whether it is an answer: on the same page, the same
questions are asked. A browser knows less of email addresses and telephone numbers; it accepts what the server accepts.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from questionnaire.core.brand.theme import DEFAULT_THEME
from questionnaire.core.survey.answers import read_answers
from questionnaire.core.survey.journey import derive_journey
from questionnaire.web.survey_page.framing import FrameContext
from questionnaire.web.survey_page.full_page import render_full_page
from tests.core.authoring import survey
from tests.core.number_texts import TEXTS

TYPES = ("text", "long_text", "url", "email", "phone", "number", "slider", "date")
LENIENT = ("email", "phone")
LIMITS = {"number": ", min: 0, max: 100000, unit: '%'", "slider": ", max: 2000, step: 0.5", "date": ", min: 2000-01-01"}
LANGUAGE = "fr"

GARBAGE = (
    *TEXTS, "\u3164", "\u2800", "\ufe0f", "\u200d", "a\u200db", "\u00ad", "  a \n b ", "<b>a</b>", "' OR 1=1 --",
    "anna@firm.example", "Anna@Firm.Example.", "\u200banna@firm.example", "anna\xa0@ firm.example",
    "ａｎｎａ＠ｆｉｒｍ．ｅｘａｍｐｌｅ",
    "anna@müller.example", "anna@firm。example", "zoë@firm.example", "山田@会社.example", "anna@firm",
    "anna", "@", "a@@b.example",
    "mailto:anna@firm.example", "<anna@firm.example>", "+33 1 70 18 00 00 ext. 12", "+33170180000,,12#", "030 5550100",
    "firm.example", "https://firm.example", "\u200bhttps://firm.example/a b", " https://firm.example:80/a?b=c ", "http://",
    "javascript:alert(1)", "HTTPS://Firm.Example", "https://a.b@c.d", "a.b\tc", "https://müller.example/é", "//a.b",
    "2026-10-02", "2026-13-45", "02.10.2026", "1900-01-01", "2026-10-02T10:00", "x" * 150, "😀" * 60,
    "e" + "\u0301" * 5,
)  # fmt: skip

FILL = """([names, texts]) => names.map((name) => texts.map((text) => {
  const field = document.querySelector(`[name="${name}"]`);
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  const asked = !!document.querySelector(`.question.is-current[data-name="${name}_then"]`);
  const sent = field.value;
  field.value = "";
  return [asked, sent];
}))"""


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def test_whatever_is_pasted_browser_and_server_agree_on_what_is_asked_next(tab: Page) -> None:
    limits = {
        "number": ", min: 0, max: 100000, unit: '%'",
        "slider": ", max: 2000, step: 0.5",
        "date": ", min: 2000-01-01",
    }
    asked = [f"{{name: {kind}, title: A, type: {kind}{limits.get(kind, '')}}}" for kind in TYPES]
    then = [f"{{name: {kind}_then, title: B, type: text, show_if: {{{kind}: {{known: true}}}}}}" for kind in TYPES]
    one = survey(f"[{', '.join([*asked, *then])}]", f"{{languages: [{LANGUAGE}], display: {{mode: single_page}}}}")
    page = render_full_page("pasted@1", one, LANGUAGE, DEFAULT_THEME, FrameContext()).content.identity
    tab.route("http://form.example/**", lambda route: route.fulfill(body=page, content_type="text/html; charset=utf-8"))
    tab.goto("http://form.example/s/pasted")
    wrong = []
    for kind, found in zip(TYPES, tab.evaluate(FILL, [TYPES, GARBAGE]), strict=True):
        assert {browser for browser, _ in found} == {True, False}, kind
        for text, (browser, sent) in zip(GARBAGE, found, strict=True):
            # A field of one line sends its text without line breaks, one for a day nothing but a day.
            answers, _ = read_answers(one, {kind: sent}, LANGUAGE)
            server = f"{kind}_then" in {question.name for question in derive_journey(one, answers, {}).visible}
            if browser != server and not (kind in LENIENT and browser):
                wrong.append(f"{kind} {text!a}: asked on by the browser {browser}, by the server {server}")
    assert not wrong, "\n".join(wrong)
