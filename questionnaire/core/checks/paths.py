"""Checks of visibility: questions that are never shown, and conditions that are always true."""

from __future__ import annotations

from questionnaire.core.checks.check_questions import called, places
from questionnaire.core.checks.enumerate_states import MOST_TRANSITIONS, Budget
from questionnaire.core.checks.findings import Notes
from questionnaire.core.checks.model import Model
from questionnaire.core.checks.plan import SearchPlan
from questionnaire.core.checks.respondents import Respondents


def check_paths(notes: Notes, model: Model, people: Respondents) -> None:
    """Checks each condition that some respondents do not show to be true for one and false for another."""
    budget = Budget(MOST_TRANSITIONS)
    for where, question in places(model.survey):
        at = (*where, "show_if")
        if question.show_if is None or notes.wrong_at(at):
            continue
        name = question.items[0].name
        seen = {name in one.options for one in people.sample}
        truths = seen if len(seen) == 2 else _truths(model, name, budget)
        if truths == {False}:
            notes.error("never_shown", at, f"nobody can ever see {called(question)}: this is never true",
                        "correct the condition, or remove the question")  # fmt: skip
        elif truths == {True}:
            notes.warning("always_shown", at, "this is always true", "remove `show_if`")


def _truths(model: Model, name: str, budget: Budget) -> set[bool]:
    """Whether respondents see this variable and whether others do not; nothing when there are too many to look at."""
    guard = model.by_name[name].guard
    plan = SearchPlan(model, (), kept=guard)
    layer = {plan.start}
    for index, step in enumerate(plan.steps):
        budget.left -= len(layer) * len(step.options)
        if budget.left < 0:
            return set()
        layer = {after for live in layer for _, after in plan.transitions(index, live)}
    return {plan.truth(live) for live in layer if plan.has_answer(live)} if plan.exhaustive else set()
