"""The search for the values of one score: by some respondents, by every total, by the extremes alone, or by a climb."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from questionnaire.core.checks.enumerate_states import Accumulator, Budget, Path, sweep, values_of_totals
from questionnaire.core.checks.limits import Limits
from questionnaire.core.checks.model import Model
from questionnaire.core.checks.plan import SearchPlan
from questionnaire.core.checks.reached import Reached
from questionnaire.core.checks.respondents import Rank, Respondent, Respondents


@dataclass(frozen=True, slots=True)
class RangeSearch:
    """Searches over one model that share one budget."""

    model: Model
    people: Respondents
    budget: Budget

    def by_people(self, value: Callable[[Respondent], Any], rank: Rank) -> dict[Any, Path]:
        people = [*self.people.extremes(rank), *self.people.sample]
        return {number: one.path for one in reversed(people) if (number := value(one)) is not None}

    def swept(
        self, plan: SearchPlan, every: Accumulator, extreme: Accumulator, known: dict[Any, Path], ends: Limits,
        value: Callable[[Respondent], Any],
    ) -> Reached:  # fmt: skip
        """Every value, else the least and greatest alone, else the best that a climb from some respondents finds."""
        paths = None if plan.is_wide else sweep(plan, every, budget=self.budget)
        if paths is not None:
            return Reached(values_of_totals(every, paths), plan.exhaustive, ends)
        paths = sweep(plan, extreme, budget=self.budget)
        if paths is None or not plan.exhaustive:
            return Reached({**self.climbed(plan, value), **known}, False, ends)
        values = values_of_totals(extreme, paths)
        if plan.is_wide:
            within = (min(values), max(values)) if values else ends
            return Reached({**self.climbed(plan, value), **known}, False, within)
        reached = {**values, **known}
        return Reached(reached, False, (min(reached), max(reached)) if reached else ends)

    def climbed(self, plan: SearchPlan, value: Callable[[Respondent], Any]) -> dict[Any, Path]:
        """The least and greatest value that answers changed one by one lead to."""
        start = next((one for one in self.people.sample if value(one) is not None), None)
        if start is None:
            return {}
        among = {variable.name for variable in plan.variables}
        low = self.people.climb(start, lambda one: None if (number := value(one)) is None else -number, among)
        people = (low, self.people.climb(start, value, among))
        return {number: one.path for one in people if (number := value(one)) is not None}
