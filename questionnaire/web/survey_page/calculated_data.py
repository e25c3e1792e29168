"""Calculated values for the browser: formulas and numbers of choices, never a level, a point or a maturity.

Conditions on calculated values become comparisons that static/js/calculated makes exactly; the condition itself names
the comparison by its place: `{"calculated.0": {"eq": true}}`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from questionnaire.core.base import arithmetic, conditions
from questionnaire.core.base.conditions import All, Condition, Either, Not, Test
from questionnaire.core.survey.calculated_value import PREFIX, CalculatedValue
from questionnaire.core.survey.form_conditions import form_conditions
from questionnaire.core.survey.survey import Survey


def is_needed(survey: Survey) -> bool:
    """Whether a condition or a text of the form uses a calculated value."""
    return bool(survey.calculated) and any(_used(survey))


def _used(survey: Survey) -> Iterator[str]:
    """The values that conditions and texts of the form name, and those that these are made of."""
    named = {name for name in survey.form_placeholder_names if name in survey.calculated_by_name}
    for condition in form_conditions(survey):
        named |= {name.removeprefix(PREFIX) for name in conditions.names(condition) if name.startswith(PREFIX)}
    pending, seen = sorted(named), set(named)
    while pending:
        value = survey.calculated_by_name.get(pending.pop())
        if value is not None:
            yield value.name
            below = {name for name in value.names if name in survey.calculated_by_name} - seen
            seen |= below
            pending += sorted(below)


class BrowserConditions:
    """Writes the conditions of one page, and collects the comparisons with calculated values in them."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._tests: list[list[Any]] = []

    def write(self, condition: Condition) -> Any:
        """The condition as data for the browser."""
        return conditions.write(self._replaced(condition))

    def _replaced(self, condition: Condition) -> Condition:
        if isinstance(condition, Not):
            return Not(self._replaced(condition.part))
        if isinstance(condition, All | Either):
            return type(condition)(tuple(self._replaced(part) for part in condition.parts))
        name = condition.name.removeprefix(PREFIX)
        if not condition.name.startswith(PREFIX) or name not in self._survey.calculated_by_name:
            return condition
        wanted = condition.value if isinstance(condition.value, tuple) else (condition.value,)
        # As text, for JSON has only floating-point numbers.
        test = [name, condition.operator, *(value if isinstance(value, bool) else str(value) for value in wanted)]
        if test not in self._tests:
            self._tests.append(test)
        return Test(f"{PREFIX}{self._tests.index(test)}", "eq", True)

    def calculated(self, language: str) -> dict[str, Any]:
        """What static/js/calculated needs, after all conditions of the page were written."""
        values = [self._survey.calculated_by_name[name] for name in sorted(set(_used(self._survey)))]
        names = sorted({name for value in values for name in value.names if name in self._survey.items})
        written = {value.name: self._value(value, language) for value in values}
        return {"values": written, "amounts": dict(self._amounts(names)), "tests": self._tests, "inputs": names}

    def _value(self, value: CalculatedValue, language: str) -> dict[str, Any]:
        cases = [
            [None if branch.when is None else self.write(branch.when), arithmetic.as_data(branch.formula)]
            for branch in value.branches
        ]
        return {"cases": cases, "unit": value.unit_label(language), "decimals": value.decimals}

    def _amounts(self, names: list[str]) -> Iterator[tuple[str, dict[str, str]]]:
        for name in names:
            choices = self._survey.items[name].answer_choices
            numbers = {one.value: f"{one.number:f}" for one in choices if one.number is not None and not one.unknown}
            if choices:
                yield name, numbers
