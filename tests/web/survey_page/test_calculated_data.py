"""What the browser gets of calculated values: formulas and numbers of choices, and nothing without need."""

from __future__ import annotations

import json
import re
from typing import Any

from questionnaire.core.brand.theme import DEFAULT_THEME
from questionnaire.core.survey.survey import Survey
from questionnaire.web.survey_page.framing import FrameContext
from questionnaire.web.survey_page.full_page import render_full_page
from tests.core.authoring import survey

ASKED = """
- {name: hours, type: number, title: Hours}
- {name: plan, type: single_choice, title: Plan, dimension: work, choices: [
    {value: pro, text: Pro, number: 9.5, maturity: 77},
    {value: unsure, text: Unsure, unknown: true}]}
- {name: last, type: text, title: "Last WORDS", CONDITION}
"""
VALUES = """
display: {gate: none}
dimensions: [{name: work, title: Work}]
calculated: [{name: cost, formula: hours * 2}, {name: fee, unit: EUR, cases: [
    {when: {calculated.cost: [1, 2.5]}, formula: plan}, {formula: cost}]}, {name: gap, formula: 100 - score}]
"""


def asked(words: str = "", condition: str = "help: H") -> Survey:
    return survey(ASKED.replace("WORDS", words).replace("CONDITION", condition), VALUES)


def page_of(survey_: Survey) -> tuple[dict[str, Any], str]:
    html = render_full_page("x@1", survey_, "en", DEFAULT_THEME, FrameContext()).content.identity.decode()
    found = re.search(r'<script type="application/json" id="survey">(.*?)</script>', html)
    assert found is not None
    return json.loads(found[1]), html


def test_a_form_that_shows_no_calculated_value_carries_nothing_of_them() -> None:
    data, html = page_of(asked())
    assert "calculated" not in data
    assert "setPrototypeOf" not in html


def test_a_condition_becomes_a_comparison_that_the_script_makes_exactly() -> None:
    condition = "show_if: {any: [{not: {calculated.fee: {gte: 0.1}}}, {calculated.cost: {known: true}}, {hours: 3}]}"
    data, html = page_of(asked(condition=condition))
    assert data["show_if"]["last"] == {
        "any": [{"not": {"calculated.0": {"eq": True}}}, {"calculated.1": {"eq": True}}, {"hours": {"eq": 3}}]
    }
    assert data["calculated"] == {
        "values": {
            "cost": {"cases": [[None, ["*", ["hours"], "2"]]], "unit": "", "decimals": 0},
            "fee": {
                "cases": [[{"calculated.2": {"eq": True}}, ["plan"]], [None, ["cost"]]], "unit": "EUR", "decimals": 0,
            },
        },
        "amounts": {"plan": {"pro": "9.5"}},
        "tests": [["fee", "gte", "0.1"], ["cost", "known", True], ["cost", "in", "1", "2.5"]],
        "inputs": ["hours", "plan"],
    }  # fmt: skip
    assert "setPrototypeOf" in html
    assert "77" not in json.dumps(data)


def test_a_text_of_the_form_needs_the_value_it_names() -> None:
    data, _ = page_of(asked(words="{{cost}}"))
    assert list(data["calculated"]["values"]) == ["cost"]
