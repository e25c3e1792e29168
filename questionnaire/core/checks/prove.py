"""Proofs of goals: for each an example respondent, or the proof that there is none."""

from __future__ import annotations

from collections.abc import Sequence

from questionnaire.core.base.problems import Problem
from questionnaire.core.checks.block_goals import block_goals
from questionnaire.core.checks.example import JudgedExample, build_example
from questionnaire.core.checks.findings import Notes, Proof, Witness
from questionnaire.core.checks.formula_plan import deciding_names
from questionnaire.core.checks.formulas import Formula, conj
from questionnaire.core.checks.goals import Goal, goals
from questionnaire.core.checks.policy_formulas import PolicyFormulas
from questionnaire.core.checks.score_ranges import ScoreRanges
from questionnaire.core.checks.search import BUDGET, Search, SearchResult
from questionnaire.core.checks.settled_facts import SettledFacts
from questionnaire.core.checks.shadows import shadowing, takers

TOTAL_BUDGET = 12_000
"""The search budget of one survey, in nodes over all goals."""
FIRST_BUDGET = 200
"""What is searched before some respondents are tried; their examples are longer, and found sooner."""
TRIED = 16


class Prover:
    """Runs searches that share one budget."""

    def __init__(self, meaning: PolicyFormulas, ranges: ScoreRanges, budget: int = TOTAL_BUDGET) -> None:
        self._meaning, self._budget = meaning, budget
        self._judged: list[tuple[Witness, JudgedExample]] = []
        self._facts, self._people = SettledFacts(meaning.policy, ranges), ranges.varied(TRIED)

    def prove(self, goal: Goal) -> Proof:
        """Proves one goal. An example of an earlier goal may be one of this goal too."""
        model, policy = self._meaning.model, self._meaning.policy
        formula = conj((self._meaning.premise, goal.formula))
        decided_by = frozenset(deciding_names(model, policy, formula))
        known = next((witness for witness, judged in self._judged if goal.holds(judged)), None)
        if known is not None:
            return Proof(goal.what, "example", known, decided_by)
        search = Search(self._meaning, self._facts.settle(formula))
        known_people = self._along(search) if search.is_wide else None
        result = known_people or self._run(search, FIRST_BUDGET)
        if result.outcome == "no example found" and result.nodes > FIRST_BUDGET:
            result = self._along(search) or self._run(search, BUDGET)
        if result.outcome != "example":
            return Proof(goal.what, result.outcome, None, decided_by)
        witness, judged = build_example(model, policy, result.choices, self._meaning.base)
        is_proved = judged.segment == self._meaning.segment
        if is_proved:
            self._judged.append((witness, judged))
            is_proved = goal.holds(judged)
        return Proof(
            goal.what, "example" if is_proved else "no example found", witness if is_proved else None, decided_by
        )

    def impossible(self, formula: Formula) -> bool:
        within = self._facts.settle(conj((self._meaning.premise, formula)))
        return self._run(Search(self._meaning, within), BUDGET).outcome == "impossible"

    def _along(self, search: Search) -> SearchResult | None:
        results = (search.along(one) for one in self._people)
        return next((result for result in results if result.outcome == "example"), None)

    def _run(self, search: Search, budget: int) -> SearchResult:
        result = search.run(max(min(budget, self._budget), 1))
        self._budget -= result.nodes
        return result


def prove_all(notes: Sequence[Notes], prover: Prover, meaning: PolicyFormulas) -> tuple[Proof, ...]:
    """Proves every goal. Impossible goals are reported in `notes`: those of the survey, then those of the policy."""
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
    if target.has_unknown_name(problem.where):
        return
    if problem.code != "rule_never" or prover.impossible(goal.alone):
        target.add(problem)
    elif sales_reachable or problem.where[0] not in ("routing", "sla", "sql"):
        names = shadowing(goal.alone, goal.earlier, prover.impossible)
        target.warning("rule_shadowed", problem.where, f"{problem.message}: {takers(names)}",
                       "move it up, or remove it")  # fmt: skip
