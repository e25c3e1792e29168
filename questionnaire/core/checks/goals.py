"""Goals of the search: what should be possible under a policy, as formula, test of the assessment, and problem."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaire.core.base.conditions import Condition, Test, evaluate
from questionnaire.core.base.problems import WARNING, Problem
from questionnaire.core.base.stage import VERDICTS
from questionnaire.core.checks.example import JudgedExample
from questionnaire.core.checks.formulas import at_least, conj, lit, neg
from questionnaire.core.checks.goal import Goal
from questionnaire.core.checks.policy_formulas import PolicyFormulas
from questionnaire.core.checks.rule_goals import handoff_rules, hard_rules, next_steps
from questionnaire.core.policy import Policy

__all__ = ["Goal", "goals"]


def goals(meaning: PolicyFormulas) -> Iterator[Goal]:
    policy = meaning.policy
    yield from _stages(meaning)
    yield from hard_rules(meaning)
    yield from _boxes(meaning)
    yield from handoff_rules(meaning, ("routing", "rules"), [(rule.id, rule.when, rule.assign.owner is None)
                                                       for rule in policy.routing.rules])  # fmt: skip
    yield from handoff_rules(meaning, ("sla", "first_contact"), [(f"{index + 1}", term.when, True)
                        for index, term in enumerate(policy.sla.first_contact)])  # fmt: skip
    yield from next_steps(meaning)


def _stages(meaning: PolicyFormulas) -> Iterator[Goal]:
    policy = meaning.policy
    past_mql = ("mql", "review", "sql_ready")
    for stage in VERDICTS:
        yield _verdict(meaning, str(stage))
    yield Goal(
        "the MQL line is reached",
        meaning.verdict(lambda stage, reason: stage in past_mql and reason not in _EARLY_REVIEWS),
        lambda judged: str(judged.verdict.stage) in past_mql and judged.verdict.reason not in _EARLY_REVIEWS,
        problem=Problem("mql_unreachable", ("mql",), f"{meaning.model.subject} reaches the MQL line",
                        "lower `threshold`, `min_fit` or `min_intent`, or measure more", WARNING),
    )  # fmt: skip
    yield Goal(
        "a lead goes to sales",
        meaning.verdict(_is_sales_verdict),
        _goes_to_sales,
        problem=Problem("sql_unreachable", ("sql",), f"{meaning.model.subject} becomes ready for sales",
                        "see which boxes and thresholds nobody passes", WARNING),
    )  # fmt: skip
    review_if: Condition | None = policy.sql.review_if
    if review_if is not None:
        formula, sources = meaning.rule(review_if), meaning.model.sources
        yield Goal(
            "review_if at the SQL line", conj((formula, meaning.verdict(_is_sales_verdict))),
            lambda judged: evaluate(review_if, judged.facts) is True and _goes_to_sales(judged),
            problem=Problem("rule_never", ("sql", "review_if"),
                            f"no lead for sales from {sources} alone is held back by this",
                            "correct the condition, or remove it", WARNING), alone=formula,
        )  # fmt: skip
    yield from _most_open_boxes(meaning, policy)


def _verdict(meaning: PolicyFormulas, stage: str) -> Goal:
    formula = meaning.verdict(lambda candidate, _: candidate == stage)
    return Goal(f"verdict {stage}", formula, lambda judged: str(judged.verdict.stage) == stage)


def _is_sales_verdict(stage: str, reason: str | None) -> bool:
    return stage == "sql_ready" or (stage == "review" and reason in _SALES_REVIEWS)


def _goes_to_sales(judged: JudgedExample) -> bool:
    return _is_sales_verdict(str(judged.verdict.stage), judged.verdict.reason)


_EARLY_REVIEWS = ("not_now_hand_raise", "incomplete_hand_raise")
_SALES_REVIEWS = ("open_boxes", "high_value", "manual")


def _most_open_boxes(meaning: PolicyFormulas, policy: Policy) -> Iterator[Goal]:
    """The goal of exactly `max_unchecked` open checklist items with the required FIT grade."""
    allowed, boxes = policy.sql.max_unchecked, policy.checklist
    if not 0 < allowed <= len(boxes):
        return
    good = "ABC"[: "ABC".index(policy.sql.require.fit_grade) + 1]
    checked = [meaning.rule(box.check) for box in boxes]
    exactly = conj((at_least(len(boxes) - allowed, checked), neg(at_least(len(boxes) - allowed + 1, checked))))
    yield Goal(
        f"{allowed} open boxes with grade {policy.sql.require.fit_grade}",
        conj((lit("fit_grade", Test("x", "in", tuple(good)), True), exactly)),
        lambda judged: judged.scorecard.fit.grade in good and sum(box.is_open for box in judged.boxes) == allowed,
    )


def _boxes(meaning: PolicyFormulas) -> Iterator[Goal]:
    nobody, sources = meaning.model.subject, meaning.model.sources
    for index, box in enumerate(meaning.policy.checklist):
        checked = meaning.rule(box.check)

        def is_open(judged: JudgedExample, index: int = index) -> bool:
            return judged.boxes[index].is_open

        def is_checked(judged: JudgedExample, index: int = index) -> bool:
            return not judged.boxes[index].is_open

        yield Goal(
            f"box {box.id} checked", checked, is_checked,
            problem=Problem("box_never", ("checklist", index), f"{nobody} checks the box `{box.id}`",
                            "ask for what it needs, or correct its condition", WARNING),
        )  # fmt: skip
        yield Goal(
            f"box {box.id} open", neg(checked), is_open,
            problem=Problem("box_always", ("checklist", index),
                            f"everybody who answers only {sources} checks `{box.id}`",
                            "correct its condition, or remove it", WARNING),
        )  # fmt: skip
