"""Facts that only hold jointly: an example for each, or the proof that there is none."""

from __future__ import annotations

from collections.abc import Sequence

from questionnaire.core.base.problems import Problem
from questionnaire.core.checks.example import real
from questionnaire.core.checks.findings import Notes, Proof, Proved, Witness
from questionnaire.core.checks.formulas import Formula
from questionnaire.core.checks.goals import Goal, goals
from questionnaire.core.checks.policy_formulas import Meaning
from questionnaire.core.checks.search import BUDGET, Search

ALL = 25_000
"""Nodes for all goals of one survey together."""


class Prover:
    """Runs searches on one budget."""

    def __init__(self, meaning: Meaning) -> None:
        self._meaning, self._left = meaning, ALL

    def prove(self, goal: Goal) -> Proof:
        said, witness = self._run(goal.formula, goal)
        return Proof(goal.what, said, witness)

    def impossible(self, formula: Formula) -> bool:
        return self._run(formula, None)[0] == "impossible"

    def _run(self, formula: Formula, goal: Goal | None) -> tuple[Proved, Witness | None]:
        found = Search(self._meaning, formula).run(max(min(BUDGET, self._left), 1))
        self._left -= found.nodes
        if found.said != "example" or goal is None:
            return found.said, None
        witness, judged = real(self._meaning.model, self._meaning.policy, found.picks)
        return ("example", witness) if goal.holds(judged) else ("no example found", None)


def prove_all(notes: Sequence[Notes], meaning: Meaning) -> tuple[Proof, ...]:
    """Every goal; what is impossible is told in the survey's notes or in the policy's (`notes`, in this order)."""
    prover = Prover(meaning)
    proofs: list[Proof] = []
    sales = True
    for goal in goals(meaning):
        into = notes[0] if goal.part == "survey" else notes[1]
        proof = prover.prove(goal)
        proofs.append(proof)
        if proof.said == "impossible" and goal.problem is not None:
            sales = sales and goal.problem.code != "sql_unreachable"
            _tell(into, prover, goal, goal.problem, sales)
    return tuple(proofs)


def _tell(into: Notes, prover: Prover, goal: Goal, problem: Problem, sales: bool) -> None:
    if problem.code != "rule_never" or prover.impossible(goal.alone):
        into.add(problem)
    elif sales or problem.where[0] not in ("routing", "sla", "sql"):
        into.warning("rule_shadowed", problem.where, f"{problem.message}: what comes before it takes everybody",
                     "move it up, or remove it")  # fmt: skip
