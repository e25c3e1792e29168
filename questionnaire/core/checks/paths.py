"""Questions nobody reaches, and conditions that are always true or never."""

from __future__ import annotations

from typing import Any

from questionnaire.core.base.conditions import evaluate, names, tests
from questionnaire.core.checks.check_questions import places
from questionnaire.core.checks.enumerate_states import Counting, sweep
from questionnaire.core.checks.findings import Notes
from questionnaire.core.checks.model import Model, Option, Variable
from questionnaire.core.checks.plan import SearchPlan

Given = tuple[tuple[str, Any], ...]


def check_paths(notes: Notes, model: Model) -> None:
    """Walks what each `show_if` depends on and looks at every combination that can meet there."""
    for where, question in places(model.survey):
        here = (*where, "show_if")
        if question.show_if is None or notes.wrong_at(here):
            continue
        wanted = [name for name in names(question.show_if) if name in model.by_name]
        plan = SearchPlan(model, wanted, compared=tests(question.show_if), keep=wanted)
        given = sweep(plan, Remembering(frozenset(wanted)))
        if given is None or not plan.whole:
            continue
        truths = {evaluate(question.show_if, dict(one)) is True for one in given}
        if truths == {False}:
            notes.error("never_shown", here, f"nobody can ever see `{question.name}`: this is never true",
                        "correct the condition, or remove the question")  # fmt: skip
        elif truths == {True}:
            notes.warning("always_shown", here, "this is always true", "remove `show_if`")


class Remembering(Counting):
    """What was answered to some questions."""

    start: Given = ()

    def __init__(self, wanted: frozenset[str]) -> None:
        self._wanted = wanted

    def take(self, so_far: Given, variable: Variable, option: Option) -> Given:
        return (*so_far, (variable.name, option.value)) if variable.name in self._wanted else so_far
