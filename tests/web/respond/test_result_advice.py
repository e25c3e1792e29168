"""What the result page says besides the score: advice, plan and the author's own sections."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from questionnaire.actions.toolbox import Toolbox
from questionnaire.settings import bundle_dir
from tests.web.client import ANNA, judge_everything, publish

SURVEY = "revenue-data-readiness"
ANSWERS = {
    "employees": "120", "industry": "saas", "buying_role": "decision_maker", "record_trust": "3", "entry": "by_hand",
    "won_deals": "nothing", "forecast_hit": "6", "owner": "no", "timeline": "lt_3m", "budget": "allocated",
    "next_step": "report_only",
}  # fmt: skip
BLOCK, ADVICE = "If you sell software", "Connect your busiest form to the CRM"

SILENT = """
schema: survey/1
id: silent
version: 1
policy: default
title: Two habits
dimensions: [{name: habits, title: Habits}, {name: tools, title: Tools}]
pages:
  - name: first
    title: All
    questions:
      - {name: habit, type: single_choice, title: How often?, dimension: habits, choices: [
          {value: never, text: Never, maturity: 0, advice: Write one down.},
          {value: always, text: Always, maturity: 1}]}
      - {name: tool, type: single_choice, title: A tool?, dimension: tools, choices: [
          {value: "no", text: No, maturity: 0}, {value: "yes", text: Yes, maturity: 1}]}
contact: {fields: [{name: email, type: email}, {name: first_name, type: text}, {name: last_name, type: text},
  {name: company, type: text}, {name: job_title, type: text}, {name: country, type: country},
  {name: phone, type: phone}]}
"""


@pytest.fixture(autouse=True)
def survey(toolbox: Toolbox) -> None:
    publish(toolbox, (bundle_dir("surveys") / SURVEY / "survey.yaml").read_text("utf-8"))
    publish(toolbox, SILENT)


def _result(client: FlaskClient, key: str, **changed: str) -> str:
    form = {**ANSWERS, **ANNA, "key": f"key-{key}", "lang": "en", "publication": f"{SURVEY}@4", **changed}
    address = client.post(f"/s/{SURVEY}", data=form).headers["Location"]
    first = client.get(address).text
    judge_everything(client.application.extensions["toolbox"])
    assert re.sub(r'nonce="[^"]*"', "", client.get(address).text).count(BLOCK) == first.count(BLOCK), "it stays"
    return first


def test_the_result_says_what_answers_mean_what_to_do_and_when(client: FlaskClient) -> None:
    page = _result(client, "weak")
    assert page.count("<details") == 4
    assert page.count("<details open") == 1
    assert "Your 90-day plan" in page
    assert page.count(ADVICE) == 2, "in its chapter and in the plan"
    assert "Small effort · Done when: the next ten deals have an answer" in page
    first = page.index('class="first-step"')
    assert page.index("Ask every new customer", first) < page.index("What your answers mean", first)


def test_a_dimension_without_words_has_nothing_to_open(client: FlaskClient) -> None:
    form = {**ANNA, "habit": "never", "tool": "no", "key": "key-silent", "lang": "en", "publication": "silent@1"}
    page = client.get(client.post("/s/silent", data=form).headers["Location"]).text
    assert page.count("<details") == 1
    assert "Write one down" in page
    form |= {"habit": "always", "key": "key-still", "email": "b@firm.example"}
    page = client.get(client.post("/s/silent", data=form).headers["Location"]).text
    assert "<details" not in page
    assert "What your answers mean" not in page


def test_a_block_is_on_the_page_of_those_it_is_for(client: FlaskClient) -> None:
    assert BLOCK in _result(client, "software")
    assert BLOCK not in _result(client, "bank", industry="financial_services", email="b@bank.example")


def test_who_has_nothing_to_do_has_no_plan_and_none_is_promised(client: FlaskClient) -> None:
    page = _result(client, "best", record_trust="5", entry="connected_checked", won_deals="dont_know", owner="yes")
    assert "-day plan" not in page
    assert "Your answers by dimension, and what they mean." in page


def test_the_form_is_sent_without_a_word_of_its_report(client: FlaskClient) -> None:
    page = client.get(f"/s/{SURVEY}").text
    assert "How does a new contact get into your CRM?" in page
    for words in (ADVICE, BLOCK, "no one has typed in a contact", "Name one person for your customer data"):
        assert words not in page
