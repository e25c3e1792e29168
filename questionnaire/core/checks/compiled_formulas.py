"""Formulas as functions of the options taken so far: a journey asks each of them many times."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from questionnaire.core.checks.formulas import Formula, holds
from questionnaire.core.checks.model import VALUE, Option, Variable
from questionnaire.core.survey.calculated_value import PREFIX

Shows: TypeAlias = Callable[[Mapping[str, Option]], bool]


def compiled_offers(variable: Variable) -> Callable[[Mapping[str, Option]], Sequence[Option]]:
    """The options that are offered without a personal link, as a function of those taken so far."""
    own = [option for option in variable.options if not option.linked and not option.claimed]
    if all(option.when is True for option in own):
        return lambda _: own
    tests = [(option, compiled(option.when)) for option in own]
    return lambda taken: [option for option, offers in tests if offers(taken)]


def compiled(formula: Formula) -> Shows:
    """The formula of a guard as a function of the options taken so far."""
    if isinstance(formula, bool):
        return lambda _: formula is True
    if formula.kind == "lit":
        name, known = formula.source.removeprefix(VALUE), dict[int, bool]()
        is_calculated = name.startswith(PREFIX)

        def truth(options: Mapping[str, Option]) -> bool:
            option = options.get(name)
            if is_calculated:  # its options are made for one respondent each
                return holds(formula, option.value if option is not None else None)
            key = id(option)
            if key not in known:
                known[key] = holds(formula, option.value if option is not None else None)
            return known[key]

        return truth
    parts = [compiled(part) for part in formula.parts]
    if formula.kind == "not":
        return lambda options: not parts[0](options)
    join = all if formula.kind == "and" else any
    return lambda options: join(part(options) for part in parts)
