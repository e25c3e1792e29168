"""One step of a search plan: a variable, and the options of it that differ for the claim."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from questionnaire.core.checks.formulas import Node, Truths, known_truth
from questionnaire.core.checks.model import Option, Variable


class SearchStep(NamedTuple):
    """One variable. `closes`, `ends`: criteria and dimensions final after it. `watched`: the guards it decides.

    `offers`: for each option the number of the guard that decides whether it is offered; None when it always is.
    """

    variable: Variable
    options: tuple[Option, ...]
    offers: tuple[int | None, ...]
    closes: tuple[str, ...]
    ends: tuple[str, ...]
    tracked: bool
    watched: tuple[int, ...]


def options_that_differ(
    variable: Variable, used: tuple[Node, ...], level: bool, worth: bool, shows: Callable[[Option], Any],
    known: Truths,
) -> tuple[Option, ...]:  # fmt: skip
    distinct: dict[tuple[Any, ...], Option] = {}
    for option in variable.options:
        truths = tuple(known_truth(known, literal, option.value) for literal in used)
        key = (
            option.value is None,
            truths,
            option.level if level else None,
            option.worth if worth else None,
            option.claimed,
        )
        always = (*key, shows(option), True)
        if always not in distinct:
            distinct.setdefault((*key, shows(option), option.when), option)
    return tuple(distinct.values())
