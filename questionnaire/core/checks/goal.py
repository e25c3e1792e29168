"""A goal of the search: something that should be possible."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from questionnaire.core.base.problems import Problem
from questionnaire.core.checks.example import JudgedExample
from questionnaire.core.checks.formulas import Formula
from questionnaire.core.checks.shadows import EarlierRule


@dataclass(frozen=True, slots=True)
class Goal:
    """Something that should be possible. `problem` is reported when it is impossible.

    `alone`: the formula without the rules before it, to distinguish a rule that matches no lead from a shadowed one.
    `earlier` are those rules.
    """

    what: str
    formula: Formula
    holds: Callable[[JudgedExample], bool]
    part: Literal["survey", "policy"] = "policy"
    problem: Problem | None = None
    alone: Formula = True
    earlier: tuple[EarlierRule, ...] = ()
