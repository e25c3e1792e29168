"""Goals of the rules of which the first match counts: disqualify, divert, routing, SLA terms, next steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from questionnaire.core.base.conditions import evaluate
from questionnaire.core.base.problems import WARNING, Problem, Where
from questionnaire.core.checks.example import JudgedExample
from questionnaire.core.checks.formulas import Formula, conj, neg
from questionnaire.core.checks.goal import Goal
from questionnaire.core.checks.policy_formulas import PolicyFormulas
from questionnaire.core.checks.shadows import EarlierRule

HANDED = ("sql_ready", "review")


def hard_rules(meaning: PolicyFormulas) -> Iterator[Goal]:
    policy = meaning.policy
    before: list[EarlierRule] = []
    rules = [("disqualify", index, rule.reason) for index, rule in enumerate(policy.disqualify)]
    rules += [("divert", index, rule.to) for index, rule in enumerate(policy.divert)]
    names = [(key, name) for key, _, name in rules]
    for (key, index, name), own in zip(rules, _hard_formulas(meaning), strict=True):
        own_formula, number = own.formula, f" (rule {index + 1})" if names.count((key, name)) > 1 else ""

        def fires(judged: JudgedExample, key: str = key, index: int = index) -> bool:
            conditions = [rule.when for rule in policy.disqualify] + [rule.when for rule in policy.divert]
            place = index + (len(policy.disqualify) if key == "divert" else 0)
            return evaluate(conditions[place], judged.facts) is True and not any(
                evaluate(condition, judged.facts) is True for condition in conditions[:place]
            )

        yield Goal(
            f"{key} {name}{number}", _first(own_formula, before), fires,
            problem=Problem("rule_never", (key, index), f"the rule `{name}` fits {meaning.model.subject}",
                            "correct the condition, or remove the rule", WARNING), alone=own_formula,
            earlier=tuple(before),
        )  # fmt: skip
        before.append(own)


def _hard_formulas(meaning: PolicyFormulas) -> list[EarlierRule]:
    """The rules that disqualify or divert, in their order."""
    policy = meaning.policy
    rules = [("disqualify", index, rule.when, rule.reason) for index, rule in enumerate(policy.disqualify)]
    rules += [("divert", index, rule.when, rule.to) for index, rule in enumerate(policy.divert)]
    return [EarlierRule(f"`{key}` rule {index + 1} (`{name}`)", meaning.rule(when)) for key, index, when, name in rules]


def _first(own: Formula, earlier: Sequence[EarlierRule]) -> Formula:
    return conj((own, *(neg(rule.formula) for rule in earlier)))


def handoff_rules(meaning: PolicyFormulas, where: Where, rules: Sequence[tuple[str, Any, bool]]) -> Iterator[Goal]:
    """Goals of rules for SQL-ready leads. A rule with the account owner may not apply, so it shadows no later rule."""
    goes_to_rep = meaning.verdict(lambda stage, _: stage in HANDED)
    stages = EarlierRule("a stage before sales", neg(goes_to_rep))
    before: list[tuple[Any, EarlierRule]] = []
    hard, sources = tuple(_hard_formulas(meaning)), meaning.model.sources
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
            f"{word} {name}", _first(own_formula, (*(rule for _, rule in before), stages)), first,
            problem=Problem("rule_never", (*where, index),
                            f"no lead for sales from {sources} alone comes to the {word} `{name}`",
                            "correct the condition, or remove the rule", WARNING), alone=own_formula,
            earlier=(*hard, *(rule for _, rule in before), stages),
        )  # fmt: skip
        if takes:
            before.append((when, EarlierRule(f"{word} `{name}`", own_formula)))


def next_steps(meaning: PolicyFormulas) -> Iterator[Goal]:
    before: list[EarlierRule] = []
    for index, step in enumerate(meaning.model.survey.report.next_step):
        own_formula = meaning.step(step.when)

        def is_step(judged: JudgedExample, index: int = index) -> bool:
            return judged.step == index

        yield Goal(
            f"next step {index + 1} {step.block}", _first(own_formula, before), is_step,
            "survey", Problem("rule_never", ("report", "next_step", index),
                              f"nobody who answers only this survey is offered `{step.block}` here",
                              "correct the condition, or remove the rule", WARNING), own_formula, tuple(before),
        )  # fmt: skip
        before.append(EarlierRule(f"next step {index + 1} (`{step.block}`)", own_formula))
