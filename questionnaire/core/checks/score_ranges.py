"""The values that each score reaches: found by some respondents first, and by a search where those do not settle it.

A range is settled when respondents reach both of its limits and everything that is named in it, such as every band.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import replace
from functools import cached_property
from typing import Any

from questionnaire.core.checks import limits
from questionnaire.core.checks.enumerate_states import Budget, Path, sweep
from questionnaire.core.checks.external_facts import Signals
from questionnaire.core.checks.integer_sums import Emitted, ExtremePoints, Points
from questionnaire.core.checks.limits import Limits
from questionnaire.core.checks.maturity_ranges import MaturityRanges
from questionnaire.core.checks.model import Model, Option, Variable
from questionnaire.core.checks.moments import ON_FINISHING, Moment, later_moments, some_later_moment
from questionnaire.core.checks.plan import SearchPlan
from questionnaire.core.checks.range_search import RangeSearch
from questionnaire.core.checks.reached import Reached, is_settled
from questionnaire.core.checks.respondents import Respondent, Respondents
from questionnaire.core.policy import Policy
from questionnaire.core.policy.axes import Criterion
from questionnaire.core.scoring.collect_evidence import COMPLETED


class ScoreRanges:
    """The ranges of one survey under its policy. Each is computed once, and all share one budget."""

    def __init__(self, model: Model, budget: Budget | None = None, people: Respondents | None = None) -> None:
        self.model = model
        self.people = people or Respondents(model)
        self.budget = budget or Budget()
        self._search = RangeSearch(model, self.people, self.budget)
        self._maturity = MaturityRanges(self._search)

    @cached_property
    def later(self) -> tuple[Moment, ...]:
        """The moments after finishing at which something has expired."""
        return later_moments(self.model.policy) if self.model.policy is not None else ()

    @cached_property
    def some_later(self) -> Moment:
        """All of them in one."""
        return some_later_moment(self.model.policy) if self.model.policy is not None else ON_FINISHING

    def judged_at(self, moment: Moment) -> ScoreRanges:
        """The ranges of the same respondents at another moment, within the same budget."""
        model = self.model.judged_at(moment)
        return ScoreRanges(model, self.budget, self.people.judged_at(moment))

    def under(self, policy: Policy) -> ScoreRanges | None:
        """The ranges under another policy that gives the same points and levels; None when it gives others."""
        own = self.model.policy
        if own is None or any(getattr(own, axis) != getattr(policy, axis) for axis in ("fit", "intent", "timing")):
            return None
        other = copy(self)
        other.model = replace(self.model, policy=policy)
        for moments in ("later", "some_later"):
            vars(other).pop(moments, None)
        return other

    def limits_at(self, moment: Moment) -> tuple[Limits, Limits]:
        """What FIT and TIMING never exceed: the narrowest proved on finishing, and later what needs no search."""
        policy = self.model.policy
        assert policy is not None
        if not moment.is_later:
            return self.fit.ends or (0, policy.fit.max), self.timing.ends or (0, policy.timing.max)
        model = self.model.judged_at(moment)
        axes = (policy.fit, policy.timing)
        fit, timing = (limits.of_points(model, axis.criteria, axis.max) for axis in axes)
        return fit, timing

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
        found = self._search.by_people(value, rank)
        if is_settled(found, ends, names, of):
            return Reached(found, False, ends)
        plan = SearchPlan(self.model, (), criteria)
        return self._search.swept(plan, Points(criteria, most), ExtremePoints(criteria, most), found, ends, value)

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

        found = self._search.by_people(value, rank)
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
        return Reached({**self._search.climbed(plan, value), **found}, False, ends)

    @cached_property
    def dimensions(self) -> Mapping[str, Reached]:
        """The percentages of every dimension, each upper one before its parts."""
        return self._maturity.dimensions

    @cached_property
    def maturity(self) -> Reached:
        return self._maturity.overall

    def varied(self, most: int) -> list[Respondent]:
        """Some respondents with high and low scores, and random ones."""
        policy = self.model.policy
        criteria = policy.criteria if policy is not None else {}

        def rank(variable: Variable, option: Option) -> int | None:
            declared = criteria.get(variable.criterion or "")
            return None if declared is None else 0 if option.level is None else declared.points(option.level)

        return [*self.people.extremes(rank), *self.people.sample][:most]
