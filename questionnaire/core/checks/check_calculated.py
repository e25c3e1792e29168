"""Checks of a survey's calculated values: the names in their formulas, their cases, and where they may be used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from questionnaire.core.base import arithmetic
from questionnaire.core.base.conditions import FACTS, tests
from questionnaire.core.base.problems import Where, did_you_mean
from questionnaire.core.checks.calculated_inputs import near_name
from questionnaire.core.checks.check_questions import places
from questionnaire.core.checks.findings import Notes
from questionnaire.core.checks.scopes import (
    NameType,
    check_order,
    compare,
    of_calculated,
    of_fields,
    of_question,
    place,
)
from questionnaire.core.survey.calculated_value import PREFIX, SCORE, CalculatedValue, is_score
from questionnaire.core.survey.questions import Question
from questionnaire.core.survey.survey import Survey


def check_calculated(notes: Notes, survey: Survey) -> None:
    earlier: list[str] = []
    for index, value in enumerate(survey.calculated):
        where: Where = ("calculated", index)
        for at, formula in _formulas(where, value):
            for name in arithmetic.references(formula):
                _check_operand(notes, at, survey, name, earlier, value)
        _check_cases(notes, where, survey, value, earlier)
        earlier.append(value.name)
    _check_numbers(notes, survey)
    _check_figures(notes, survey)


def _formulas(where: Where, value: CalculatedValue) -> Iterator[tuple[Where, arithmetic.Expression]]:
    if value.formula is not None:
        yield (*where, "formula"), value.formula
    for index, case in enumerate(value.cases):
        yield (*where, "cases", index, "formula"), case.formula


def _check_operand(
    notes: Notes, at: Where, survey: Survey, name: str, earlier: list[str], value: CalculatedValue
) -> None:
    if is_score(name):
        _check_score(notes, at, survey, name)
        return
    item = survey.question(name)
    if name in earlier:
        return
    if item is not None:
        _check_item(notes, at, survey, item)
    elif name in survey.calculated_by_name:
        _check_later(notes, at, name, value)
    else:
        rows = next((question.items for question in survey.questions if question.name == name), ())
        bare = name.removeprefix(PREFIX)
        hint = f"name a row of it, such as `{rows[0].name}`" if rows else ""
        hint = f"write `{bare}`" if bare != name and bare in survey.calculated_by_name else hint
        known = [*earlier, SCORE, *(one.name for one in survey.items.values() if _is_number(one))]
        notes.error("unknown_name", at, f"there is no question or calculated value `{name}`",
                    hint or did_you_mean(name, known, "use a question that is answered with a number"))  # fmt: skip


def _check_later(notes: Notes, at: Where, name: str, value: CalculatedValue) -> None:
    if name == value.name:
        notes.error("later_value", at, f"`{name}` is this very value", "name a question or an earlier calculated value")
    else:
        notes.error("later_value", at, f"`{name}` is calculated later", f"move it before `{value.name}`")


def _check_score(notes: Notes, at: Where, survey: Survey, name: str) -> None:
    dimension = name.removeprefix(SCORE).removeprefix(".")
    if dimension and dimension not in survey.dimensions_by_name:
        notes.error("unknown_dimension", at, f"there is no dimension `{dimension}`",
                    did_you_mean(dimension, survey.dimensions_by_name))  # fmt: skip
    if not survey.dimensions:
        notes.error("unknown_dimension", at, "there is no score: the survey has no dimension", "add `dimensions`")
    if SCORE in survey.items or any(question.name == SCORE for question in survey.questions):
        notes.error("unknown_name", at, "`score` can mean the score and the question", "rename the question")


def _is_number(item: Question) -> bool:
    return item.kind == "number" or any(choice.number is not None for choice in item.answer_choices)


def _check_item(notes: Notes, at: Where, survey: Survey, item: Question) -> None:
    if not _is_number(item) or item.kind == "ranking":
        hint = "add `number: …` to its choices" if item.answer_choices and item.kind != "ranking" else ""
        notes.error("operand_without_number", at, f"an answer to `{item.name}` is not a number",
                    hint or "use a number, a slider, a scale, or choices with a `number`")  # fmt: skip
        return
    for where, question in places(survey):
        if item in question.items:
            for index, choice in enumerate(question.answer_choices):
                if choice.number is None and not choice.unknown:
                    notes.error("number_missing", (*where, "choices", index),
                                f"the choice `{choice.value}` has no number, and a formula uses `{item.name}`",
                                "add `number: …`, or `unknown: true`")  # fmt: skip


def _check_cases(notes: Notes, where: Where, survey: Survey, value: CalculatedValue, earlier: list[str]) -> None:
    fields, calculated = of_fields(survey), of_calculated(survey)
    scope: Mapping[str, NameType] = {
        **fields, **{name: of_question(item) for name, item in survey.items.items()},
        **{name: type_ for name, type_ in calculated.items() if name.removeprefix(PREFIX) in earlier},
    }  # fmt: skip
    check_order(notes, (*where, "cases"), [case.when for case in value.cases])
    for index, case in enumerate(value.cases):
        if case.when is None:
            continue
        at = (*where, "cases", index, "when")
        compare(notes, at, case.when, scope)
        for test in tests(case.when):
            spot, name = place(at, test), test.name
            if name in scope:
                continue
            if name in calculated:
                _check_later(notes, spot, name.removeprefix(PREFIX), value)
            elif name in FACTS:
                notes.error("fact_too_early", spot, f"`{name}` is not known while the survey runs",
                            "use questions and fields only")  # fmt: skip
            else:
                hint = near_name(survey, name, scope)
                notes.error("unknown_name", spot, f"there is no question or field `{name}`", hint)


def _check_numbers(notes: Notes, survey: Survey) -> None:
    used = {name for value in survey.calculated for name in value.operands}
    for where, question in places(survey):
        if used.isdisjoint({item.name for item in question.items}):
            for index, choice in enumerate(question.answer_choices):
                if choice.number is not None:
                    notes.warning("idle_number", (*where, "choices", index, "number"), "no formula uses this number",
                                  f"use `{question.name}` in a calculated value, or remove it")  # fmt: skip


def _check_figures(notes: Notes, survey: Survey) -> None:
    for index, name in enumerate(survey.report.figures):
        value = survey.calculated_by_name.get(name)
        where: Where = ("report", "figures", index)
        if value is None:
            notes.error("unknown_name", where, f"there is no calculated value `{name}`",
                        did_you_mean(name, survey.calculated_by_name, "add it under `calculated`"))  # fmt: skip
        elif name in survey.report.figures[:index]:
            notes.error("duplicate_name", where, f"the name `{name}` stands twice", "remove one of them")
        elif value.title is None:
            notes.error("figure_without_title", where, f"`{name}` is shown to people, and has no title",
                        "add `title: …` to the calculated value")  # fmt: skip
