"""Checks of a report's advice, plan, content blocks, chart and colours: what nobody would read, or nobody may."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from questionnaire.core.base.conditions import FACTS, tests
from questionnaire.core.base.problems import Where, did_you_mean
from questionnaire.core.base.texts import LocalizedText
from questionnaire.core.checks.findings import Notes
from questionnaire.core.checks.scopes import NameType, compare, place
from questionnaire.core.documents.report.radar import FEWEST
from questionnaire.core.survey.questions import Choice, Question
from questionnaire.core.survey.questions.advice import Advice
from questionnaire.core.survey.questions.matrix import Matrix
from questionnaire.core.survey.report_blocks import HIDDEN_FROM_BLOCKS, ContentBlock
from questionnaire.core.survey.report_texts import Band
from questionnaire.core.survey.survey import Survey


def report_part_texts(survey: Survey) -> Iterator[tuple[Where, LocalizedText]]:
    """Every text of advice, plan and content blocks, with its path."""
    for where, advice in (*_advice(survey), *_planned(survey)):
        yield (*where, "text"), advice.text
        if advice.done_when:
            yield (*where, "done_when"), advice.done_when
    for index, term in enumerate(survey.report.plan):
        if term.title:
            yield ("report", "plan", index, "title"), term.title
    for index, block in enumerate(survey.report.content_blocks):
        for key in ("title", "text", "alt", "label"):
            text = getattr(block, key)
            if text:
                yield ("report", "content_blocks", index, key), text


def check_report_parts(notes: Notes, survey: Survey, scope: Mapping[str, NameType]) -> None:
    """`scope` are the names that the conditions of next steps may use."""
    _check_advice(notes, survey)
    report = survey.report
    if report.plan and "plan" not in report.sections:
        notes.warning("plan_unseen", ("report", "plan"), "the report has no section `plan`, so nobody reads this",
                      "add `plan` to `sections`, or remove it")  # fmt: skip
    for index, block in enumerate(report.content_blocks):
        _check_block(notes, ("report", "content_blocks", index), survey, block, scope)
    count = len(survey.dimensions)
    if report.charts.dimensions == "radar" and count < FEWEST:
        notes.warning("radar_small", ("report", "charts", "dimensions"),
                      f"a radar needs {FEWEST} dimensions or more, and there are {count}: bars are drawn",
                      "write `bars`, or add dimensions")  # fmt: skip
    _check_colours(notes, survey)


# --- advice ----------------------------------------------------------------------------------------------------


def _advised_questions(survey: Survey) -> Iterator[tuple[Where, Question]]:
    for number, page in enumerate(survey.pages):
        for index, question in enumerate(page.questions):
            yield ("pages", number, "questions", index), question


def _advice(survey: Survey) -> Iterator[tuple[Where, Advice]]:
    for where, question in _advised_questions(survey):
        for index, choice in enumerate(question.answer_choices):
            if choice.advice:
                yield (*where, "choices", index, "advice"), choice.advice
        for at, row in enumerate(question.rows if isinstance(question, Matrix) else ()):
            for value, advice in row.advice.items():
                yield (*where, "rows", at, "advice", value), advice


def _planned(survey: Survey) -> Iterator[tuple[Where, Advice]]:
    for index, term in enumerate(survey.report.plan):
        for at, item in enumerate(term.items):
            yield ("report", "plan", index, "items", at), item


def _check_advice(notes: Notes, survey: Survey) -> None:
    for where, question in _advised_questions(survey):
        counts = any(item.dimension for item in question.items)
        for index, choice in enumerate(question.answer_choices):
            if choice.advice is None:
                continue
            at = (*where, "choices", index, "advice")
            if not counts:
                notes.warning("advice_unseen", at, f"nobody reads this: `{question.name}` counts for no dimension",
                              "give the question a `dimension`, or remove the advice")  # fmt: skip
            elif _is_best(question, choice):
                notes.warning("advice_on_best", at, f"nobody reads this: no answer is better than `{choice.value}`",
                              "move it to a weaker answer, or remove it")  # fmt: skip
    written = [*_advice(survey), *_planned(survey)]
    if any(advice.effort for _, advice in written):
        for where, advice in _advice(survey):
            if advice.effort is None:
                notes.warning("effort_missing", where, "other advice has an effort, and this has none",
                              "add `effort: low`, `medium` or `high`: the plan begins with the lowest")  # fmt: skip


def _is_best(question: Question, choice: Choice) -> bool:
    """Whether choosing it leaves nothing to gain."""
    alone = not question.multiple or choice.exclusive
    return alone and not choice.unknown and question.best > 0 and choice.worth >= question.best


# --- content blocks --------------------------------------------------------------------------------------------


def _check_block(
    notes: Notes, where: Where, survey: Survey, block: ContentBlock, scope: Mapping[str, NameType]
) -> None:
    if block.after not in survey.report.sections:
        notes.warning("block_place", (*where, "after"), f"the report has no section `{block.after}`: this comes last",
                      did_you_mean(block.after, survey.report.sections))  # fmt: skip
    if block.image and block.alt is None:
        notes.error("image_alt", where, "the picture has no `alt`, and some readers cannot see it",
                    "add `alt: …` and say what it shows")  # fmt: skip
    for key, needs in (("alt", "image"), ("label", "url")):
        if getattr(block, key) and not getattr(block, needs):
            notes.warning("text_alone", (*where, key), f"`{key}` is shown with `{needs}`, and there is none",
                          f"add `{needs}: …`, or remove it")  # fmt: skip
    if block.when is None:
        return
    at: Where = (*where, "when")
    allowed = {name: kind for name, kind in scope.items() if name not in HIDDEN_FROM_BLOCKS}
    compare(notes, at, block.when, allowed)
    for test in tests(block.when):
        if test.name in HIDDEN_FROM_BLOCKS:
            notes.error("fact_hidden", place(at, test),
                        f"`{test.name}` cannot decide what a prospect sees: it could be read off the page",
                        "use an answer, a field, `icp` or `signal` instead")  # fmt: skip
        elif test.name not in scope:
            notes.error("unknown_name", place(at, test),
                        f"there is no question, field or fact `{test.name}`",
                        did_you_mean(test.name, [*scope, *(FACTS.keys() - HIDDEN_FROM_BLOCKS)]))  # fmt: skip


# --- bands -----------------------------------------------------------------------------------------------------


def _check_colours(notes: Notes, survey: Survey) -> None:
    report = survey.report
    scales: list[tuple[Where, tuple[Band, ...]]] = [(("report", "overall"), report.overall)]
    scales += [(("report", "dimensions", name), bands) for name, bands in report.dimensions.items()]
    for where, bands in scales:
        for index, band in enumerate(bands):
            if band.colour and not band.name:
                notes.warning("colour_alone", (*where, index, "colour"),
                              "the colour is shown beside the name of the band, and there is none",
                              "add `name: …`, or remove the colour")  # fmt: skip
