"""Goals of the search: what should be possible under a policy, as formula, test of the assessment, and problem."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from questionnaire.core.base.conditions import Condition, Test, evaluate
from questionnaire.core.base.problems import WARNING, Problem, Where
from questionnaire.core.base.stage import VERDICTS
from questionnaire.core.checks.example import JudgedExample
from questionnaire.core.checks.formulas import Formula, at_least, conj, lit, neg
from questionnaire.core.checks.policy_formulas import PolicyFormulas
from questionnaire.core.policy import Policy

HANDED = ("sql_ready", "review")


@dataclass(frozen=True, slots=True)
class Goal:
    """Something that should be possible. `problem` is reported when it is impossible.

    `alone`: the formula without the rules before it, to distinguish a rule that matches no lead from a shadowed one.
    """

    what: str
    formula: Formula
    holds: Callable[[JudgedExample], bool]
    part: Literal["survey", "policy"] = "policy"
    problem: Problem | None = None
    alone: Formula = True


def goals(meaning: PolicyFormulas) -> Iterator[Goal]:
    policy = meaning.policy
    yield from _stages(meaning)
    yield from _hard_rules(meaning)
    yield from _boxes(meaning)
    yield from _handoff_rules(meaning, ("routing", "rules"), [(rule.id, rule.when, rule.assign.owner is None)
                                                       for rule in policy.routing.rules])  # fmt: skip
    yield from _handoff_rules(meaning, ("sla", "first_contact"), [(f"{index + 1}", term.when, True)
                        for index, term in enumerate(policy.sla.first_contact)])  # fmt: skip
    yield from _steps(meaning)


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


def _hard_rules(meaning: PolicyFormulas) -> Iterator[Goal]:
    policy = meaning.policy
    before: list[Formula] = []
    rules = [("disqualify", index, rule.when, rule.reason) for index, rule in enumerate(policy.disqualify)]
    rules += [("divert", index, rule.when, rule.to) for index, rule in enumerate(policy.divert)]
    for key, index, when, name in rules:
        own_formula = meaning.rule(when)

        def fires(judged: JudgedExample, key: str = key, index: int = index) -> bool:
            conditions = [rule.when for rule in policy.disqualify] + [rule.when for rule in policy.divert]
            place = index + (len(policy.disqualify) if key == "divert" else 0)
            return evaluate(conditions[place], judged.facts) is True and not any(
                evaluate(condition, judged.facts) is True for condition in conditions[:place]
            )

        yield Goal(
            f"{key} {name}", conj((own_formula, *map(neg, before))), fires,
            problem=Problem("rule_never", (key, index), f"the rule `{name}` fits {meaning.model.subject}",
                            "correct the condition, or remove the rule", WARNING), alone=own_formula,
        )  # fmt: skip
        before.append(own_formula)


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


def _handoff_rules(meaning: PolicyFormulas, where: Where, rules: Sequence[tuple[str, Any, bool]]) -> Iterator[Goal]:
    """Goals of rules for SQL-ready leads. A rule with the account owner may not apply, so it shadows no later rule."""
    goes_to_rep = meaning.verdict(lambda stage, _: stage in HANDED)
    before: list[tuple[Any, Formula]] = []
    sources = meaning.model.sources
    word = "routing rule" if where[0] == "routing" else "promise"
    for index, (name, when, takes) in enumerate(rules):
        own_formula = meaning.rule(when, stage=True)

        def first(
            judged: JudgedExample,
            when: Any = when,
            earlier: tuple[Any, ...] = tuple(condition for condition, _ in before),
        ) -> bool:
            matches = when is None or evaluate(when, judged.facts) is True
            is_matched = any(condition is None or evaluate(condition, judged.facts) is True for condition in earlier)
            return matches and not is_matched and str(judged.verdict.stage) in HANDED

        yield Goal(
            f"{word} {name}", conj((own_formula, *(neg(condition) for _, condition in before), goes_to_rep)), first,
            problem=Problem("rule_never", (*where, index),
                            f"no lead for sales from {sources} alone comes to the {word} `{name}`",
                            "correct the condition, or remove the rule", WARNING), alone=own_formula,
        )  # fmt: skip
        if takes:
            before.append((when, own_formula))


def _steps(meaning: PolicyFormulas) -> Iterator[Goal]:
    before: list[Formula] = []
    for index, step in enumerate(meaning.model.survey.report.next_step):
        own_formula = meaning.step(step.when)

        def is_step(judged: JudgedExample, index: int = index) -> bool:
            return judged.step == index

        yield Goal(
            f"next step {index + 1} {step.block}", conj((own_formula, *map(neg, before))), is_step,
            "survey", Problem("rule_never", ("report", "next_step", index),
                              f"nobody who answers only this survey is offered `{step.block}` here",
                              "correct the condition, or remove the rule", WARNING), own_formula,
        )  # fmt: skip
        before.append(own_formula)
