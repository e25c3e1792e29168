"""The order in which a search takes the variables of a model, and the completion of a partial journey."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from questionnaire.core.checks.model import ITEM, Model, Variable


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
    return not any(
        (variable.must or variable.name not in chosen) and variable.options[0].value is not None for variable in always
    )


def complete(model: Model, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Completes a respondent: every other required question gets its first option."""
    facts: dict[str, Any] = {}
    answered = False
    for variable in model.variables:
        if not variable.is_shown(facts):
            continue
        first = next((option.value for option in variable.options if option.value is not None), None)
        value = answers.get(variable.name, first if variable.must else None)
        if value is not None:
            facts[variable.name] = value
            answered = answered or variable.kind == ITEM
    free = (
        variable
        for variable in model.variables
        if variable.kind == ITEM and variable.guard is True and variable.name not in answers
    )
    spare = next((variable for variable in free if variable.options[0].value is not None), None)
    return facts if answered or spare is None else {**facts, spare.name: spare.options[0].value}
