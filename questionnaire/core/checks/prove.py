"""Proofs of goals: for each an example respondent, or the proof that there is none."""

from __future__ import annotations

from collections.abc import Sequence

from questionnaire.core.base.problems import Problem
from questionnaire.core.checks.block_goals import block_goals
from questionnaire.core.checks.example import build_example
from questionnaire.core.checks.findings import Notes, Proof, Proved, Witness
from questionnaire.core.checks.formulas import Formula
from questionnaire.core.checks.goals import Goal, goals
from questionnaire.core.checks.policy_formulas import PolicyFormulas
from questionnaire.core.checks.search import BUDGET, Search
from questionnaire.core.checks.shadows import shadowing, takers

TOTAL_BUDGET = 25_000
"""The search budget of one survey, in nodes over all goals."""


class Prover:
    """Runs searches that share one budget."""

    def __init__(self, meaning: PolicyFormulas) -> None:
        self._meaning, self._budget = meaning, TOTAL_BUDGET

    def prove(self, goal: Goal) -> Proof:
        outcome, witness = self._run(goal.formula, goal)
        return Proof(goal.what, outcome, witness)

    def impossible(self, formula: Formula) -> bool:
        return self._run(formula, None)[0] == "impossible"

    def _run(self, formula: Formula, goal: Goal | None) -> tuple[Proved, Witness | None]:
        result = Search(self._meaning, formula).run(max(min(BUDGET, self._budget), 1))
        self._budget -= result.nodes
        if result.outcome != "example" or goal is None:
            return result.outcome, None
        witness, judged = build_example(self._meaning.model, self._meaning.policy, result.choices)
        return ("example", witness) if goal.holds(judged) else ("no example found", None)


def prove_all(notes: Sequence[Notes], meaning: PolicyFormulas) -> tuple[Proof, ...]:
    """Proves every goal. Impossible goals are reported in `notes`: those of the survey, then those of the policy."""
    prover = Prover(meaning)
    proofs: list[Proof] = []
    sales_reachable = True
    for goal in (*goals(meaning), *block_goals(meaning)):
        target = notes[0] if goal.part == "survey" else notes[1]
        proof = prover.prove(goal)
        proofs.append(proof)
        if proof.outcome == "impossible" and goal.problem is not None:
            sales_reachable = sales_reachable and goal.problem.code != "sql_unreachable"
            _report(target, prover, goal, goal.problem, sales_reachable)
    return tuple(proofs)


def _report(target: Notes, prover: Prover, goal: Goal, problem: Problem, sales_reachable: bool) -> None:
    if problem.code != "rule_never" or prover.impossible(goal.alone):
        target.add(problem)
    elif sales_reachable or problem.where[0] not in ("routing", "sla", "sql"):
        names = shadowing(goal.alone, goal.earlier, prover.impossible)
        target.warning("rule_shadowed", problem.where, f"{problem.message}: {takers(names)}",
                       "move it up, or remove it")  # fmt: skip
