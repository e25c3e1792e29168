"""Checks of a survey's dimensions: which questions count for them, with what maturity and what weight."""

from __future__ import annotations

from fractions import Fraction

from questionnaire.core.base.problems import Where, did_you_mean
from questionnaire.core.checks.check_questions import called, places
from questionnaire.core.checks.findings import Notes
from questionnaire.core.survey.questions import Question
from questionnaire.core.survey.survey import Survey

UNEVEN = 4
"""One question's best may be this many times another's before the checker asks whether that is meant."""


def check_dimensions(notes: Notes, survey: Survey) -> None:
    for where, question in places(survey):
        _check_names(notes, where, survey, question)
        counts = any(name is not None for _, name in question.dimensions)
        if question.answer_choices:
            _check_maturity(notes, where, question, counts)
        elif counts and not question.counts_for_maturity:
            hint = "remove `dimension`, or ask with choices or on a scale"
            if question.kind == "number":
                hint = "add `maturity: [{from: 0, value: 0}, …]`, or remove `dimension`"
            notes.error("no_maturity", (*where, "dimension"), f"an answer to {called(question)} has no maturity", hint)
        _check_steps(notes, where, question, counts)
        if question.weight is not None and not counts:
            notes.warning("idle_weight", (*where, "weight"), "this weight counts nowhere",
                          "give the question a `dimension`, or remove it")  # fmt: skip
    _check_declared(notes, survey)
    _check_balance(notes, survey)


def _check_names(notes: Notes, where: Where, survey: Survey, question: Question) -> None:
    dimensions = {dimension.name: dimension for dimension in survey.dimensions_by_name.values()}
    for at, name in question.dimensions:
        if name is None:
            continue
        if name not in dimensions:
            notes.error("unknown_dimension", (*where, *at), f"there is no dimension `{name}`",
                        did_you_mean(name, dimensions, "" if dimensions else "add it under `dimensions`"))  # fmt: skip
        elif dimensions[name].parts:
            parts = ", ".join(f"`{part.name}`" for part in dimensions[name].parts)
            notes.error("upper_dimension", (*where, *at), f"`{name}` is made of other dimensions",
                        f"write one of: {parts}")  # fmt: skip


def _check_maturity(notes: Notes, where: Where, question: Question, counts: bool) -> None:
    for index, choice in enumerate(question.answer_choices):
        at = (*where, "choices", index)
        if counts and choice.maturity is None and not choice.proves_nothing:
            notes.error("no_maturity", at, f"the choice `{choice.value}` has no maturity",
                        "add `maturity: 0` or more, or `unknown: true`")  # fmt: skip
        elif not counts and choice.maturity is not None:
            notes.warning("idle_maturity", (*at, "maturity"), "this maturity counts nowhere",
                          "give the question a `dimension`, or remove it")  # fmt: skip
    if counts and not any(choice.worth for choice in question.answer_choices):
        notes.warning("idle_dimension", (*where, "dimension"), f"no choice of {called(question)} is worth anything",
                      "give the best choice a `maturity` above 0")  # fmt: skip


def _check_steps(notes: Notes, where: Where, question: Question, counts: bool) -> None:
    """Checks the steps of a number's maturity: they count somewhere, one is worth something, each can be reached."""
    steps = getattr(question, "maturity", ())
    if not steps:
        return
    if not counts:
        notes.warning("idle_maturity", (*where, "maturity"), "this maturity counts nowhere",
                      "give the question a `dimension`, or remove it")  # fmt: skip
    if not question.best:
        notes.warning("idle_dimension", (*where, "maturity"), f"no step of `{question.name}` is worth anything",
                      "give one a `value` above 0")  # fmt: skip
    limits = question.constraints
    for index, step in enumerate(steps):
        if limits.max is not None and step.start > Fraction(limits.max):
            notes.warning("step_unreachable", (*where, "maturity", index), f"no answer reaches {step.from_}",
                          f"start it at {limits.max} or below, or remove it")  # fmt: skip


def _check_declared(notes: Notes, survey: Survey) -> None:
    seen: set[str] = set()
    for index, upper in enumerate(survey.dimensions):
        parts = [(("dimensions", index, "dimensions", nth), part) for nth, part in enumerate(upper.parts)]
        for where, dimension in [(("dimensions", index), upper), *parts]:
            if dimension.name in seen:
                notes.error("duplicate_name", (*where, "name"), f"the name `{dimension.name}` stands twice",
                            "give each dimension its own name")  # fmt: skip
            elif not dimension.parts and not survey.items_of[dimension.name]:
                notes.warning("idle_dimension", where, f"no question belongs to `{dimension.name}`",
                              f"write `dimension: {dimension.name}` at a question, or remove it")  # fmt: skip
            seen.add(dimension.name)


def _check_balance(notes: Notes, survey: Survey) -> None:
    """Reports questions that outweigh another of their dimension by far, unless one of them has a weight."""
    for dimension in survey.lowest_dimensions:
        items = [item for item in survey.items_of[dimension.name] if item.best]
        if len(items) < 2 or dimension.name in survey.weighted:
            continue
        light, heavy = min(items, key=lambda item: item.best), max(items, key=lambda item: item.best)
        if heavy.best > UNEVEN * light.best:
            where = next(at for at, question in places(survey) if heavy in question.items)
            times = float(Fraction(heavy.best) / light.best)
            notes.warning("uneven_questions", (*where, "dimension"),
                          f"`{heavy.name}` counts {times:.3g} times as much as `{light.name}` in `{dimension.name}`",
                          "write `weight: 1` at both for equal shares, or the weights that you mean")  # fmt: skip
