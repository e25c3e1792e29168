"""The percentages of maturity that respondents reach: of each dimension, of those with parts, and overall."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from questionnaire.core.checks import limits
from questionnaire.core.checks.integer_sums import ExtremeRatio, Ratio
from questionnaire.core.checks.maturity_bounds import Overall, ParetoFront
from questionnaire.core.checks.model import Option
from questionnaire.core.checks.nested_bounds import NestedFront, NestedOverall, Nesting
from questionnaire.core.checks.plan import SearchPlan
from questionnaire.core.checks.range_search import RangeSearch
from questionnaire.core.checks.reached import Reached, is_settled
from questionnaire.core.checks.respondents import Respondent, overall, ratio, weighted_mean
from questionnaire.core.survey.dimension import NestedDimension
from questionnaire.core.survey.report_texts import Band, band


class MaturityRanges:
    """The ranges of one survey's maturity. What rests on a dimension that is left out is not searched."""

    def __init__(self, search: RangeSearch) -> None:
        self._search, self._model = search, search.model

    @cached_property
    def dimensions(self) -> Mapping[str, Reached]:
        """The percentages of every dimension, each upper one before its parts."""
        lowest = {one.name: self._lowest(one.name) for one in self._model.survey.lowest_dimensions}
        return {
            name: lowest[name]
            if name in lowest
            else self._mean(one.parts, lowest, self._model.survey.report.dimensions.get(name, ()))
            for name, one in self._model.survey.dimensions_by_name.items()
        }

    @cached_property
    def overall(self) -> Reached:
        """The overall percentages, without respondents who have no answer in any dimension."""
        survey = self._model.survey
        if not any(one.parts for one in survey.dimensions):
            return self._mean(survey.dimensions, self.dimensions, survey.report.overall)
        ends = limits.of_maturity(self.dimensions[one.name].ends for one in survey.dimensions)
        if ends is None or self._model.left_out:
            return Reached({}, ends is None)

        def value(one: Respondent) -> Any:
            return overall(one, self._model)

        found = self._search.by_people(value, lambda variable, option: share(option) if variable.dimension else None)
        bands = survey.report.overall
        if is_settled(found, ends, bands, lambda value: band(bands, value)):
            return Reached(found, False, ends)
        names = [one.name for one in survey.lowest_dimensions]
        plan = SearchPlan(self._model, self._measuring(names), dimensions=names)
        nesting = Nesting(survey, plan)
        return self._search.swept(plan, NestedOverall(nesting), NestedFront(nesting), found, ends, value)

    def _lowest(self, name: str) -> Reached:
        """The percentages of a dimension without parts, without respondents who have no answer in it."""
        model, ends = self._model, limits.of_dimension(self._model, name)
        if ends is None or name in model.left_out:
            return Reached({}, ends is None)

        def value(one: Respondent) -> Any:
            return ratio(one, model, name)

        found = self._search.by_people(
            value, lambda variable, option: share(option) if variable.dimension == name else None
        )
        bands = model.survey.report.dimensions.get(name, ())
        if is_settled(found, ends, bands, lambda value: band(bands, value)):
            return Reached(found, False, ends)
        plan = SearchPlan(model, self._measuring([name]), dimensions={name})
        return self._search.swept(plan, Ratio(name), ExtremeRatio(name), found, ends, value)

    def _mean(self, parts: Iterable[NestedDimension], reached: Mapping[str, Reached], bands: Iterable[Band]) -> Reached:
        """The percentages of the weighted mean of these dimensions without parts."""
        weights, model = {one.name: one.weight for one in parts}, self._model
        ends = limits.of_maturity(reached[name].ends for name in weights)
        if ends is None or not model.left_out.isdisjoint(weights):
            return Reached({}, ends is None)

        def value(one: Respondent) -> Any:
            return weighted_mean((weight, ratio(one, model, name)) for name, weight in weights.items())

        found = self._search.by_people(
            value, lambda variable, option: share(option) if variable.dimension in weights else None
        )
        known_bands = tuple(bands)
        if is_settled(found, ends, known_bands, lambda value: band(known_bands, value)):
            return Reached(found, False, ends)
        plan = SearchPlan(model, self._measuring(weights), dimensions=weights)
        return self._search.swept(plan, Overall(weights), ParetoFront(weights), found, ends, value)

    def _measuring(self, dimensions: Iterable[str]) -> list[str]:
        """The names of the variables that count for these dimensions."""
        names = {*dimensions}
        return [variable.name for variable in self._model.variables if variable.dimension in names]


def share(option: Option) -> float | None:
    return None if option.worth is None or not option.worth[1] else option.worth[0] / option.worth[1]
