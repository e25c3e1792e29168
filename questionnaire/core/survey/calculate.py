"""Calculated values of a journey: exact numbers, or None where something that is needed is unknown.

`calculated.<name>` is a fact in conditions. While the path is derived it is calculated from the answers so far; the
checker holds that these are all it needs. Scores are known on the server alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from questionnaire.core.base import arithmetic
from questionnaire.core.base.arithmetic import Expression
from questionnaire.core.base.conditions import evaluate
from questionnaire.core.base.quantities import Exact
from questionnaire.core.survey.calculated_value import PREFIX, is_score
from questionnaire.core.survey.survey import Survey


class Calculation(Mapping[str, Any]):
    """The calculated values of one set of facts (answers and fields by name), each computed once.

    It is itself a mapping of facts for the conditions of `cases`. `scores`: see `score_facts`.
    """

    def __init__(self, survey: Survey, facts: Mapping[str, Any], scores: Mapping[str, Exact] | None = None) -> None:
        self._survey, self._facts, self._scores = survey, facts, scores or {}
        self._values: dict[str, Exact | None] = {}

    def value(self, name: str) -> Exact | None:
        if name not in self._values:
            # A value that depends on itself is unknown; the checker reports it.
            self._values[name] = None
            self._values[name] = arithmetic.limited(self._calculate(name))
        return self._values[name]

    def _calculate(self, name: str) -> Exact | None:
        formula = self.formula(name)
        return None if formula is None else arithmetic.evaluate(formula, self.operand)

    def formula(self, name: str) -> Expression | None:
        """The formula that counts for these facts; None when no case fits."""
        for branch in self._survey.calculated_by_name[name].branches:
            if branch.when is None or evaluate(branch.when, self) is True:
                formula: Expression = branch.formula
                return formula
        return None

    def __getitem__(self, name: str) -> Any:
        calculated = name.removeprefix(PREFIX)
        if name.startswith(PREFIX) and calculated in self._survey.calculated_by_name:
            return self.value(calculated)
        return self._facts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    def operand(self, name: str) -> Exact | None:
        """The number that a name stands for in a formula."""
        if name in self._survey.calculated_by_name:
            return self.value(name)
        if is_score(name):
            return self._scores.get(name)
        item, answer = self._survey.question(name), self._facts.get(name)
        return None if item is None or answer is None else item.amount(answer)


class PathFacts(dict[str, Any]):
    """Answers and fields by name; a calculated value is computed when a condition asks for it."""

    def __init__(self, survey: Survey, fields: Mapping[str, Any]) -> None:
        super().__init__(fields)
        self._survey = survey

    def get(self, name: str, default: Any = None) -> Any:
        if name.startswith(PREFIX):
            return Calculation(self._survey, dict(self)).get(name, default)
        return super().get(name, default)


def path_facts(survey: Survey, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The facts on which a path is derived, to which the answers are added one by one."""
    return PathFacts(survey, fields) if survey.calculated else dict(fields)
