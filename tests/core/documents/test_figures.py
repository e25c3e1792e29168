"""Figures of the report: calculated values with what they were made of; dimensions in two levels."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from questionnaire.core.documents.assessment_json import number
from questionnaire.core.documents.report import ReportContext, build_report, shareable_result
from questionnaire.core.documents.report.figures import FigureSource
from questionnaire.core.survey.calculated_facts import calculate
from questionnaire.core.survey.maturity import measure
from questionnaire.core.survey.survey import Survey
from tests.core.authoring import filled, survey

ASKED = """
- {name: hours, type: number, title: "Hours of {{name|yours}}", unit: h}
- {name: rate, type: scale, title: Rate, from: 1, to: 20, dimension: pace}
- {name: plan, type: single_choice, title: Plan, choices: [{value: pro, text: Pro, number: 7.25}]}
- {name: mood, type: single_choice, title: Mood, dimension: rules, weight: 2, choices: [
    {value: bad, text: Bad, maturity: 0}, {value: good, text: Good, maturity: 2}]}
- {name: stars, type: rating, title: Stars, dimension: rules}
- {name: tools, type: multiple_choice, title: Tools, dimension: extra, choices: [{value: crm, text: CRM, maturity: 1}]}
- {name: name, type: text, title: Name}
"""
CHANGE = """
dimensions: [{name: work, title: Work, weight: 3, dimensions: [
    {name: pace, title: Pace, weight: 2}, {name: rules, title: Rules}]}, {name: extra, title: Extra},
    {name: idle, title: Idle, dimensions: [{name: none, title: None}]}]
calculated:
  - {name: weeks, formula: hours * 52}
  - {name: cost, title: Cost, help: "In **all**.", formula: "(weeks + -2) * rate / 1.5", unit: EUR, decimals: 1}
  - {name: best, title: Best, formula: "max(cost, plan, 3) - round(min(plan, 5))"}
  - {name: gap, title: Gap, formula: 100 - score.pace + score}
  - {name: same, title: Same, formula: hours}
  - {name: seldom, title: Seldom, cases: [{when: {name: Anna}, formula: 1}]}
report: {figures: [cost, best, gap, same, seldom], sections: [cover, summary, dimensions, plan, method],
    dimensions: {pace: [{from: 0, text: Go faster.}]}, overall: [{from: 0, name: Low, text: L}]}
"""
ANSWERS = "{hours: 12.5, rate: 10, plan: pro, mood: bad, stars: 5}"


def asked() -> Survey:
    return survey(ASKED, CHANGE)


def context(answers: str = ANSWERS, language: str = "en") -> ReportContext:
    journey = filled(answers, asked=asked()).journey
    at = datetime(2026, 10, 2, tzinfo=UTC)
    return ReportContext(asked(), journey, {}, measure(asked(), journey), at, language)


def section(name: str, told: ReportContext | None = None) -> Any:
    return build_report(told or context()).section(name)


def test_figures_come_after_the_summary_unless_the_survey_says_where() -> None:
    assert [one.name for one in build_report(context()).sections][1:3] == ["summary", "figures"]
    listed = survey(ASKED, CHANGE.replace("[cover, summary, ", "[figures, ").replace("cover", "x"))
    assert listed.report.section_names[0] == "figures"
    alone = survey(ASKED, CHANGE.replace("cover, summary, ", ""))
    assert alone.report.section_names[:2] == ("figures", "dimensions")


def test_a_figure_says_how_it_was_calculated_in_the_readers_numbers() -> None:
    cost, best, gap, same = section("figures").figures
    assert (cost.title, cost.amount, cost.help) == ("Cost", "4,320.0\xa0EUR", "In **all**.")
    assert cost.formula == "(12.5\xa0h × 52 + −2) × 10 ÷ 1.5"
    assert cost.sources == (FigureSource("Hours of yours", "12.5\xa0h"), FigureSource("Rate", "10/20"))
    assert best.formula == "largest of (4,320.0\xa0EUR; 7.25; 3) − rounded (smallest of (7.25; 5))"
    assert best.sources == (FigureSource("Cost", "4,320.0\xa0EUR"), FigureSource("Plan", "Pro"))
    assert gap.formula == "100 − 47.4 + 32"
    assert gap.sources == (FigureSource("Pace", "47 out of 100"), FigureSource("Overall score", "32 out of 100"))
    assert (same.formula, same.sources) == ("", (FigureSource("Hours of yours", "12.5\xa0h"),))


def test_what_is_unknown_is_no_figure() -> None:
    assert [one.title for one in section("figures", context("{name: Anna}")).figures] == ["Seldom"]
    assert section("figures", context("{name: Bo}")) is None
    assert survey("[{name: q, type: text, title: Q}]").report.section_names[0] == "cover"


def test_nothing_of_a_figure_is_shared() -> None:
    assert "4,320" not in repr(shareable_result(context()))


def test_bars_of_parts_follow_their_dimension() -> None:
    bars = section("summary").bars
    assert [(bar.title, bar.rounded) for bar in bars] == [("Extra", 0), ("Work", 43)]
    assert [(part.title, part.rounded) for part in bars[1].parts] == [("Rules", 33), ("Pace", 47)]


def test_a_chapter_shows_the_text_and_the_answers_of_each_part_the_weakest_first() -> None:
    work = section("dimensions").chapters[1]
    assert (work.text, work.quotes) == ("", ())
    assert [(part.title, part.text, [quote.answer for quote in part.quotes]) for part in work.parts] == [
        ("Rules", "", ["Bad", "5/5"]),
        ("Pace", "Go faster.", ["10/20"]),
    ]
    assert shareable_result(context()).advice == "Go faster."


def test_the_method_says_what_each_part_brings() -> None:
    method = section("method")
    work = method.lines[1]
    assert [(part.title, part.weight, part.brings) for part in work.parts] == [("Rules", 1, 8.33), ("Pace", 2, 23.68)]
    assert (method.answered, method.counted) == (5, 4)
    assert method.left_out == ("Idle", "None")


@pytest.mark.parametrize(("language", "text"), [("de", "4.320,0\xa0EUR"), ("fr", "4\u202f320,0\xa0EUR")])
def test_a_placeholder_of_a_calculated_value_is_told_as_its_figure(language: str, text: str) -> None:
    report = survey(ASKED, CHANGE.replace("Go faster.", '"Save {{cost}}."'))
    told = context(language=language)
    filled_in = ReportContext(report, told.journey, {}, told.maturity, told.at, language)
    assert filled_in.fills["cost"] == text


def test_the_json_of_an_assessment_has_exact_numbers() -> None:
    told = context()
    values = calculate(told.survey, told.journey, told.maturity)
    assert [None if value is None else number(value) for value in values.values()] == [
        650, 4320, 4315, 84.649123, 12.5, None,
    ]  # fmt: skip


def test_a_report_without_figures_has_no_section_for_them() -> None:
    plain = survey(ASKED, CHANGE.replace("figures: [cost, best, gap, same, seldom], ", ""))
    journey = filled(ANSWERS, asked=plain).journey
    told = ReportContext(plain, journey, {}, measure(plain, journey), datetime(2026, 10, 2, tzinfo=UTC), "en")
    assert "figures" not in [one.name for one in build_report(told).sections]
