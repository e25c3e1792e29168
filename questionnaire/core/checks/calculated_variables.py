"""Calculated values as variables of a model: free within their interval for a search, exact for a respondent.

A search takes any amount in the interval, whatever the answers are, so that it may find too much and never too little:
what it calls impossible is impossible. Respondents get the amount that the product calculates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from questionnaire.core.base.conditions import Test, names
from questionnaire.core.base.quantities import Exact, number
from questionnaire.core.checks.calculated_inputs import inputs_of, needs_score
from questionnaire.core.checks.field_variables import distinct_options
from questionnaire.core.checks.formula_ranges import formula_ranges
from questionnaire.core.checks.model import CALCULATED, Model, Option, Variable
from questionnaire.core.policy import Policy
from questionnaire.core.policy.axes import Criterion
from questionnaire.core.survey.answers import Answers
from questionnaire.core.survey.calculate import Calculation
from questionnaire.core.survey.calculated_facts import calculate_all
from questionnaire.core.survey.calculated_value import PREFIX
from questionnaire.core.survey.form_conditions import form_conditions
from questionnaire.core.survey.journey import derive_journey
from questionnaire.core.survey.survey import Survey

PARTS = 4
"""Into how many parts the answers to a number in a formula are divided."""
Ends = tuple[Exact | None, Exact | None]


def calculated_variables(
    survey: Survey, policy: Policy | None, tests_by_name: Mapping[str, Sequence[Test]]
) -> list[Variable]:
    """The calculated values that a condition or a criterion depends on."""
    ranges = formula_ranges(survey)
    variables: list[Variable] = []
    for value in survey.calculated:
        name = f"{PREFIX}{value.name}"
        criterion = policy.criteria.get(value.criterion or "") if policy is not None else None
        tests = tests_by_name.get(name, ())
        if not tests and criterion is None:
            continue
        ends = (ranges[value.name].least, ranges[value.name].greatest)
        options = [
            Option(amount, None if criterion is None or amount is None else criterion.level_in_band(amount))
            for amount in amounts(tests, ends, criterion)
        ]
        variables.append(Variable(name, CALCULATED, distinct_options(options, tests), criterion=value.criterion))
    return variables


def amounts(tests: Iterable[Test], ends: Ends, criterion: Criterion | None = None) -> tuple[Exact | None, ...]:
    """One number of each part of an interval that comparisons or bands tell apart, and "unknown"."""
    edges: list[Any] = [end for band in criterion.bands.values() for end in band] if criterion is not None else []
    for test in tests:
        edges += test.value if isinstance(test.value, tuple) else (test.value,)
    inner = [Fraction(edge) for value in edges if not isinstance(value, bool) and (edge := number(value)) is not None]
    low, high = (None if end is None else Fraction(end) for end in ends)
    around = [min(inner, default=Fraction(0)) - 1, max(inner, default=Fraction(0)) + 1]
    cuts = {*inner, *(around if None in ends else ()), *(end for end in (low, high) if end is not None)}
    inside = sorted(cut for cut in cuts if (low is None or cut >= low) and (high is None or cut <= high))
    between = ((left + right) / 2 for left, right in pairwise(inside))
    return (*sorted({*inside, *between}), None)


def operand_tests(survey: Survey, calculated: Iterable[Variable]) -> dict[str, list[Test]]:
    """Comparisons that keep several answers to each number in a formula apart, so that respondents vary them."""
    operands = {name for one in calculated for name in inputs_of(survey, one.name.removeprefix(PREFIX))}
    tests: dict[str, list[Test]] = {}
    for name in operands & {*survey.items}:
        item = survey.items[name]
        limits = item.constraints
        if item.kind == "number":
            low = Fraction(limits.min if limits.min is not None else 0)
            steps = range(PARTS + 1)
            points = [low + 10**step for step in steps]
            if limits.max is not None:
                points = [low + (Fraction(limits.max) - low) * step / PARTS for step in steps]
            tests[name] = [Test(name, "gte", float(point)) for point in points]
        tests.setdefault(name, []).extend(Test(name, "eq", choice.value) for choice in item.answer_choices)
    return tests


def before_use(survey: Survey, variables: Sequence[Variable], calculated: Sequence[Variable]) -> list[Variable]:
    """The variables with each calculated value right before the first that depends on it, else at the end."""
    used = {name for condition in form_conditions(survey) for name in names(condition)}
    ordered: list[Variable] = []
    waiting = [variable for variable in calculated if variable.name in used]
    for variable in variables:
        ready = [one for one in waiting if one.name in variable.needs]
        ordered += [*ready, variable]
        waiting = [one for one in waiting if one not in ready]
    return [*ordered, *waiting, *(variable for variable in calculated if variable.name not in used)]


def amount_of(model: Model, variable: Variable, values: Mapping[str, Any]) -> Exact | None:
    """The amount of a calculated value for the answers and fields so far."""
    name, survey = variable.name.removeprefix(PREFIX), model.survey
    known = {key: value for key, value in values.items() if value is not None}
    if not needs_score(survey, name):
        return Calculation(survey, known).value(name)
    answers = Answers({key: value for key, value in known.items() if key in survey.items})
    fields = {key: value for key, value in known.items() if key in survey.field_names}
    return calculate_all(survey, derive_journey(survey, answers, fields))[name]


def option_of(model: Model, variable: Variable, values: Mapping[str, Any]) -> Option:
    """The same with the level it is evidence of."""
    amount = amount_of(model, variable, values)
    criterion = model.policy.criteria.get(variable.criterion or "") if model.policy is not None else None
    return Option(amount, None if criterion is None or amount is None else criterion.level_in_band(amount))
