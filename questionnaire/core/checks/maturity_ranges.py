"""The percentages of maturity that respondents reach: of each dimension, of those with parts, and overall."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any

from questionnaire.core.checks import limits
from questionnaire.core.checks.integer_sums import ExtremeRatio, Ratio
from questionnaire.core.checks.maturity_bounds import Overall, ParetoFront
from questionnaire.core.checks.model import Model, Option
from questionnaire.core.checks.nested_bounds import NestedFront, NestedOverall, Nesting
from questionnaire.core.checks.plan import SearchPlan
from questionnaire.core.checks.range_search import RangeSearch
from questionnaire.core.checks.reached import Reached, is_settled
from questionnaire.core.checks.respondents import Respondent
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


def ratio(respondent: Respondent, model: Model, dimension: str) -> Fraction | None:
    """The maturity of a dimension in percent."""
    total = best = 0
    for name, option in respondent.options.items():
        if option.worth is not None and model.by_name[name].dimension == dimension:
            total, best = total + option.worth[0], best + option.worth[1]
    return Fraction(100 * total, best) if best else None


def overall(respondent: Respondent, model: Model) -> Fraction | None:
    """The weighted mean of the dimensions in percent, of which some may be means themselves."""
    scores: list[tuple[int, Fraction | None]] = []
    for one in model.survey.dimensions:
        parts = [(part.weight, ratio(respondent, model, part.name)) for part in one.parts]
        scores.append((one.weight, weighted_mean(parts) if parts else ratio(respondent, model, one.name)))
    return weighted_mean(scores)


def weighted_mean(scores: Iterable[tuple[int, Fraction | None]]) -> Fraction | None:
    """The mean of those that are known; None without any."""
    known = [(weight, value) for weight, value in scores if value is not None]
    if not known:
        return None
    return sum((weight * value for weight, value in known), Fraction(0)) / sum(weight for weight, _ in known)
