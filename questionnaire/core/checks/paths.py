"""Checks of visibility: questions that are never shown, and conditions that are always true."""

from __future__ import annotations

from typing import Any

from questionnaire.core.base.conditions import evaluate, names, tests
from questionnaire.core.checks.check_questions import called, places
from questionnaire.core.checks.enumerate_states import BaseAccumulator, sweep
from questionnaire.core.checks.findings import Notes
from questionnaire.core.checks.model import Model, Option, Variable
from questionnaire.core.checks.plan import SearchPlan

Given = tuple[tuple[str, Any], ...]


def check_paths(notes: Notes, model: Model) -> None:
    """Checks each `show_if` on every combination of the answers on which it depends."""
    for where, question in places(model.survey):
        at = (*where, "show_if")
        if question.show_if is None or notes.wrong_at(at):
            continue
        dependencies = [name for name in names(question.show_if) if name in model.by_name]
        plan = SearchPlan(model, dependencies, compared=tests(question.show_if), keep=dependencies)
        combinations = sweep(plan, RememberedAnswers(frozenset(dependencies)))
        if combinations is None or not plan.exhaustive:
            continue
        truths = {evaluate(question.show_if, dict(answers)) is True for answers in combinations}
        if truths == {False}:
            notes.error("never_shown", at, f"nobody can ever see {called(question)}: this is never true",
                        "correct the condition, or remove the question")  # fmt: skip
        elif truths == {True}:
            notes.warning("always_shown", at, "this is always true", "remove `show_if`")


class RememberedAnswers(BaseAccumulator):
    """Accumulates the answers to some questions."""

    start: Given = ()

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names

    def take(self, so_far: Given, variable: Variable, option: Option) -> Given:
        return (*so_far, (variable.name, option.value)) if variable.name in self._names else so_far
