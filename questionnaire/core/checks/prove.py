"""Proofs of goals: for each an example respondent, or the proof that there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, product

from questionnaire.core.base.problems import Problem
from questionnaire.core.checks.block_goals import block_goals
from questionnaire.core.checks.example import JudgedExample, build_example
from questionnaire.core.checks.findings import Notes, Proof, Proved, Witness
from questionnaire.core.checks.fixed_amounts import FixedAmounts, fixed_amounts
from questionnaire.core.checks.formula_plan import deciding_names
from questionnaire.core.checks.formulas import Formula, conj
from questionnaire.core.checks.goals import Goal, goals
from questionnaire.core.checks.judged_moments import JudgedMoment, JudgedMoments
from questionnaire.core.checks.policy_formulas import PolicyFormulas
from questionnaire.core.checks.score_ranges import ScoreRanges
from questionnaire.core.checks.search import BUDGET, Search
from questionnaire.core.checks.search_state import SearchResult
from questionnaire.core.checks.shadows import shadowing, takers

TOTAL_BUDGET = 12_000
"""The search budget of one survey, in nodes over all goals."""
FIRST_BUDGET = 200
"""What is searched before some respondents are tried; their examples are longer, and found sooner."""
GLANCE = 60
"""What is searched of people with fixed answers at first: among the right ones an example is near."""
TRIED = 16
MODELS, KINDS_WITH_MODELS = 6, 6
"""With the first kinds of fixed answers: some respondents who answer otherwise as those with high and low scores."""


class Prover:
    """Runs searches that share one budget: of those who finish, and where nobody is found, of later moments.

    Those are searched together first, and one by one only if that leaves something possible.
    """

    def __init__(
        self, meaning: PolicyFormulas, ranges: ScoreRanges, budget: int = TOTAL_BUDGET, *, alone: bool = False
    ) -> None:  # fmt: skip
        self._alone = alone
        self._meaning, self._budget, self._later_budget = meaning, budget, budget // 3
        self._judged: list[tuple[Witness, JudgedExample]] = []
        self._moments = JudgedMoments(meaning, ranges, ranges.varied(TRIED))

    def prove(self, goal: Goal) -> Proof:
        """Proves one goal. An example of an earlier goal may be one of this goal too."""
        formula = conj((self._meaning.premise, goal.formula))
        decided_by = frozenset(deciding_names(self._meaning.model, self._meaning.policy, formula))
        known = next((witness for witness, judged in self._judged if goal.holds(judged)), None)
        if known is not None:
            return Proof(goal.what, "example", known, decided_by)
        outcome, witness = self._prove(self._moments.finishing, goal, formula)
        if outcome == "impossible" and not self._never_later(formula):
            outcome, witness = self._prove_later(goal, formula)
        return Proof(goal.what, outcome, witness, decided_by)

    def _prove(self, at: JudgedMoment, goal: Goal, formula: Formula) -> tuple[Proved, Witness | None]:
        search = Search(at.meaning, at.facts.settle(formula), alone=self._alone)
        known_people = self._along(search, at) if search.is_wide else None
        result = known_people or self._run(search, at, FIRST_BUDGET)
        if result.outcome == "no example found" and result.nodes > FIRST_BUDGET:
            result = self._along(search, at) or self._run(search, at, BUDGET)
        if result.outcome == "impossible":
            return "impossible", None
        witness = self._witness(at, at.meaning, goal, result) or self._with_amounts(at, goal, search)
        return ("no example found" if witness is None else "example"), witness

    def _with_amounts(self, at: JudgedMoment, goal: Goal, search: Search) -> Witness | None:
        """An example among people whose answers in formulas are fixed. A little of each before much of any."""
        further = fixed_amounts(at.journeys, search.plan.variables, search.formula)
        kinds: list[FixedAmounts] = []
        for fixed in islice(further, KINDS_WITH_MODELS):
            kinds.append(fixed)
            people = (at.journeys.alike(one, fixed.answers) for one in at.people[:MODELS])
            results = (search.along(one) for one in people if one is not None)
            known = (self._witness(at, at.meaning, goal, result) for result in results)
            if (witness := next(filter(None, known), None)) is not None:
                return witness
        kinds.extend(further)
        pairs = product((GLANCE, FIRST_BUDGET), kinds)
        found = (self._with_fixed(at, goal, search, fixed, budget) for budget, fixed in pairs)
        return next(filter(None, found), None)

    def _with_fixed(
        self, at: JudgedMoment, goal: Goal, search: Search, fixed: FixedAmounts, budget: int
    ) -> Witness | None:
        meaning = at.meaning.of(fixed.model)
        result = self._run(Search(meaning, search.formula, alone=self._alone), at, budget)
        whole = replace(result, choices={**fixed.choices, **result.choices})
        return self._witness(at, meaning, goal, whole)

    def _witness(self, at: JudgedMoment, meaning: PolicyFormulas, goal: Goal, result: SearchResult) -> Witness | None:
        """The person who was found, if the product itself judges so."""
        if result.outcome != "example":
            return None
        witness, judged = build_example(meaning.model, meaning.policy, result.choices, meaning.base)
        if judged.segment != self._meaning.segment:
            return None
        if not at.moment.is_later:
            self._judged.append((witness, judged))
        return witness if goal.holds(judged) else None

    def _prove_later(self, goal: Goal, formula: Formula) -> tuple[Proved, Witness | None]:
        """Of something that is impossible on finishing."""
        outcomes: set[Proved] = {"impossible"}
        for at in self._moments.later(formula):
            outcome, witness = self._prove(at, goal, formula)
            if witness is not None:
                return "example", witness
            outcomes.add(outcome)
        return ("no example found" if "no example found" in outcomes else "impossible"), None

    def impossible(self, formula: Formula) -> bool:
        within = conj((self._meaning.premise, formula))
        if not self._is_impossible(self._moments.finishing, within):
            return False
        return self._never_later(within) or all(self._is_impossible(at, within) for at in self._moments.later(within))

    def _never_later(self, formula: Formula) -> bool:
        """Whether something that is impossible on finishing is so at every later moment, whatever expires first."""
        together = self._moments.together(formula)
        return together is None or self._is_impossible(together, formula)

    def _is_impossible(self, at: JudgedMoment, formula: Formula) -> bool:
        return self._run(Search(at.meaning, at.facts.settle(formula)), at, BUDGET).outcome == "impossible"

    def _along(self, search: Search, at: JudgedMoment) -> SearchResult | None:
        results = (search.along(one) for one in at.people)
        return next((result for result in results if result.outcome == "example"), None)

    def _run(self, search: Search, at: JudgedMoment, budget: int) -> SearchResult:
        left = self._later_budget if at.moment.is_later else self._budget
        result = search.run(max(min(budget, left), 1))
        if at.moment.is_later:
            self._later_budget -= result.nodes
        else:
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
