"""What a report advises: chapter by chapter, and as a plan."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from questionnaire.core.documents.report import Report, ReportContext, build_report, first_advice, plan_days
from questionnaire.core.survey.answers import read_answers
from questionnaire.core.survey.journey import Journey, derive_journey
from questionnaire.core.survey.maturity import measure
from questionnaire.core.survey.questions.advice import Advice
from questionnaire.core.survey.survey import Survey
from tests.core.authoring import notation
from tests.documents import samples

PAGE_FOR_ALL = {"text": "Write one page with {{company}}.", "effort": "high", "done_when": "Both heads have signed it."}


def advised() -> Any:
    """The sample survey, with advice on weak answers of two of its three dimensions."""
    raw = samples.raw("survey")
    rules, _, learning = raw["pages"][1]["questions"][:3]
    rules["choices"][0]["advice"] = "Meet once."
    rules["choices"][1]["advice"] = dict(PAGE_FOR_ALL)
    rules["choices"][3]["advice"] = "Ask who wrote the rules."
    learning["choices"][0]["advice"] = {"text": "Ask for a reason.", "effort": "low"}
    learning["choices"][2]["advice"] = {"text": "Agree on a status.", "effort": "low"}
    return raw


def context(raw: Any, answers: Any = samples.SOME, **more: Any) -> ReportContext:
    survey: Survey = samples.changed(raw)
    base = samples.told()
    return dataclasses.replace(base, survey=survey, journey=(journey := _journey(survey, answers)),
                               maturity=measure(survey, journey), **more)  # fmt: skip


def _journey(survey: Survey, answers: Any) -> Journey:
    read, mistakes = read_answers(survey, answers)
    assert not mistakes
    return derive_journey(survey, read)


def chapters(report: Report) -> dict[str, list[str]]:
    content: Any = report.section("dimensions")
    return {chapter.bar.title: [line.text for line in chapter.advice] for chapter in content.chapters}


def terms(report: Report) -> list[list[str]]:
    content: Any = report.section("plan")
    return [[move.line.text for move in term.moves] for term in content.terms]


def test_a_chapter_shows_the_advice_of_the_answers_that_were_given() -> None:
    made = build_report(context(advised()))
    assert chapters(made) == {
        "Speed": [], "Shared rules": ["Write one page with {{company}}."], "Learning": ["Ask for a reason."],
    }  # fmt: skip
    assert made.fills["company"] == "Nordwind"
    content: Any = made.section("dimensions")
    line = content.chapters[1].advice[0]
    assert (line.effort, line.done_when) == ("high", "Both heads have signed it.")
    assert content.advised


def test_the_plan_begins_with_small_effort_and_says_what_done_looks_like() -> None:
    assert terms(build_report(context(advised()))) == [["Ask for a reason."], ["Write one page with {{company}}."]]
    told = context(advised())
    found = first_advice(told)
    assert found is not None
    assert (found.about, found.advice) == ("Learning", "Ask for a reason.")


def test_the_best_answer_has_nothing_to_be_advised_on_and_no_plan_is_made_up() -> None:
    made = build_report(context(advised(), samples.BEST))
    assert set(map(tuple, chapters(made).values())) == {()}
    assert made.section("plan") is None


def test_i_dont_know_is_advised_on_after_answers_that_cost_points() -> None:
    raw = advised()
    twin = {**raw["pages"][1]["questions"][0], "name": "twin"}
    raw["pages"][1]["questions"].insert(1, twin)
    made = build_report(context(raw, {**samples.SOME, "twin": "dunno"}))
    assert chapters(made)["Shared rules"] == ["Write one page with {{company}}.", "Ask who wrote the rules."]


def _matrix(rows: int) -> Any:
    """A survey with one matrix: row i is worth i of 9."""
    raw = samples.raw("survey")
    choices = [{"value": f"v{n}", "text": str(n), "maturity": n} for n in range(10)]
    named = [{"name": f"r{n}", "text": f"Row {n}", "advice": {f"v{n}": f"Do {n}."}} for n in range(rows)]
    matrix = {"name": "m", "type": "matrix", "title": "M", "dimension": "rules", "rows": named, "choices": choices}
    raw["pages"] = [{"name": "p", "questions": [matrix]}]
    del raw["report"]["benchmark"]
    return raw


def test_a_row_of_a_matrix_has_advice_of_its_own_and_three_a_chapter_are_enough() -> None:
    made = build_report(context(_matrix(6), {f"m.r{n}": f"v{n}" for n in range(6)}))
    assert chapters(made)["Shared rules"] == ["Do 0.", "Do 1.", "Do 2."], "the greatest gain comes first"


def test_what_several_rows_advise_alike_is_said_once() -> None:
    raw = _matrix(4)
    question = raw["pages"][0]["questions"][0]
    for row in question["rows"]:
        del row["advice"]
    question["choices"][0]["advice"] = "Begin."
    assert chapters(build_report(context(raw, {f"m.r{n}": "v0" for n in range(4)})))["Shared rules"] == ["Begin."]


def test_an_author_may_write_the_plan() -> None:
    raw = advised()
    raw["report"]["plan"] = notation(
        "[{days: 14, title: Look, items: Count the windows.}, {days: 60, items: [{text: Replace them, effort: high}]}]"
    )
    content: Any = build_report(context(raw)).section("plan")
    assert content.days == 60
    assert [(term.since, term.until, term.heading) for term in content.terms] == [(1, 14, "Look"), (15, 60, "")]
    assert terms(build_report(context(raw))) == [["Count the windows."], ["Replace them"]]


@pytest.mark.parametrize(("count", "shape"), [(1, [1]), (2, [1, 1]), (4, [2, 1, 1]), (5, [2, 2, 1]), (9, [3, 3, 3])])
def test_the_actions_are_spread_over_the_terms(count: int, shape: list[int]) -> None:
    raw = _matrix(count)
    raw["dimensions"] = [{"name": f"d{n}", "title": f"D{n}"} for n in range(count)]
    del raw["report"]["dimensions"]
    for n, row in enumerate(raw["pages"][0]["questions"][0]["rows"]):
        row["dimension"] = f"d{n}"
        row["advice"] = {"v0": f"Do {n}."}
    made = terms(build_report(context(raw, {f"m.r{n}": "v0" for n in range(count)})))
    assert list(map(len, made)) == shape


def test_without_any_scored_dimension_there_is_no_plan() -> None:
    assert build_report(context(advised(), {"employees": 12, "rules": "dunno"})).section("plan") is None


def test_a_dimension_of_dimensions_shows_the_advice_of_its_parts_by_what_they_gain() -> None:
    raw = advised()
    raw["dimensions"] = [
        {"name": "work", "title": "Work", "dimensions": [
            {"name": "rules", "title": "Rules", "weight": 1}, {"name": "learning", "title": "Learning", "weight": 9}]},
        {"name": "speed", "title": "Speed"},
    ]  # fmt: skip
    del raw["report"]["dimensions"]
    # Rules misses 2/3 of a tenth, learning 2/3 of nine tenths.
    made = build_report(context(raw))
    assert chapters(made)["Work"] == ["Ask for a reason.", "Write one page with {{company}}."]
    content: Any = made.section("plan")
    assert [move.title for term in content.terms for move in term.moves] == ["Learning", "Rules"]


def test_the_result_page_knows_how_long_the_plan_is() -> None:
    assert plan_days(context(advised())) == 60
    raw = advised()
    raw["report"]["sections"] = ["cover", "summary"]
    assert plan_days(context(raw)) == 0


def test_a_radar_has_a_spoke_for_each_dimension_in_the_surveys_order() -> None:
    raw = advised()
    rows = {f"r{number}": number % 3 for number in range(6)}
    raw["dimensions"] = [{"name": name, "title": name.upper()} for name in rows]
    for question in (question for page in raw["pages"] for question in page["questions"]):
        question.pop("dimension", None)
        for choice in question.get("choices", ()):
            choice.pop("maturity", None)
    choices = [{"value": f"c{worth}", "text": str(worth), "maturity": worth} for worth in range(3)]
    raw["pages"][0]["questions"] += [
        {"name": name, "type": "single_choice", "title": name, "dimension": name, "choices": choices} for name in rows
    ]
    raw["report"] |= {"dimensions": {}, "charts": {"dimensions": "radar"}}
    answers = {**samples.SOME, **{name: f"c{worth}" for name, worth in rows.items()}}
    summary: Any = build_report(context(raw, answers)).section("summary")
    first, *others = summary.radar.spokes
    assert (first.x, first.y, first.score_x, first.score_y) == (100, 22, 100, 100)
    assert len(others) == 5
    assert {spoke.number for spoke in summary.radar.spokes} == set(range(1, 7))
    assert len(summary.radar.shape.split()) == 6


def test_advice_may_be_a_text_alone_in_the_schema_too() -> None:
    text, full = Advice.model_json_schema()["anyOf"]
    assert set(full["properties"]) == {"text", "effort", "done_when"}
    assert text == full["properties"]["text"]
