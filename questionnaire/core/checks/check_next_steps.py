"""Checks of next steps, and of the names that the conditions of a report may use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from questionnaire.core.base.conditions import FACTS, Condition, tests
from questionnaire.core.base.problems import Where, did_you_mean
from questionnaire.core.checks.calculated_inputs import near_name
from questionnaire.core.checks.check_context import check_context, context_scope
from questionnaire.core.checks.findings import Notes
from questionnaire.core.checks.scopes import NameType, check_order, compare, of_facts, of_fields, of_question, place
from questionnaire.core.policy import Policy
from questionnaire.core.survey.survey import Survey


def check_next_steps(notes: Notes, survey: Survey) -> None:
    """Reports steps that leave somebody without one."""
    steps = survey.report.next_step
    if steps and all(step.when is not None for step in steps):
        notes.warning("next_step_gap", ("report", "next_step"), "whom no condition fits is offered no next step",
                      "add a last one without `when`")  # fmt: skip


def report_scope(survey: Survey, policy: Policy | None) -> dict[str, NameType]:
    """The names that the report's conditions may use."""
    scope = {**context_scope((survey,)), **of_facts(policy), **of_fields(survey)}
    return scope | {name: of_question(item) for name, item in survey.items.items()}


def check_steps(notes: Notes, survey: Survey, scope: Mapping[str, NameType]) -> None:
    report, used = survey.report, [step.block for step in survey.report.next_step]
    check_order(notes, ("report", "next_step"), [step.when for step in report.next_step])
    for index, step in enumerate(report.next_step):
        where: Where = ("report", "next_step", index)
        if step.block not in report.blocks:
            notes.error("unknown_block", (*where, "block"), f"there is no block `{step.block}`",
                        did_you_mean(step.block, report.blocks, "add it under `blocks`"))  # fmt: skip
        if step.when is None:
            continue
        compare(notes, (*where, "when"), step.when, scope)
        for test in tests(step.when):
            if test.name not in scope:
                notes.error("unknown_name", place((*where, "when"), test),
                            f"there is no question, field or fact `{test.name}`",
                            near_name(survey, test.name, [*scope, *FACTS]))  # fmt: skip
    for name in report.blocks:
        if name not in used:
            notes.warning("unused_block", ("report", "blocks", name), f"no next step uses the block `{name}`",
                          "name it in `next_step`, or remove it")  # fmt: skip


def check_report_context(notes: Notes, survey: Survey) -> None:
    """Checks what the report's conditions say about languages and campaigns."""
    fields = of_fields(survey)
    own = fields | {name: of_question(item) for name, item in survey.items.items()}
    check_context(notes, list(_conditions(survey)), (survey,), own)


def _conditions(survey: Survey) -> Iterator[tuple[Where, Condition]]:
    report = survey.report
    for key, conditions in (
        ("next_step", [step.when for step in report.next_step]),
        ("content_blocks", [block.when for block in report.content_blocks]),
    ):
        for index, condition in enumerate(conditions):
            if condition is not None:
                yield ("report", key, index, "when"), condition
