"""The order in which a search takes the variables of a model, and the completion of a partial journey."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from questionnaire.core.checks.calculated_variables import amount_of
from questionnaire.core.checks.model import CALCULATED, ITEM, Model, Option, Variable


def order_of(model: Model, chosen: frozenset[str], criteria: frozenset[str]) -> tuple[Variable, ...]:
    """Groups dependent variables, in the order of the model. Small groups of one dimension are neighbours."""
    variables = [variable for variable in model.variables if variable.name in chosen]
    root = {variable.name: variable.name for variable in variables}

    def find(name: str) -> str:
        while root[name] != name:
            name = root[name]
        return name

    first: dict[str, str] = {}
    for variable in variables:
        linked = list(variable.needs)
        if variable.criterion in criteria and variable.criterion is not None:
            linked.append(first.setdefault(variable.criterion, variable.name))
        for name in linked:
            root[find(name)] = find(variable.name)
    parts: dict[str, list[Variable]] = {}
    for variable in variables:
        parts.setdefault(find(variable.name), []).append(variable)
    ordered = sorted(parts.values(), key=lambda part: (part[0].dimension or "", part[0].place))
    return tuple(variable for part in ordered for variable in sorted(part, key=lambda one: model.ranks[one.name]))


def needs_some(model: Model, chosen: frozenset[str]) -> bool:
    """Whether the search must track "at least one answer".

    Not if a question without condition is required, or is free and so can be answered.
    """
    always = (variable for variable in model.variables if variable.kind == ITEM and variable.guard is True)
    return not any((one.must or one.name not in chosen) and _first_value(one.options) is not None for one in always)


def _first_value(options: Iterable[Option]) -> Any:
    """The first answer that can always be given."""
    return next((option.value for option in options if option.value is not None and option.when is True), None)


def complete(model: Model, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Completes a respondent: every other required question gets its first option, and one question any answer."""
    facts = _filled(model, answers)
    if any(model.by_name[name].kind == ITEM for name in facts):
        return facts
    free = (one for one in model.variables if one.kind == ITEM and one.guard is True and one.name not in answers)
    spare = next((one for one in free if _first_value(one.options) is not None), None)
    return facts if spare is None else _filled(model, {**answers, spare.name: _first_value(spare.options)})


def _filled(model: Model, answers: Mapping[str, Any]) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for variable in model.variables:
        if variable.kind == CALCULATED:
            facts[variable.name] = amount_of(model, variable, facts)
        elif variable.is_shown(facts):
            value = answers.get(variable.name)
            if value is None and variable.must and variable.name not in answers:
                value = next((one.value for one in variable.offered(facts) if one.value is not None), None)
            if value is not None:
                facts[variable.name] = value
    return facts
