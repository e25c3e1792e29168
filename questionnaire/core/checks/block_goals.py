"""Goals of the search: every content block of a report is seen by somebody."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaire.core.base.problems import WARNING, Problem
from questionnaire.core.checks.example import JudgedExample
from questionnaire.core.checks.goals import Goal
from questionnaire.core.checks.policy_formulas import PolicyFormulas


def block_goals(meaning: PolicyFormulas) -> Iterator[Goal]:
    for index, block in enumerate(meaning.model.survey.report.content_blocks):
        formula = meaning.step(block.when)

        def is_seen(judged: JudgedExample, id: str = block.id) -> bool:
            return id in judged.content_blocks

        yield Goal(
            f"content block {block.id}", formula, is_seen,
            "survey", Problem("rule_never", ("report", "content_blocks", index),
                              f"{meaning.model.subject} sees the content block `{block.id}`",
                              "correct the condition, or remove the block", WARNING), formula,
        )  # fmt: skip
