"""Sections for some readers: who sees them, where they stand, and what their conditions may not know."""

# ruff: noqa: E501 (messages stay on one line)

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from questionnaire.core.documents.report import ReportContext, build_report
from tests.core.authoring import QUESTIONS, assessed, filled, notation, refused_survey, survey
from tests.documents import samples

BLOCKS = """
  - {id: all, after: cover, text: For everybody.}
  - {id: software, when: {sector: saas}, title: For software, text: "Hello, {{company}}."}
  - {id: ready, when: {stage: sql_ready}, on: pdf, text: A rep calls.}
  - {id: on_screen, after: method, on: [page], text: Only here.}
"""


def _seen(answers: str, blocks: str = BLOCKS) -> tuple[str, ...]:
    asked = survey(change=f"report: {{content_blocks: {notation(blocks)!r}}}")
    return assessed(filled(answers, asked=asked)).content_blocks


def test_a_block_is_for_those_whom_its_condition_fits() -> None:
    assert _seen("{size: large, sector: saas, timeline: soon, budget: 'yes', wish: demo}") == (
        "all", "software", "ready", "on_screen",
    )  # fmt: skip
    assert _seen("{size: large, sector: steel}") == ("all", "on_screen")
    assert _seen("{size: large}") == ("all", "on_screen"), "what is unknown fits nobody"


@pytest.mark.parametrize("fact", ["fit", "intent", "timing", "total"])
def test_a_score_is_unknown_to_the_conditions_of_blocks(fact: str) -> None:
    blocks = (
        f"[{{id: x, when: {{{fact}: {{gte: 0}}}}, text: T}}, {{id: y, when: {{{fact}: {{known: true}}}}, text: T}}]"
    )
    assert _seen("{size: large, sector: saas}", blocks) == ()


def _report(*ids: str, medium: Any = "pdf", only: Any = None) -> list[str]:
    raw = samples.raw("survey")
    raw["report"]["sections"] = ["cover", "summary", "dimensions"]
    raw["report"]["content_blocks"] = notation(BLOCKS.replace("sector: saas", "part: signs"))
    base: ReportContext = dataclasses.replace(samples.told(), survey=samples.changed(raw), content_blocks=ids)
    made = build_report(base, only, medium)
    return [section.content.id if section.name == "content_block" else section.name for section in made.sections]


def test_a_block_follows_its_section_in_the_medium_it_is_for() -> None:
    every = ("all", "software", "ready", "on_screen")
    assert _report(*every) == ["cover", "all", "summary", "software", "ready", "dimensions"]
    assert _report(*every, medium="page") == ["cover", "all", "summary", "software", "dimensions", "on_screen"]
    assert _report(*every, medium="page", only=("summary",)) == ["all", "summary", "software", "on_screen"]
    assert _report("software") == ["cover", "summary", "software", "dimensions"]


def test_the_placeholders_of_a_block_are_filled() -> None:
    raw = samples.raw("survey")
    raw["report"]["content_blocks"] = notation("[{id: a, title: 'For {{company}}', text: 'Hello, {{first_name}}.'}]")
    made = build_report(dataclasses.replace(samples.told(), survey=samples.changed(raw), content_blocks=("a",)))
    (block,) = made.blocks("summary")
    assert (block.title, block.text, made.fills["first_name"]) == ("For Nordwind", "Hello, {{first_name}}.", "Anna")


def test_mistakes_in_blocks_and_plan_are_said_where_they_are() -> None:
    table = {
        "content_blocks: [{id: a, text: T}, {id: a, text: U}]": "duplicate_block: report.content_blocks: two content blocks have the id `a` — give each its own",
        "content_blocks: [{id: a, text: T, on: paper}]": "unknown_value: report.content_blocks[0].on[0]: `paper` is not known here — did you mean `page`?",
        "content_blocks: [{id: a, text: T, url: www.example.com}]": "link: report.content_blocks[0].url: `www.example.com` is not a link — start it with `https://`",
        "plan: [{days: 60, items: A}, {days: 30, items: B}]": "plan_order: report.plan: the terms of the plan do not follow each other — write them from the shortest to the longest, each once, such as 30, 60, 90",
        "charts: {dimensions: pie}": "unknown_value: report.charts.dimensions: `pie` is not known here — write one of: `bars`, `radar`",
    }  # fmt: skip
    found = {written: [str(one) for one in refused_survey(QUESTIONS, f"report: {{{written}}}")] for written in table}
    assert found == {written: [said] for written, said in table.items()}
