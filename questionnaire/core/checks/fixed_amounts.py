"""Models in which calculated values and scores are those that answers give: every answer that counts is fixed.

A search that takes any amount of an interval may find a respondent who does not exist. With the answers of a formula or
dimension fixed (all at their least, all at their greatest, and some mixtures) it finds only those who do.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import islice, product
from math import prod
from typing import Any, NamedTuple

from questionnaire.core.base.quantities import Exact, number
from questionnaire.core.checks.calculated_inputs import counting_names
from questionnaire.core.checks.context_formulas import SCORES, scores_of
from questionnaire.core.checks.formulas import Formula, holds, literals
from questionnaire.core.checks.model import CALCULATED, VALUE, Model, Option, Variable
from questionnaire.core.checks.respondents import Respondent, Respondents
from questionnaire.core.survey.calculated_value import PREFIX

MOST_MIXTURES = 48
MOST_OF_A_KIND = 2


class FixedAmounts(NamedTuple):
    """A model with fixed answers, these answers, and the same as choices of a search."""

    model: Model
    answers: Mapping[str, Option]
    choices: Mapping[str, Any]


def fixed_amounts(people: Respondents, variables: Iterable[Variable], formula: Formula) -> Iterator[FixedAmounts]:
    """A few of each kind that the comparisons of a formula, or the levels of the amounts, tell apart.

    Fixed are the calculated values among the variables, and the scores in the formula.
    """
    model = people.model
    calculated = [one.name for one in variables if one.kind == CALCULATED]
    compared = [one for one in literals(formula) if one.source.startswith((VALUE + PREFIX, SCORES))]
    scores = {one.source for one in compared if one.source.startswith(SCORES)}
    counting = counting_names(model.survey, {*calculated, *scores})
    inputs = [one for one in model.variables if one.name in counting and one.options]
    fixed = {*model.ancestors(one.name for one in inputs), *calculated}
    seen: dict[object, int] = {}
    names = tuple(one.name for one in inputs)
    for place, mixture in enumerate(_mixtures(inputs) if calculated or scores else ()):
        one = people.fixed(mixture, (names, place))
        if one is not None:
            amounts: dict[str, Any] = {VALUE + name: one.options[name].value for name in calculated}
            amounts |= scores_of(model, one) if scores else {}
            truths = tuple(holds(test, amounts.get(test.source)) for test in compared)
            kind = (truths, tuple(one.options[name].level for name in calculated))
            seen[kind] = seen.get(kind, 0) + 1
            if seen[kind] <= MOST_OF_A_KIND:
                yield _fixed(model, one, fixed, {source: amounts.get(source) for source in scores})


def _mixtures(inputs: list[Variable]) -> Iterator[dict[str, Option]]:
    """Every number at its greatest, every one at its least, then mixtures of all answers."""
    answers = [sorted((one for one in variable.options if one.value is not None), key=_size) for variable in inputs]
    answers = [options or list(variable.options) for options, variable in zip(answers, inputs, strict=True)]
    names = [variable.name for variable in inputs]
    yield {name: options[-1] for name, options in zip(names, answers, strict=True)}
    yield {name: options[0] for name, options in zip(names, answers, strict=True)}
    ends = [list(dict.fromkeys((options[-1], options[0]))) for options in answers]
    yield from (dict(zip(names, mixture, strict=True)) for mixture in islice(product(*ends), MOST_MIXTURES))
    count = prod(map(len, answers))
    for index in range(MOST_MIXTURES):
        rest, mixture = index * (count // MOST_MIXTURES + 1) + index, dict[str, Option]()
        for name, options in zip(names, answers, strict=True):
            rest, place = divmod(rest, len(options))
            mixture[name] = options[place]
        yield mixture


def _size(option: Option) -> Exact:
    """What orders the answers to one question: its share of the maturity, else its number."""
    if option.worth is not None:
        return Fraction(*option.worth) if option.worth[1] else 0
    return number(option.value) or 0


def _fixed(model: Model, one: Respondent, names: Collection[str], scores: Mapping[str, Any]) -> FixedAmounts:
    known = {name: option for name, option in one.options.items() if name in names}
    variables = tuple(
        replace(variable, options=(known[variable.name],), exhaustive=False) if variable.name in known else variable
        for variable in model.variables
    )
    by_name = {variable.name: variable for variable in variables}
    answers = {name: option for name, option in known.items() if model.by_name[name].kind != CALCULATED}
    choices = {VALUE + name: option.value for name, option in answers.items()}
    return FixedAmounts(replace(model, variables=variables, by_name=by_name, scores=scores), answers, choices)
