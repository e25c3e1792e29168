"""Comparisons of a formula that have the same truth for every respondent: decided once, before any search."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from questionnaire.core.checks.context_formulas import SCORES as SCORES_OF_DIMENSIONS
from questionnaire.core.checks.context_formulas import values_from_outside
from questionnaire.core.checks.external_facts import Signals
from questionnaire.core.checks.formulas import Formula, Node, holds, settle
from questionnaire.core.checks.limits import Limits, possible_levels
from questionnaire.core.checks.model import VALUE, Model
from questionnaire.core.checks.numbers import SCORES, Interval, truth_within
from questionnaire.core.policy import Policy


class SettledFacts:
    """What is certain of all respondents of a survey: the limits of scores, and the levels that can occur."""

    def __init__(self, policy: Policy, model: Model, fit: Limits, timing: Limits) -> None:
        self._policy, self._model = policy, model
        _, _, strong = Signals(policy).after(0)
        self._ends: dict[str, Interval] = {
            "fit": fit, "timing": timing, "intent": (0, policy.intent.max), "strong": (0, strong),
        }  # fmt: skip
        self._levels = {name: possible_levels(model, name, criterion) for name, criterion in policy.criteria.items()}
        self._known: dict[Node, bool | None] = {}

    def settle(self, formula: Formula) -> Formula:
        return settle(formula, self._truth)

    def _truth(self, literal: Node) -> bool | None:
        if literal not in self._known:
            self._known[literal] = self._decide(literal)
        return self._known[literal]

    def _decide(self, literal: Node) -> bool | None:
        source = literal.source
        if source in SCORES:
            return truth_within(literal, self._ends, self._policy)
        if source.startswith("level:"):
            return _common(literal, self._levels[source.removeprefix("level:")])
        if source.startswith(SCORES_OF_DIMENSIONS):
            return _common(literal, values_from_outside(self._model, source, [literal.test] if literal.test else []))
        variable = self._model.by_name.get(source.removeprefix(VALUE)) if source.startswith(VALUE) else None
        if variable is None or not variable.exhaustive:
            return None
        unseen = [] if variable.guard is True else [None]
        return _common(literal, [*(option.value for option in variable.options), *unseen])


def _common(literal: Node, values: Iterable[Any]) -> bool | None:
    truths = {holds(literal, value) for value in values}
    return truths.pop() if len(truths) == 1 else None
