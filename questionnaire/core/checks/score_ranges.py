"""The values that each score reaches: found by some respondents first, and by a search where those do not settle it.

A range is settled when respondents reach both of its limits and everything that is named in it, such as every band.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

from questionnaire.core.checks import limits
from questionnaire.core.checks.enumerate_states import Accumulator, Budget, Path, sweep, values_of_totals
from questionnaire.core.checks.external_facts import Signals
from questionnaire.core.checks.integer_sums import Emitted, ExtremePoints, ExtremeRatio, Points, Ratio
from questionnaire.core.checks.limits import Limits
from questionnaire.core.checks.maturity_bounds import Overall, ParetoFront
from questionnaire.core.checks.model import Model, Option, Variable
from questionnaire.core.checks.plan import SearchPlan
from questionnaire.core.checks.reached import Reached, is_settled
from questionnaire.core.checks.respondents import Rank, Respondent, Respondents, overall, ratio
from questionnaire.core.policy.axes import Criterion
from questionnaire.core.scoring.collect_evidence import COMPLETED
from questionnaire.core.survey.report_texts import band


class ScoreRanges:
    """The ranges of one survey under its policy. Each is computed once, and all share one budget."""

    def __init__(self, model: Model, budget: Budget | None = None) -> None:
        self.model = model
        self.people = Respondents(model)
        self.budget = budget or Budget()

    @cached_property
    def fit(self) -> Reached:
        assert self.model.policy is not None
        fit = self.model.policy.fit
        return self._points(fit.criteria, fit.max, "ABC", fit.grades.of)

    @cached_property
    def timing(self) -> Reached:
        assert self.model.policy is not None
        timing = self.model.policy.timing
        return self._points(timing.criteria, timing.max, ("hot", "warm", "cold"), timing.levels.of)

    def _points(
        self, criteria: Mapping[str, Criterion], most: int, names: Iterable[str], of: Callable[[Any], str]
    ) -> Reached:
        def value(one: Respondent) -> int:
            points = sum(criteria[name].points(level) for name, level in one.levels.items() if name in criteria)
            return max(0, min(points, most))

        def rank(variable: Variable, option: Option) -> int | None:
            declared = criteria.get(variable.criterion or "")
            return None if declared is None else 0 if option.level is None else declared.points(option.level)

        ends = limits.of_points(self.model, criteria, most)
        found = self._found(value, rank)
        if is_settled(found, ends, names, of):
            return Reached(found, False, ends)
        plan = SearchPlan(self.model, (), criteria)
        return self._swept(plan, Points(criteria, most), ExtremePoints(criteria, most), found, ends, value)

    @cached_property
    def intent(self) -> Reached:
        """INTENT from the signals of answers and of completing the survey."""
        policy = self.model.policy
        assert policy is not None
        signals, known = Signals(policy), frozenset(policy.intent.signals)
        completed = (COMPLETED,) if COMPLETED in known else ()

        emitting = {
            variable.name
            for variable in self.model.variables
            if any(known.intersection(option.emits) for option in variable.options)
        }

        def of(emitted: Iterable[str]) -> Any:
            return signals.intent((*emitted, *completed))

        def value(one: Respondent) -> Any:
            return of(signal for option in one.options.values() for signal in option.emits if signal in known)

        def rank(variable: Variable, option: Option) -> int | None:
            points = sum(policy.intent.signals[name].points for name in option.emits if name in known)
            return points if variable.name in emitting else None

        found = self._found(value, rank)
        most = of(name for name in known for _ in emitting if policy.intent.signals[name].points > 0)
        plan = SearchPlan(
            self.model, emitting, shows=lambda option: tuple(signal for signal in option.emits if signal in known)
        )
        least = 0 if signals.has_negative else of(())
        ends = (least, most) if plan.exhaustive else (0, policy.intent.max)
        if is_settled(found, ends):
            return Reached(found, False, ends)
        paths = None if plan.is_wide else sweep(plan, Emitted(policy), budget=self.budget)
        if paths is not None:
            reached: dict[Any, Path] = {}
            for emitted, path in paths.items():
                reached.setdefault(of(emitted), path)
            return Reached(reached, plan.exhaustive, ends)
        return Reached({**self._climbed(value), **found}, False, ends)

    @cached_property
    def dimensions(self) -> Mapping[str, Reached]:
        return {dimension.name: self._dimension(dimension.name) for dimension in self.model.survey.lowest_dimensions}

    def _dimension(self, name: str) -> Reached:
        """The percentages of one dimension, without respondents who have no answer in it."""
        model, ends = self.model, limits.of_dimension(self.model, name)
        if ends is None or name in model.left_out:
            return Reached({}, ends is None)

        def value(one: Respondent) -> Any:
            return ratio(one, model, name)

        found = self._found(value, lambda variable, option: _share(option) if variable.dimension == name else None)
        bands = model.survey.report.dimensions.get(name, ())
        if is_settled(found, ends, bands, lambda value: band(bands, value)):
            return Reached(found, False, ends)
        plan = SearchPlan(model, [one.name for one in model.variables if one.dimension == name], dimensions={name})
        return self._swept(plan, Ratio(name), ExtremeRatio(name), found, ends, value)

    @cached_property
    def maturity(self) -> Reached:
        """The overall percentages, without respondents who have no answer in any dimension.

        Not searched when dimensions have dimensions of their own.
        """
        model = self.model
        if model.left_out or any(dimension.parts for dimension in model.survey.dimensions):
            return Reached({}, False)
        parts = self.dimensions.values()
        ends = limits.of_maturity(one.ends for one in parts)
        if ends is None:
            return Reached({}, True)

        def value(one: Respondent) -> Any:
            return overall(one, model)

        found = self._found(value, lambda variable, option: _share(option) if variable.dimension else None)
        bands = model.survey.report.overall
        if is_settled(found, ends, bands, lambda value: band(bands, value)):
            return Reached(found, False, ends)
        weights = {dimension.name: dimension.weight for dimension in model.survey.dimensions}
        plan = SearchPlan(model, [one.name for one in model.variables if one.dimension], dimensions=weights)
        return self._swept(plan, Overall(weights), ParetoFront(weights), found, ends, value)

    def varied(self, most: int) -> list[Respondent]:
        """Some respondents with high and low scores, and random ones."""
        policy = self.model.policy
        criteria = policy.criteria if policy is not None else {}

        def rank(variable: Variable, option: Option) -> int | None:
            declared = criteria.get(variable.criterion or "")
            return None if declared is None else 0 if option.level is None else declared.points(option.level)

        return [*self.people.extremes(rank), *self.people.sample][:most]

    def _found(self, value: Callable[[Respondent], Any], rank: Rank) -> dict[Any, Path]:
        people = [*self.people.extremes(rank), *self.people.sample]
        return {number: one.path for one in reversed(people) if (number := value(one)) is not None}

    def _swept(
        self, plan: SearchPlan, every: Accumulator, extreme: Accumulator, found: dict[Any, Path], ends: Limits,
        value: Callable[[Respondent], Any],
    ) -> Reached:  # fmt: skip
        """Every value, else the least and greatest alone, else the best that a climb from some respondents finds."""
        paths = None if plan.is_wide else sweep(plan, every, budget=self.budget)
        if paths is not None:
            return Reached(values_of_totals(every, paths), plan.exhaustive, ends)
        paths = sweep(plan, extreme, budget=self.budget)
        if paths is None or not plan.exhaustive:
            return Reached({**self._climbed(value), **found}, False, ends)
        values = values_of_totals(extreme, paths)
        if plan.is_wide:
            within = (min(values), max(values)) if values else ends
            return Reached({**self._climbed(value), **found}, False, within)
        reached = {**values, **found}
        return Reached(reached, False, (min(reached), max(reached)) if reached else ends)

    def _climbed(self, value: Callable[[Respondent], Any]) -> dict[Any, Path]:
        """The least and greatest value that answers changed one by one lead to."""
        start = next((one for one in self.people.sample if value(one) is not None), None)
        if start is None:
            return {}
        low = self.people.climb(start, lambda one: None if (number := value(one)) is None else -number)
        people = (low, self.people.climb(start, value))
        return {number: one.path for one in people if (number := value(one)) is not None}


def _share(option: Option) -> float | None:
    return None if option.worth is None or not option.worth[1] else option.worth[0] / option.worth[1]
